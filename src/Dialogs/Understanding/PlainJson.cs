using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace WuShe.Dialogs.Understanding;

/// <summary>
/// JSON from outside whose every string can be read: the readers take halves of surrogate pairs and broken UTF-8 at first
/// and throw <see cref="InvalidOperationException"/> when the string that has them is asked for.
/// </summary>
public static class PlainJson
{
    private const int EscapeLength = 6;

    /// <summary>The same bytes when nothing is wrong with them; else a copy without halves, broken UTF-8 as U+FFFD.</summary>
    public static ReadOnlyMemory<byte> Readable(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span)) json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        return json.Span.IndexOf("\\u"u8) < 0 ? json : WithoutHalves(json.Span);
    }

    private static ReadOnlyMemory<byte> WithoutHalves(ReadOnlySpan<byte> json)
    {
        var kept = new byte[json.Length];
        var (from, to) = (0, 0);
        while (from < json.Length)
        {
            // No JSON at all: what stands behind a broken escape must not complete it. The reader refuses it as it is.
            if (json[from..].StartsWith("\\u"u8) && Escaped(json[from..]) is null) return json.ToArray();
            var length = Whole(json[from..], out var half);
            if (!half)
            {
                json.Slice(from, length).CopyTo(kept.AsSpan(to));
                to += length;
            }
            from += length;
        }
        return kept.AsMemory(0, to);
    }

    /// <summary>How many bytes belong together here: a pair of escapes, one escape, or a byte.</summary>
    private static int Whole(ReadOnlySpan<byte> json, out bool half)
    {
        half = false;
        if (json[0] != '\\') return 1;
        if (Escaped(json) is not { } first) return Math.Min(2, json.Length);
        if (char.IsHighSurrogate(first) && Escaped(json[EscapeLength..]) is { } second && char.IsLowSurrogate(second)) return 2 * EscapeLength;
        half = char.IsSurrogate(first);
        return EscapeLength;
    }

    private static char? Escaped(ReadOnlySpan<byte> json) =>
        json.Length >= EscapeLength && json[0] == '\\' && json[1] == 'u'
        && ushort.TryParse(json.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit) ? (char)unit : null;
}
