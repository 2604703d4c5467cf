using WuShe.Services.Common.Calendar;

namespace WuShe.Services.WorkingTime;

/// <summary>A day that an import would change: what it is now and what it would be, in words (放假：国庆节, 上班).</summary>
public sealed record DayChange(DateOnly Day, string Before, string After);

/// <summary>
/// Of what is asked from <paramref name="FirstStart"/> to <paramref name="LastStart"/> with so many working days, the due date of
/// <paramref name="Starts"/> days' askings would be another; that of the first one is shown.
/// </summary>
public sealed record DueChange(int WorkingDays, DateOnly FirstStart, DateOnly LastStart, int Starts, DateOnly Before, DateOnly After);

/// <summary>
/// What an import would change; nothing is changed yet. Either <paramref name="Faults"/> or a year. <paramref name="Due"/> says, for the
/// limits that the product has by itself, whose due date moves, <paramref name="DueYears"/> in which years due dates move.
/// <paramref name="Known"/> counts the imports of that year when this was made up.
/// </summary>
public sealed record HolidayPreview(
    HolidayYear? Year, IReadOnlyList<HolidayFault> Faults, IReadOnlyList<DayChange> Days, IReadOnlyList<DueChange> Due, IReadOnlyList<int> DueYears, int Known)
{
    /// <summary>咨询, 求助·建议, 投诉举报, and the first contact.</summary>
    private static readonly int[] Limits = [1, 3, 7, 15];

    /// <summary>Longer than the longest limit can reach back over the longest holiday.</summary>
    private const int Before = 45;

    internal static HolidayPreview Refused(IReadOnlyList<HolidayFault> faults) => new(null, faults, [], [], [], 0);

    /// <summary>Compares the days as they are known with those that <paramref name="year"/> would make of them.</summary>
    internal static HolidayPreview Of(HolidayYear year, CalendarDays now, int known)
    {
        var then = now.With(year);
        var touched = (now.Year(year.Year)?.Days ?? []).Concat(year.Days).Select(day => day.Date).Distinct().Order();
        List<DayChange> changes = [];
        foreach (var day in touched)
        {
            var (before, after) = (Words(now, day), Words(then, day));
            if (before != after) changes.Add(new DayChange(day, before, after));
        }
        var moved = changes.Where(change => now.IsWorkingDay(change.Day) != then.IsWorkingDay(change.Day)).Select(change => change.Day).ToList();
        var years = new SortedSet<int>();
        List<DueChange> due = [];
        if (moved.Count > 0)
        {
            foreach (var limit in Limits)
                if (Compare(limit, moved[0].AddDays(-Before), moved[^1], now, then, years) is { } change) due.Add(change);
        }
        return new HolidayPreview(year, [], changes, due, [.. years], known);
    }

    private static DueChange? Compare(int limit, DateOnly from, DateOnly to, CalendarDays now, CalendarDays then, SortedSet<int> years)
    {
        DueChange? change = null;
        for (var start = from; start <= to; start = start.AddDays(1))
        {
            var (before, after) = (DayDue(now, start, limit), DayDue(then, start, limit));
            if (before == after) continue;
            change = change is null ? new DueChange(limit, start, start, 1, before, after) : change with { LastStart = start, Starts = change.Starts + 1 };
            years.Add(before.Year);
            years.Add(after.Year);
        }
        return change;
    }

    private static DateOnly DayDue(CalendarDays days, DateOnly start, int limit) =>
        WuShe.Dialogs.BeijingTime.DateOf(new DutyClock(days, DutyHours.Usual).DueAfter(new DateTimeOffset(start, new TimeOnly(12, 0), TimeSpan.FromHours(8)), limit));

    private static string Words(CalendarDays days, DateOnly day) => days.Named(day) switch
    {
        { IsOff: true } off => $"放假：{off.Name}",
        { IsOff: false } => "上班（调休）",
        null => days.IsWorkingDay(day) ? "上班" : "周末",
    };
}
