using WuShe.Dialogs;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Cases;

/// <summary>Now, and the dates promised from it, in the duty time of the unit that has the case.</summary>
public sealed class CaseClock(TimeProvider time, IWorkingHours hours)
{
    /// <summary>So many working days a case's clock stands still while the judges have it.</summary>
    public const int JudgeDays = 1;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>UTC end of the last of so many working days of the unit.</summary>
    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays, Guid unitId) => hours.DueAfter(from, workingDays, unitId);

    /// <summary>The case's date, later by the duty time for which its clock stood still until now, at most <paramref name="mostDays"/> working days.</summary>
    internal DateTimeOffset Moved(Case subject, int? mostDays = null)
    {
        if (subject.StoppedAt is not { } since) return subject.DueAt;
        var stood = hours.Between(since, Now, subject.UnitId);
        if (mostDays is { } days && DayOf(since, subject.UnitId) * days is var most && most < stood) stood = most;
        return stood <= TimeSpan.Zero ? subject.DueAt : hours.Add(subject.DueAt, stood, subject.UnitId);
    }

    /// <summary>How long a day's duty is, on the first working day from then on.</summary>
    internal TimeSpan DayOf(DateTimeOffset at, Guid unitId)
    {
        var day = BeijingTime.DateOf(hours.NextOpening(at, unitId));
        return hours.Between(BeijingTime.StartOf(day), BeijingTime.StartOf(day.AddDays(1)), unitId);
    }
}
