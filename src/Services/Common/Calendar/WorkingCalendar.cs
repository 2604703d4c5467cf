using System.Globalization;
using System.Reflection;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Common.Calendar;

/// <summary>
/// The State Council's yearly notices: those that come with the product (see Holidays/README.md) and, instead of them or beyond
/// them, those that were imported. Answered from memory.
/// </summary>
public sealed class WorkingCalendar : IHolidays
{
    private const string Prefix = "holidays/";
    private static readonly IReadOnlyList<HolidayYear> Own = [.. Embedded()];

    private volatile CalendarDays _days = new(Own);

    /// <summary>What is known now.</summary>
    public CalendarDays Days => _days;

    /// <summary>Whether the holidays of that year are known; the console warns when those of the coming months are not.</summary>
    public bool Knows(int year) => _days.Knows(year);

    public bool IsWorkingDay(DateOnly day) => _days.IsWorkingDay(day);

    /// <summary>From now on these years stand instead of, or beside, those that come with the product.</summary>
    internal void Take(IEnumerable<HolidayYear> imported) => _days = new CalendarDays([.. Own, .. imported]);

    private static IEnumerable<HolidayYear> Embedded()
    {
        var assembly = typeof(WorkingCalendar).Assembly;
        foreach (var name in assembly.GetManifestResourceNames())
            if (name.StartsWith(Prefix, StringComparison.Ordinal)) yield return Read(assembly, name);
    }

    private static HolidayYear Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var reading = HolidayFile.Read(bytes.ToArray(), int.Parse(name[Prefix.Length..], CultureInfo.InvariantCulture));
        return reading.Year ?? throw new InvalidOperationException($"{name}: {string.Join(' ', reading.Faults)}");
    }
}
