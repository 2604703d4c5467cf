using System.Globalization;
using System.Text.RegularExpressions;

namespace WuShe.Services.Common.Organisation;

/// <summary>
/// The hours of a day in which one person is on duty, when they are not those of the unit, in Beijing time: <c>08:30-12:00 14:00-18:00</c>. A span that ends before it
/// begins goes over midnight. On which days is the calendar's business.
/// </summary>
public sealed partial class PersonalHours
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 60;

    private const int MaxSpans = 4;
    private const int Day = 24 * 60;
    private readonly (int From, int To)[] _spans;

    private PersonalHours((int From, int To)[] spans) => _spans = spans;

    /// <summary>Whether the time of day (Beijing) lies in a span; the end of a span is outside it.</summary>
    public bool Covers(TimeOnly time)
    {
        var minute = (time.Hour * 60) + time.Minute;
        foreach (var (from, to) in _spans)
            if (from < to ? minute >= from && minute < to : minute >= from || minute < to) return true;
        return false;
    }

    /// <summary>Null for an empty text and for one that says no hours: what the record holds was checked when it was written.</summary>
    public static PersonalHours? Read(string? text) => TryParse(text, out var hours) ? hours : null;

    /// <summary>
    /// Reads <c>8:30-12:00，14:00-18:00</c>, with the marks of either script. False when it says no hours, a time that no day has,
    /// a span of no length, spans that overlap, or more than four.
    /// </summary>
    public static bool TryParse(string? text, out PersonalHours? hours)
    {
        hours = null;
        if (string.IsNullOrWhiteSpace(text)) return false;
        var spans = new List<(int, int)>();
        foreach (var part in Between().Split(text.Trim()))
        {
            var match = Span().Match(part);
            if (!match.Success || Minute(match, 1) is not { } from || Minute(match, 3) is not { } to) return false;
            if (from == to || from == Day) return false;
            spans.Add((from, to));
        }
        if (spans.Count > MaxSpans || Overlap(spans)) return false;
        hours = new PersonalHours([.. spans.OrderBy(span => span.Item1)]);
        return true;
    }

    /// <summary>As it is kept and shown; reading it again gives the same hours.</summary>
    public override string ToString() => string.Join(' ', _spans.Select(span => $"{Text(span.From)}-{Text(span.To)}"));

    private static bool Overlap(List<(int From, int To)> spans)
    {
        var taken = new bool[Day];
        foreach (var (from, to) in spans)
            for (var step = 0; step < (from < to ? to - from : to - from + Day); step++)
            {
                var minute = (from + step) % Day;
                if (taken[minute]) return true;
                taken[minute] = true;
            }
        return false;
    }

    private static int? Minute(Match match, int group)
    {
        var hour = int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);
        var minute = int.Parse(match.Groups[group + 1].ValueSpan, CultureInfo.InvariantCulture);
        var all = (hour * 60) + minute;
        return minute < 60 && all <= Day ? all : null;
    }

    private static string Text(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");

    [GeneratedRegex(@"^([0-9]{1,2})[:：]([0-9]{2})\s*[-－–—~～至到]\s*([0-9]{1,2})[:：]([0-9]{2})$")]
    private static partial Regex Span();

    [GeneratedRegex(@"\s*[,，、;；]\s*|(?<=[0-9])\s+(?=[0-9])")]
    private static partial Regex Between();
}
