using System.Reflection;
using System.Text.Json;
using WuShe.Dialogs;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Common.Calendar;

/// <summary>
/// The State Council's yearly notices as data (see Holidays/README.md). Days of a year without a notice follow the week.
/// </summary>
public sealed class WorkingCalendar : IWorkingCalendar, IHolidays
{
    private const string Prefix = "holidays/";
    private static readonly TimeSpan EndOfWork = TimeSpan.FromHours(18);
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    private readonly Dictionary<DateOnly, bool> _isOff = [];
    private readonly HashSet<int> _years = [];

    public WorkingCalendar()
    {
        var assembly = typeof(WorkingCalendar).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
            if (name.StartsWith(Prefix, StringComparison.Ordinal)) Read(assembly, name);
    }

    /// <summary>Whether the holidays of that year are known; the console warns when those of the coming months are not.</summary>
    public bool Knows(int year) => _years.Contains(year);

    public bool IsWorkingDay(DateOnly day) => _isOff.TryGetValue(day, out var off)
        ? !off
        : day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(workingDays);
        var day = BeijingTime.DateOf(from);
        for (var left = workingDays; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) left--;
        }
        return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue) + EndOfWork, Beijing).ToUniversalTime();
    }

    private void Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var json = JsonDocument.Parse(stream);
        _years.Add(json.RootElement.GetProperty("year").GetInt32());
        foreach (var day in json.RootElement.GetProperty("days").EnumerateArray())
        {
            var date = DateOnly.ParseExact(day.GetProperty("date").GetString()!, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            _isOff[date] = day.GetProperty("isOffDay").GetBoolean();
        }
    }
}
