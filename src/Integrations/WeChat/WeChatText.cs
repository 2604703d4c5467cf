using System.Globalization;
using System.Text;
using WuShe.Dialogs;

namespace WuShe.Integrations.WeChat;

/// <summary>Messages as WeChat text: options numbered, at most <see cref="MaxBytes"/> bytes of UTF-8 at once.</summary>
public static class WeChatText
{
    /// <summary>Limit of one text, passive or customer-service.</summary>
    public const int MaxBytes = 2048;

    private const string Hint = "回复数字就行";

    /// <summary>One message with its options as numbered lines.</summary>
    public static string Of(Message message)
    {
        if (message.Options.Count == 0) return WeChatInput.Clean(message.Text);
        var text = new StringBuilder(message.Text);
        for (var i = 0; i < message.Options.Count; i++)
            text.Append(text.Length == 0 ? "" : "\n").Append((i + 1).ToString(CultureInfo.InvariantCulture)).Append(". ").Append(message.Options[i]);
        return WeChatInput.Clean(text.Append("\n（").Append(Hint).Append('）').ToString());
    }

    /// <summary>Several messages as one text, a blank line between them.</summary>
    public static string Of(IReadOnlyList<Message> messages) =>
        messages.Count == 1 ? Of(messages[0]) : string.Join("\n\n", messages.Select(Of).Where(t => t.Length > 0));

    /// <summary>
    /// The first part of a text, at most <see cref="MaxBytes"/> bytes, and what is left (empty when all fits). Never cuts a
    /// character; cuts at a line's end where one is near.
    /// </summary>
    public static (string Head, string Tail) Cut(string text)
    {
        if (3 * text.Length <= MaxBytes || Encoding.UTF8.GetByteCount(text) <= MaxBytes) return (text, "");
        var bytes = 0;
        var at = 0;
        var line = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MaxBytes) break;
            bytes += rune.Utf8SequenceLength;
            at += rune.Utf16SequenceLength;
            if (rune.Value == '\n' && bytes > MaxBytes * 3 / 4) line = at;
        }

        if (line > 0) at = line;
        return (text[..at].TrimEnd('\n'), text[at..].TrimStart('\n'));
    }

    /// <summary>A text in as many parts as it needs.</summary>
    public static IEnumerable<string> Split(string text)
    {
        while (text.Length > 0)
        {
            (var head, text) = Cut(text);
            if (head.Length > 0) yield return head;
        }
    }
}
