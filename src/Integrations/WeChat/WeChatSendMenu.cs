using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using WuShe.Dialogs;

namespace WuShe.Integrations.WeChat;

/// <summary>A message whose answers can be tapped (<c>msgmenu</c>); a tap comes back as the answer's words. Service accounts only.</summary>
internal sealed record WeChatSendMenu(
    [property: JsonPropertyName("head_content"), JsonConverter(typeof(WeChatRawText))] string Head,
    [property: JsonPropertyName("list")] IReadOnlyList<WeChatSendChoice> Choices,
    [property: JsonPropertyName("tail_content"), JsonConverter(typeof(WeChatRawText))] string Tail)
{
    private const string Hint = "点一下，或者打字告诉我";

    /// <summary>Whether the code says that this kind of account may not send menus: the same goes out as text, then.</summary>
    public static bool IsNotAllowed(int code) => code is 40008 or 40200 or 45162 or 48001 or 48008;

    /// <summary>Null for a message without answers, and for one too long to stand in a menu.</summary>
    public static WeChatSendMenu? Of(Message message)
    {
        if (message.Options.Count == 0) return null;
        var head = WeChatInput.Clean(message.Text);
        // The numbers and the words around them need room, too: where the platform takes no menu, the same goes out as text.
        var bytes = 64 + Encoding.UTF8.GetByteCount(head) + message.Options.Sum(option => Encoding.UTF8.GetByteCount(option) + 8);
        return bytes > WeChatText.MaxBytes ? null : new WeChatSendMenu(
            head, [.. message.Options.Select((option, at) => new WeChatSendChoice((at + 1).ToString(CultureInfo.InvariantCulture), WeChatInput.Clean(option)))], Hint);
    }
}

internal sealed record WeChatSendChoice(
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("content"), JsonConverter(typeof(WeChatRawText))] string Content);
