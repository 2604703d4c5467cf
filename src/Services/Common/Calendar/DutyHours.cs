using System.Globalization;

namespace WuShe.Services.Common.Calendar;

/// <summary>From when to when there is duty, as time since midnight in Beijing; <paramref name="To"/> (at most 24:00) is no longer duty.</summary>
public sealed record DutySpan(TimeSpan From, TimeSpan To);

/// <summary>Duty hours of a working day: spans in order, with gaps (lunch) between them. Never empty.</summary>
public sealed class DutyHours
{
    public const int MaxSpans = 6;

    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private DutyHours(IReadOnlyList<DutySpan> spans)
    {
        Spans = spans;
        PerDay = spans.Aggregate(TimeSpan.Zero, (sum, span) => sum + (span.To - span.From));
    }

    /// <summary>09:00–12:00 and 14:00–18:00.</summary>
    public static DutyHours Usual { get; } = new([Span(9, 12), Span(14, 18)]);

    public IReadOnlyList<DutySpan> Spans { get; }

    /// <summary>Duty time of one working day.</summary>
    public TimeSpan PerDay { get; }

    /// <summary>When the day's duty ends, since midnight in Beijing.</summary>
    public TimeSpan End => Spans[^1].To;

    /// <summary>Reads <c>09:00-12:00,14:00-18:00</c>; null when that is not what it says. What <see cref="ToString"/> writes.</summary>
    public static DutyHours? Read(string text)
    {
        var rows = new List<(string From, string To)>();
        foreach (var part in text.Split(','))
        {
            var ends = part.Split('-');
            if (ends.Length != 2) return null;
            rows.Add((ends[0], ends[1]));
        }
        return Of(rows, out _);
    }

    /// <summary>
    /// Rows as somebody filled them in (<c>9:00</c>, <c>24:00</c>); rows with nothing in them are left out. Null with the reason
    /// in Chinese, naming the row: no time, ends before it begins, overlaps or comes before the row above, none at all.
    /// </summary>
    public static DutyHours? Of(IReadOnlyList<(string From, string To)> rows, out string refusal)
    {
        var spans = new List<DutySpan>();
        refusal = "";
        for (var row = 0; row < rows.Count && refusal.Length == 0; row++)
        {
            var (from, to) = (rows[row].From.Trim(), rows[row].To.Trim());
            if (from.Length == 0 && to.Length == 0) continue;
            if (Time(from) is not { } begins || Time(to) is not { } ends) refusal = $"第 {row + 1} 行：请写几点到几点，像 9:00 到 12:00。";
            else if (begins >= ends) refusal = $"第 {row + 1} 行：下班要比上班晚，现在是 {from} 到 {to}。";
            else if (spans.Count > 0 && begins < spans[^1].To) refusal = $"第 {row + 1} 行：和上面一行重叠了，要从 {Written(spans[^1].To)} 以后开始。";
            else spans.Add(new DutySpan(begins, ends));
        }
        if (refusal.Length == 0 && spans.Count == 0) refusal = "至少要写一行上班时间。";
        if (refusal.Length == 0 && spans.Count > MaxSpans) refusal = $"最多写 {MaxSpans} 行。";
        return refusal.Length == 0 ? new DutyHours(spans) : null;
    }

    public override string ToString() => string.Join(',', Spans.Select(span => $"{Written(span.From)}-{Written(span.To)}"));

    /// <summary>09:00 到 12:00，14:00 到 18:00</summary>
    public string Chinese => string.Join('，', Spans.Select(span => $"{Written(span.From)} 到 {Written(span.To)}"));

    /// <summary>09:00; the end of the day is 24:00.</summary>
    public static string Written(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours:00}:{time.Minutes:00}");

    private static TimeSpan? Time(string text)
    {
        var parts = text.Replace('：', ':').Split(':');
        if (parts.Length != 2 || parts[0].Length is 0 or > 2 || parts[1].Length != 2) return null;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours)) return null;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59) return null;
        var time = new TimeSpan(hours, minutes, 0);
        return time <= Day ? time : null;
    }

    private static DutySpan Span(int from, int to) => new(TimeSpan.FromHours(from), TimeSpan.FromHours(to));
}
