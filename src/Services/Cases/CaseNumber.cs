using System.Text.RegularExpressions;

namespace WuShe.Services.Cases;

/// <summary>Case numbers as people type them: with any dash or none, in full-width digits, with words around.</summary>
public static partial class CaseNumber
{
    /// <summary>The number said in the words, as it is stored; null when there is none.</summary>
    public static string? In(string words)
    {
        var match = Whole().Match(Narrow(words));
        return match.Success ? $"{match.Groups[1].Value}-{match.Groups[2].Value}{match.Groups[3].Value}" : null;
    }

    /// <summary>Whether the words are a case number and nothing else.</summary>
    public static bool Is(string words)
    {
        var narrow = Narrow(words).Trim();
        var match = Whole().Match(narrow);
        return match.Success && match.Length == narrow.Length;
    }

    /// <summary>Whether these are the last digits of a number, by which people name their own cases.</summary>
    public static bool IsLastDigits(string words) => words.Length == 4 && words.All(char.IsAsciiDigit);

    /// <summary>The number, or its last four digits when the words are nothing else; null when neither is said.</summary>
    public static string? OrLastDigits(string words)
    {
        var narrow = Narrow(words).Trim();
        return In(narrow) ?? (IsLastDigits(narrow) ? narrow : null);
    }

    private static string Narrow(string words) => words.AsSpan().ContainsAnyInRange('\uFF10', '\uFF19')
        ? string.Create(words.Length, words, static (span, said) =>
        {
            for (var i = 0; i < said.Length; i++) span[i] = said[i] is >= '\uFF10' and <= '\uFF19' ? (char)(said[i] - 0xFEE0) : said[i];
        })
        : words;

    // Without a dash exactly ten digits whose date can be: a mobile number has eleven.
    [GeneratedRegex(@"(?<!\d)(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?:\s*[-\u2010-\u2015\uFF0D\u2212_]\s*(\d{4,6})|(\d{4}))(?!\d)")]
    private static partial Regex Whole();
}
