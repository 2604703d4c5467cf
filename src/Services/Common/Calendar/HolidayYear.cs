namespace WuShe.Services.Common.Calendar;

/// <summary>
/// A day that the State Council's notice names: a day off, or a day on a weekend that is worked instead (调休).
/// <paramref name="Date"/> is a Beijing date, <paramref name="Name"/> that of the holiday it belongs to: 春节.
/// </summary>
public sealed record HolidayDay(DateOnly Date, string Name, bool IsOff);

/// <summary>
/// What the notice for a year says; <paramref name="Papers"/> are its addresses. A day of the last week of the year before may
/// belong to it (New Year's holiday).
/// </summary>
public sealed record HolidayYear(int Year, IReadOnlyList<string> Papers, IReadOnlyList<HolidayDay> Days);

/// <summary>
/// What is wrong with a holiday file. <paramref name="Row"/> counts its days from 1; 0 is the file as a whole. The reason is in
/// Chinese, for the person who imports.
/// </summary>
public sealed record HolidayFault(int Row, string Reason)
{
    public override string ToString() => Row == 0 ? Reason : $"第 {Row} 条：{Reason}";
}

/// <summary>A file as it was read: the year, or why it is refused.</summary>
public sealed record HolidayReading(HolidayYear? Year, IReadOnlyList<HolidayFault> Faults);
