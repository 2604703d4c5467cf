using WuShe.Dialogs;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Cases;

/// <summary>Now, and the dates promised from it.</summary>
public sealed class CaseClock(TimeProvider time, IWorkingCalendar calendar)
{
    /// <summary>So long a case's clock stands still while the judges have it.</summary>
    public const int JudgeDays = 1;

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>UTC end of the last of so many working days of the unit.</summary>
    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays, Guid unitId) => calendar.DueAfter(from, workingDays);

    /// <summary>The case's date, later by the working days for which its clock stood still until now, at most <paramref name="most"/>.</summary>
    internal DateTimeOffset Moved(Case subject, int most = int.MaxValue)
    {
        if (subject.StoppedAt is not { } since) return subject.DueAt;
        var stood = 0;
        for (var day = BeijingTime.DateOf(since); day < BeijingTime.DateOf(Now) && stood < most; day = day.AddDays(1))
            if (calendar.IsWorkingDay(day)) stood++;
        return stood == 0 ? subject.DueAt : DueAfter(subject.DueAt, stood, subject.UnitId);
    }
}
