using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Understanding;

/// <summary>The days announced for 2025 and 2026.</summary>
internal sealed class SampleHolidays : IHolidays
{
    private static readonly HashSet<DateOnly> Off = [.. Between("2025-01-01", 1), .. Between("2025-01-28", 8), .. Between("2025-04-04", 3), .. Between("2025-05-01", 5),
        .. Between("2025-05-31", 3), .. Between("2025-10-01", 8), .. Between("2026-01-01", 3), .. Between("2026-02-15", 9), .. Between("2026-04-04", 3), .. Between("2026-05-01", 5),
        .. Between("2026-06-19", 3), .. Between("2026-09-25", 3), .. Between("2026-10-01", 7)];

    private static readonly HashSet<DateOnly> MadeUp = [.. new[]
    {
        "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11", "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    }.Select(Day)];

    public bool IsWorkingDay(DateOnly day) => MadeUp.Contains(day) || (!Off.Contains(day) && day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday));

    public bool Knows(int year) => year is 2025 or 2026;

    private static IEnumerable<DateOnly> Between(string first, int days) => Enumerable.Range(0, days).Select(i => Day(first).AddDays(i));

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
