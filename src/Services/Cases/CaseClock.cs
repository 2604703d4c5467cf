using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Cases;

/// <summary>Now, and the dates promised from it.</summary>
public sealed class CaseClock(TimeProvider time, IWorkingCalendar calendar)
{
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>UTC end of the last of so many working days.</summary>
    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays) => calendar.DueAfter(from, workingDays);
}
