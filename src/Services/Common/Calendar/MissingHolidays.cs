using System.Globalization;
using WuShe.Dialogs;
using WuShe.Services.Common.Alarms;

namespace WuShe.Services.Common.Calendar;

/// <summary>
/// Tells admins which year's holidays must be imported: this year's, next year's from 1 November on (the State Council
/// announces them then), and any in which somebody was promised a date. Once a day and year, so that 已处理 gives a day's peace.
/// </summary>
public sealed class MissingHolidays(IAlarmBoard alarms, WorkingCalendar calendar, WorkingTimeMap map, TimeProvider time)
{
    private const int Announced = 11;
    private static readonly TimeSpan Shown = TimeSpan.FromHours(25);
    private readonly Dictionary<int, DateOnly> _told = [];
    private CalendarDays? _before;

    /// <summary>Of the years that the console should warn of at that moment, those that are not known.</summary>
    public static IReadOnlyList<int> Missing(CalendarDays days, DateTimeOffset now)
    {
        var today = BeijingTime.DateOf(now);
        int[] wanted = today.Month >= Announced ? [today.Year, today.Year + 1] : [today.Year];
        return [.. wanted.Where(year => !days.Knows(year))];
    }

    /// <summary>Raises what is missing and takes back what has come. One caller at a time.</summary>
    public async Task Tell()
    {
        var (days, now) = (calendar.Days, time.GetUtcNow());
        if (!ReferenceEquals(days, _before))
        {
            foreach (var year in days.Years) await alarms.Clear(Key(year));
            _before = days;
        }
        var today = BeijingTime.DateOf(now);
        foreach (var year in Missing(days, now).Union(map.TakeMissed()).Where(year => !days.Knows(year)))
        {
            if (_told.TryGetValue(year, out var told) && told == today) continue;
            await alarms.Raise(Key(year), Words(year), now + Shown);
            _told[year] = today;
        }
    }

    /// <summary>Without the full stop that the banner adds.</summary>
    public static string Words(int year) => $"{year} 年的放假安排还没有导入，这一年的期限先只按周末算。请管理员到「放假和上班时间」导入";

    private static string Key(int year) => "holidays:" + year.ToString(CultureInfo.InvariantCulture);
}
