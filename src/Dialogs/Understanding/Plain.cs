using System.Text;

namespace WuShe.Dialogs.Understanding;

/// <summary>What is left of hostile or sloppy words. <paramref name="Cut"/>: something was cut off the end; tell the person.</summary>
public readonly record struct PlainText(string Text, bool Cut);

/// <summary>Turns whatever a channel delivers into words that can be matched and stored.</summary>
public static class Plain
{
    /// <summary>The most Unicode characters (runes) that one message may have.</summary>
    public const int MaxRunes = 4000;

    /// <summary>
    /// Removes control and direction characters and lone surrogates, turns full-width digits and spaces into plain ones,
    /// trims, and cuts at <see cref="MaxRunes"/>.
    /// </summary>
    public static PlainText Clean(string? text)
    {
        if (string.IsNullOrEmpty(text)) return new PlainText("", false);
        if (text.Length <= MaxRunes && IsClean(text)) return new PlainText(text, false);
        var builder = new StringBuilder(Math.Min(text.Length, MaxRunes * 2));
        var runes = 0;
        foreach (var rune in Runes(text))
        {
            if (runes == MaxRunes) return new PlainText(builder.ToString().Trim(), true);
            builder.Append(rune.ToString());
            runes++;
        }
        return new PlainText(builder.ToString().Trim(), false);
    }

    /// <summary>Cuts at a rune boundary; the flag says whether anything was lost.</summary>
    public static PlainText Limit(string text, int maxRunes)
    {
        if (text.Length <= maxRunes) return new PlainText(text, false);
        var at = 0;
        for (var runes = 0; runes < maxRunes && at < text.Length; runes++)
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return at >= text.Length ? new PlainText(text, false) : new PlainText(text[..at], true);
    }

    /// <summary>The form in which words are compared: no spaces or punctuation around, full width made plain, lower case.</summary>
    public static string Key(string text)
    {
        var span = text.AsSpan().Trim(Around);
        if (IsKey(span)) return span.Length == text.Length ? text : span.ToString();
        return string.Create(span.Length, span, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++) to[i] = char.ToLowerInvariant(Narrow(from[i]));
        });
    }

    /// <summary>At least one letter or digit: emoji and punctuation alone are no words.</summary>
    public static bool HasWords(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (Rune.IsLetterOrDigit(rune)) return true;
        return false;
    }

    private const string Around = " \t\r\n　。！！~～,，.．?？、…;；：：\"“”「」『』()（）";

    private static bool IsKey(ReadOnlySpan<char> span)
    {
        foreach (var c in span)
            if (c is >= 'A' and <= 'Z' || c is >= '\uFF01' and <= '\uFF5E' || c == '\u3000') return false;
        return true;
    }

    private static char Narrow(char c) => c switch
    {
        '\u3000' => ' ',
        >= '\uFF10' and <= '\uFF19' or >= '\uFF21' and <= '\uFF3A' or >= '\uFF41' and <= '\uFF5A' => (char)(c - 0xFEE0),
        _ => c,
    };

    private static bool IsClean(string text)
    {
        if (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) { i++; continue; }
            if (char.IsSurrogate(c) || c == '\u3000' || c is >= '\uFF10' and <= '\uFF19' || (c != '\n' && IsUnwanted(c))) return false;
        }
        return true;
    }

    private static IEnumerable<Rune> Runes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                if (rune.Utf16SequenceLength == 2) { i++; yield return rune; }
                else if (text[i] is '\t') yield return new Rune(' ');
                else if (text[i] is '\u3000' or >= '\uFF10' and <= '\uFF19') yield return new Rune(Narrow(text[i]));
                else if (text[i] == '\n' || !IsUnwanted(text[i])) yield return rune;
            }
        }
    }

    /// <summary>Controls, zero-width and direction marks, stand-ins for what could not be read. The joiner U+200D stays: emoji of families and professions need it.</summary>
    private static bool IsUnwanted(char c) =>
        char.IsControl(c)
        || c is '\u200B' or '\u200C' or '\u200E' or '\u200F' or '\uFEFF' or '\u2028' or '\u2029'
        || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or (>= '\uFFF0' and <= '\uFFFD');
}
