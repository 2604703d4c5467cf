using System.Globalization;

namespace WuShe.Dialogs.Understanding;

internal enum Festival
{
    NewYear,
    SpringFestival,
    Qingming,
    Labour,
    DragonBoat,
    MidAutumn,
    National,

    // From here on nobody has days off.
    NewYearsEve,
    Lantern,
    Qixi,
    DoubleNinth,
    Laba,
    Solstice,
    Women,
    Children,
    Party,
    Army,
    Teachers,
    Christmas,
}

/// <summary>On which day a festival falls, and how long its holiday is. Valid for 1901 to 2100, as the lunar calendar of .NET.</summary>
internal static class Festivals
{
    public const int FirstYear = 1902;
    public const int LastYear = 2099;

    private static readonly ChineseLunisolarCalendar Lunar = new();

    public static bool HasDaysOff(Festival festival) => festival <= Festival.National;

    public static DateOnly Day(Festival festival, int year) => festival switch
    {
        Festival.NewYear => new DateOnly(year, 1, 1),
        Festival.SpringFestival => LunarDay(year, 1, 1)!.Value,
        Festival.Qingming => new DateOnly(year, 4, Qingming(year)),
        Festival.Labour => new DateOnly(year, 5, 1),
        Festival.DragonBoat => LunarDay(year, 5, 5)!.Value,
        Festival.MidAutumn => LunarDay(year, 8, 15)!.Value,
        Festival.National => new DateOnly(year, 10, 1),
        Festival.NewYearsEve => LunarDay(year, 1, 1)!.Value.AddDays(-1),
        Festival.Lantern => LunarDay(year, 1, 15)!.Value,
        Festival.Qixi => LunarDay(year, 7, 7)!.Value,
        Festival.DoubleNinth => LunarDay(year, 9, 9)!.Value,
        Festival.Laba => LunarDay(year - 1, 12, 8)!.Value,
        Festival.Solstice => new DateOnly(year, 12, Solstice(year)),
        Festival.Women => new DateOnly(year, 3, 8),
        Festival.Children => new DateOnly(year, 6, 1),
        Festival.Party => new DateOnly(year, 7, 1),
        Festival.Army => new DateOnly(year, 8, 1),
        Festival.Teachers => new DateOnly(year, 9, 10),
        _ => new DateOnly(year, 12, 25),
    };

    /// <summary>The days off around the festival; only its day when there are none.</summary>
    public static Days Span(Festival festival, int year, IHolidays holidays)
    {
        var day = Day(festival, year);
        if (!HasDaysOff(festival)) return Days.One(day);
        if (!holidays.Knows(year) || holidays.IsWorkingDay(day)) return Customary(festival, day);
        var (from, to) = (day, day.AddDays(1));
        for (var i = 0; i < 15 && !holidays.IsWorkingDay(from.AddDays(-1)); i++) from = from.AddDays(-1);
        for (var i = 0; i < 15 && !holidays.IsWorkingDay(to); i++) to = to.AddDays(1);
        return new Days(from, to);
    }

    /// <summary>A lunar date in the lunar year that begins in <paramref name="year"/>, leap months skipped; null when that month has no such day.</summary>
    public static DateOnly? LunarDay(int year, int month, int day)
    {
        if (year is < FirstYear - 1 or > LastYear || month is < 1 or > 12) return null;
        var leap = Lunar.GetLeapMonth(year);
        var counted = leap > 0 && month >= leap ? month + 1 : month;
        if (day < 1 || day > Lunar.GetDaysInMonth(year, counted)) return null;
        return DateOnly.FromDateTime(Lunar.ToDateTime(year, counted, day, 0, 0, 0, 0));
    }

    private static Days Customary(Festival festival, DateOnly day) => festival switch
    {
        Festival.SpringFestival => new Days(day.AddDays(-1), day.AddDays(7)),
        Festival.National => new Days(day, day.AddDays(7)),
        Festival.Labour => new Days(day, day.AddDays(5)),
        _ => Days.One(day),
    };

    // Both by the rule of thumb Y × 0.2422 + C of almanacs, right for this century (and within a day for the last).
    private static int Qingming(int year) => (int)((year % 100 * 0.2422) + 4.81) - (year % 100 / 4);

    private static int Solstice(int year) => (int)((year % 100 * 0.2422) + 21.94) - (year % 100 / 4);
}
