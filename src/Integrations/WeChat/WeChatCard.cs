using System.Text.Json.Serialization;
using WuShe.Dialogs;

namespace WuShe.Integrations.WeChat;

/// <summary>A link to one of our pages as WeChat shows it (图文消息, one article, no picture).</summary>
/// <param name="Title">Cleaned, in Chinese.</param>
/// <param name="Words">One line under it.</param>
/// <param name="Url">Absolute.</param>
public sealed record WeChatCard(string Title, string Words, string Url);

/// <summary>
/// Makes cards of what the bot says. Only where <c>PublicUrl</c> is set: a link to an address that nobody outside reaches
/// would take words away and give nothing.
/// </summary>
public sealed class WeChatCards(string? publicUrl)
{
    private readonly string _root = publicUrl?.TrimEnd('/') ?? "";

    /// <summary>The card that stands for the whole message; null when its text is to be sent.</summary>
    public WeChatCard? Of(WeChatAccount account, Message message) =>
        _root.Length > 0 && message is { Link: { } link, Picture: null, Options.Count: 0 }
            // The page learns through which account it was opened, to recognise the reader by that.
            ? new WeChatCard(WeChatInput.Clean(link.Title), WeChatInput.Clean(link.Words), $"{_root}/{link.Path}?account={account.Name}")
            : null;

    /// <summary>The same for all that is said at once: a direct answer is one message.</summary>
    public WeChatCard? Of(WeChatAccount account, IReadOnlyList<Message> messages) => messages is [var only] ? Of(account, only) : null;
}

/// <summary>News of a customer-service message: one article, more are refused (45008).</summary>
internal sealed record WeChatSendNews([property: JsonPropertyName("articles")] IReadOnlyList<WeChatSendArticle> Articles)
{
    public static WeChatSendNews Of(WeChatCard card) => new([new WeChatSendArticle(card.Title, card.Words, card.Url)]);
}

internal sealed record WeChatSendArticle(
    [property: JsonPropertyName("title"), JsonConverter(typeof(WeChatRawText))] string Title,
    [property: JsonPropertyName("description"), JsonConverter(typeof(WeChatRawText))] string Words,
    [property: JsonPropertyName("url")] string Url);
