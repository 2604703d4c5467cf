namespace WuShe.Services.Common.Calendar;

/// <summary>
/// Which days are worked, at one moment: never changed. Beijing dates. Days of a year without a notice follow the week. Where
/// the notices of two years name the same day (31 December), the later one counts.
/// </summary>
public sealed class CalendarDays
{
    private readonly Dictionary<int, HolidayYear> _years = [];
    private readonly Dictionary<DateOnly, HolidayDay> _named = [];

    public CalendarDays(IEnumerable<HolidayYear> years)
    {
        foreach (var year in years) _years[year.Year] = year;
        foreach (var year in _years.Values.OrderBy(year => year.Year))
            foreach (var day in year.Days) _named[day.Date] = day;
    }

    /// <summary>The years whose notices are known, in order.</summary>
    public IEnumerable<int> Years => _years.Keys.Order();

    public bool Knows(int year) => _years.ContainsKey(year);

    public bool IsWorkingDay(DateOnly day) => _named.TryGetValue(day, out var named) ? !named.IsOff : !HolidayFile.IsWeekend(day);

    /// <summary>What a notice says of the day; null when none names it.</summary>
    public HolidayDay? Named(DateOnly day) => _named.GetValueOrDefault(day);

    public HolidayYear? Year(int year) => _years.GetValueOrDefault(year);

    /// <summary>The same with that year's notice instead of what was known of it.</summary>
    public CalendarDays With(HolidayYear year) => new([.. _years.Values, year]);
}
