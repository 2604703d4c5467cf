using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Cases;

/// <summary>
/// Recognises that something said to be done is not. An opener and not opening phrases: while a rating is asked for, the
/// same words are its answer.
/// </summary>
public sealed class RateOpener : IOpener
{
    private static readonly string[] Words =
    [
        "没解决", "没有解决", "没修好", "没有修好", "没修成", "没弄好", "没搞好", "没搞定", "没处理好", "问题还在", "还是没好", "还是坏的",
    ];

    public double Opens(string text)
    {
        var key = Plain.Key(text);
        if (key.StartsWith("问题", StringComparison.Ordinal) && key.Length > 4) key = key[2..];
        if (key.StartsWith('还')) key = key[1..];
        foreach (var word in Words)
        {
            var at = key.IndexOf(word, StringComparison.Ordinal);
            if (at < 0) continue;
            // A sentence about a thing (路灯没修好) may as well be a new report.
            return key.Length == word.Length ? 1 : at == 0 ? 0.9 : 0.6;
        }

        return 0;
    }

    /// <summary>What the words say beyond that it is not done; empty when nothing.</summary>
    internal static string Reason(string words) => words.Length > 6 ? words : "";
}
