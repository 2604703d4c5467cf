using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Broadcasts;

/// <summary>The answer of every broadcast call; <paramref name="Id"/> comes with a repeated one (45065) too.</summary>
internal sealed record WeChatMassReturn(
    [property: JsonPropertyName("errcode")] int Code,
    [property: JsonPropertyName("msg_id"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)] long Id,
    [property: JsonPropertyName("msg_status")] string? Status);

/// <summary>A broadcast by tag (<c>filter</c>) or by list (<c>touser</c>).</summary>
internal sealed record WeChatMass(
    [property: JsonPropertyName("filter")] WeChatMassFilter? Filter,
    [property: JsonPropertyName("touser")] IReadOnlyList<string>? People,
    [property: JsonPropertyName("msgtype")] string Type,
    [property: JsonPropertyName("text")] WeChatSendText? Text,
    [property: JsonPropertyName("mpnews")] WeChatMassArticle? Article,
    [property: JsonPropertyName("send_ignore_reprint")] int? IgnoreReprint,
    [property: JsonPropertyName("clientmsgid")] string ClientId);

internal sealed record WeChatMassFilter(
    [property: JsonPropertyName("is_to_all")] bool ToAll,
    [property: JsonPropertyName("tag_id")] int? TagId);

internal sealed record WeChatMassArticle([property: JsonPropertyName("media_id")] string MediaId);

internal sealed record WeChatMassPreview(
    [property: JsonPropertyName("touser")] string To,
    [property: JsonPropertyName("msgtype")] string Type,
    [property: JsonPropertyName("text")] WeChatSendText? Text,
    [property: JsonPropertyName("mpnews")] WeChatMassArticle? Article);

internal sealed record WeChatMassId([property: JsonPropertyName("msg_id")] long Id);

/// <summary>A report as it is kept.</summary>
[JsonSerializable(typeof(BroadcastReport))]
[JsonSerializable(typeof(WeChatMass))]
[JsonSerializable(typeof(WeChatMassPreview))]
[JsonSerializable(typeof(WeChatMassId))]
[JsonSerializable(typeof(WeChatMassReturn))]
internal sealed partial class WeChatMassJson : JsonSerializerContext
{
    /// <summary>Chinese as it is: the platform knows an error for escapes.</summary>
    public static WeChatMassJson Raw { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
