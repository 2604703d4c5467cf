using System.Text;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.WeCom;

/// <summary>Fits words into the platform's fields: cleaned, and never cut inside a character.</summary>
internal static class WeComFit
{
    private const string More = "…";

    /// <summary>At most so many bytes of UTF-8.</summary>
    public static string Bytes(string words, int most)
    {
        words = WeChatInput.Clean(words);
        if (3 * words.Length <= most || Encoding.UTF8.GetByteCount(words) <= most) return words;
        var (bytes, at) = (Encoding.UTF8.GetByteCount(More), 0);
        foreach (var rune in words.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > most) break;
            bytes += rune.Utf8SequenceLength;
            at += rune.Utf16SequenceLength;
        }

        return words[..at] + More;
    }

    /// <summary>At most so many characters, on one line.</summary>
    public static string Characters(string words, int most)
    {
        words = WeChatInput.Clean(words).ReplaceLineEndings(" ").Trim();
        if (words.Length <= most) return words;
        var end = most - 1;
        if (char.IsHighSurrogate(words[end - 1])) end--;
        return words[..end] + More;
    }

    /// <summary>
    /// Words that stay words in a text, where the platform reads links of HTML: what residents write must lead nowhere and
    /// call nobody.
    /// </summary>
    public static string Plain(string words) => words.Replace('<', '＜');

    /// <summary>The same for markdown, where brackets are links and <c>&lt;@id&gt;</c> calls somebody.</summary>
    public static string PlainMarkdown(string words) => Plain(words).Replace('[', '［').Replace(']', '］').Replace('*', '＊').Replace('`', '｀');
}
