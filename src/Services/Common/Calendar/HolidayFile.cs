using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WuShe.Services.Common.Calendar;

/// <summary>
/// The file of a year (see Holidays/README.md): <c>{"year", "papers", "days": [{"name", "date", "isOffDay"}]}</c>, the shape of
/// <see href="https://github.com/NateScarlet/holiday-cn">holiday-cn</see>.
/// </summary>
public static class HolidayFile
{
    /// <summary>Real ones have some 5 kB.</summary>
    public const int MaxBytes = 100_000;

    private const string DateFormat = "yyyy-MM-dd";
    private const int MaxName = 20;
    private const int MaxPaper = 300;
    private const int MaxDays = 120;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Reads what claims to be the file of <paramref name="year"/>. Refused with row and reason: another year, days outside it,
    /// days named twice or that do not exist, made-up days that are no weekend, and a year without the holidays that the law gives.
    /// </summary>
    public static HolidayReading Read(ReadOnlyMemory<byte> file, int year)
    {
        if (file.Length > MaxBytes) return Refused("文件太大了，一年的放假安排不会超过 100 KB。");
        ReadOnlySpan<byte> mark = [0xEF, 0xBB, 0xBF];
        if (file.Span.StartsWith(mark)) file = file[3..];
        try
        {
            using var json = JsonDocument.Parse(file);
            return Read(json.RootElement, year);
        }
        catch (JsonException)
        {
            return Refused("这不是放假安排的文件（JSON），没法读。");
        }
    }

    /// <summary>The same shape, to be kept.</summary>
    public static string Write(HolidayYear year) => JsonSerializer.Serialize(
        new
        {
            year = year.Year,
            papers = year.Papers,
            days = year.Days.Select(day => new { name = day.Name, date = day.Date.ToString(DateFormat, CultureInfo.InvariantCulture), isOffDay = day.IsOff }),
        },
        Plain);

    private static HolidayReading Read(JsonElement root, int year)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("year", out var said) || said.ValueKind != JsonValueKind.Number || !said.TryGetInt32(out var own))
            return Refused("文件里没有年份（year）。");
        if (own != year) return Refused($"文件写的是 {own} 年，不是要导入的 {year} 年。");
        if (Papers(root) is not { Count: > 0 } papers) return Refused("文件没有写明依据（papers：国务院通知的网址）。");
        if (!root.TryGetProperty("days", out var rows) || rows.ValueKind != JsonValueKind.Array || rows.GetArrayLength() == 0)
            return Refused("文件里一天也没有写（days）。");
        if (rows.GetArrayLength() > MaxDays) return Refused($"文件写了 {rows.GetArrayLength()} 天，一年的放假和调休不会超过 {MaxDays} 天。");

        var faults = new List<HolidayFault>();
        var days = new Dictionary<DateOnly, HolidayDay>();
        var row = 0;
        foreach (var element in rows.EnumerateArray())
        {
            row++;
            if (Day(element, out var reason) is not { } day) faults.Add(new HolidayFault(row, reason));
            else if (Nonsense(day, year) is { } nonsense) faults.Add(new HolidayFault(row, nonsense));
            else if (!days.TryAdd(day.Date, day)) faults.Add(new HolidayFault(row, $"{Said(day.Date)}前面已经写过。"));
        }
        if (faults.Count == 0) faults.AddRange(Missing(days, year));
        return faults.Count > 0 ? new HolidayReading(null, faults) : new HolidayReading(new HolidayYear(year, papers, [.. days.Values.OrderBy(day => day.Date)]), []);
    }

    private static List<string>? Papers(JsonElement root)
    {
        if (!root.TryGetProperty("papers", out var list) || list.ValueKind != JsonValueKind.Array) return null;
        List<string> papers = [];
        foreach (var paper in list.EnumerateArray())
        {
            if (paper.ValueKind != JsonValueKind.String || paper.GetString() is not { Length: <= MaxPaper } address) return null;
            if (!Uri.TryCreate(address, UriKind.Absolute, out var at) || at.Scheme is not ("http" or "https")) return null;
            papers.Add(address);
        }
        return papers;
    }

    private static HolidayDay? Day(JsonElement row, out string reason)
    {
        reason = "要写 name（节日）、date（日期）和 isOffDay（true 放假，false 上班）。";
        if (row.ValueKind != JsonValueKind.Object || !row.TryGetProperty("date", out var at) || at.ValueKind != JsonValueKind.String) return null;
        if (!DateOnly.TryParseExact(at.GetString(), DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            reason = $"「{Short(at.GetString()!)}」不是日期，要写成 2026-10-01 这样，而且真有这一天。";
            return null;
        }
        if (!row.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String || name.GetString()!.Trim() is not { Length: > 0 and <= MaxName } called)
        {
            reason = $"{Said(date)}没有写是什么节（name，最多 {MaxName} 个字）。";
            return null;
        }
        if (!row.TryGetProperty("isOffDay", out var off) || off.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            reason = $"{Said(date)}没有写放假还是上班（isOffDay：true 放假，false 上班）。";
            return null;
        }
        return new HolidayDay(date, called, off.GetBoolean());
    }

    private static string? Nonsense(HolidayDay day, int year)
    {
        // New Year's holiday may begin in the last week of December: the notice for 2023 names 2022-12-31.
        if (day.Date < new DateOnly(year, 1, 1).AddDays(-7) || day.Date.Year > year) return $"{Said(day.Date)}不在 {year} 年。";
        return !day.IsOff && !IsWeekend(day.Date) ? $"{Said(day.Date)}是周{Weekday(day.Date)}，本来就上班，不用调休。" : null;
    }

    /// <summary>Days that 《全国年节及纪念日放假办法》 gives in every year; a file without them was cut off or is another's.</summary>
    private static IEnumerable<HolidayFault> Missing(Dictionary<DateOnly, HolidayDay> days, int year)
    {
        (DateOnly Date, string Name)[] lawful =
        [
            (new(year, 1, 1), "元旦"), .. FirstLunarDays(year).Select(day => (day, "春节")), (new(year, 5, 1), "劳动节"),
            (new(year, 10, 1), "国庆节"), (new(year, 10, 2), "国庆节"), (new(year, 10, 3), "国庆节"),
        ];
        foreach (var (date, name) in lawful)
            if (!days.TryGetValue(date, out var day) || !day.IsOff) yield return new HolidayFault(0, $"{Said(date)}是{name}，文件里没有放假，请看看文件是不是不完整。");
    }

    private static IEnumerable<DateOnly> FirstLunarDays(int year)
    {
        var lunar = new ChineseLunisolarCalendar();
        for (var day = 1; day <= 3; day++) yield return DateOnly.FromDateTime(lunar.ToDateTime(year, 1, day, 0, 0, 0, 0));
    }

    internal static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static char Weekday(DateOnly day) => "日一二三四五六"[(int)day.DayOfWeek];

    private static string Said(DateOnly day) => day.ToString("yyyy年M月d日", CultureInfo.InvariantCulture);

    private static string Short(string text) => text.Length <= MaxName ? text : text[..MaxName] + "…";

    private static HolidayReading Refused(string reason) => new(null, [new HolidayFault(0, reason)]);
}
