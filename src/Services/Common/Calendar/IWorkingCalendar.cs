namespace WuShe.Services.Common.Calendar;

/// <summary>Chinese working days: weekends, statutory holidays and make-up days. Dates are Beijing dates.</summary>
public interface IWorkingCalendar
{
    bool IsWorkingDay(DateOnly day);

    /// <summary>
    /// The end of duty (18:00 Beijing unless <c>WorkingTime:DutyHours</c> says otherwise, as UTC) of the
    /// <paramref name="workingDays"/>-th working day after the day of <paramref name="from"/>.
    /// </summary>
    DateTimeOffset DueAfter(DateTimeOffset from, int workingDays);
}
