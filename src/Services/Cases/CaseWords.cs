namespace WuShe.Services.Cases;

/// <summary>Words about cases that several places say, and how words are fitted into fields.</summary>
internal static class CaseWords
{
    /// <summary>Said for an unknown number and for somebody else's alike.</summary>
    public const string NoSuchCase = "没有查到这个编号。请看看号码对不对。";

    /// <summary>Who has a case that no person has yet.</summary>
    public static string Duty(string unitName) => $"{unitName}值班人员";

    /// <summary>At most <paramref name="length"/> UTF-16 units, never half a surrogate pair, with … where something was cut.</summary>
    public static string Cut(string words, int length)
    {
        words = words.Trim();
        if (words.Length <= length) return words;
        var end = length - 1;
        if (char.IsHighSurrogate(words[end - 1])) end--;
        return words[..end] + "…";
    }
}
