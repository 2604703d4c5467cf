namespace WuShe.Services.Common.Calendar;

/// <summary>
/// The working-time clock of a unit: duty hours on Chinese working days, the lunch gap left out. Hours are those of the unit, else
/// of the nearest unit above it that has its own, else of the setting <c>WorkingTime:DutyHours</c> (also for an unknown unit).
/// All instants come and go as UTC and are computed in Beijing time. Answered from memory, without waiting.
/// </summary>
public interface IWorkingHours : IWorkingCalendar
{
    /// <summary>
    /// The end of duty of the <paramref name="workingDays"/>-th working day after the Beijing day of <paramref name="from"/>. That day
    /// itself never counts, whatever the hour, and whether it is worked or not: what comes in on Friday evening, Saturday or
    /// Sunday with one day is due on Monday. With 0 days: the end of duty of that day or, when it is off or its duty is over, of
    /// the next working day. Throws on negative days.
    /// </summary>
    DateTimeOffset DueAfter(DateTimeOffset from, int workingDays, Guid unitId);

    /// <summary>
    /// The earliest instant by which so much duty time has passed since <paramref name="from"/>; the end of a span rather than the
    /// beginning of the next one, and <paramref name="from"/> itself for no time. Throws on a negative time.
    /// </summary>
    DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime, Guid unitId);

    /// <summary>The duty time from <paramref name="from"/> to <paramref name="to"/>; negative when <paramref name="to"/> is earlier.</summary>
    TimeSpan Between(DateTimeOffset from, DateTimeOffset to, Guid unitId);

    /// <summary>Whether there is duty at that instant: from the first minute of a span on, no longer at its end.</summary>
    bool IsOpen(DateTimeOffset at, Guid unitId);

    /// <summary><paramref name="at"/> itself when there is duty, else the beginning of the next span.</summary>
    DateTimeOffset NextOpening(DateTimeOffset at, Guid unitId);
}
