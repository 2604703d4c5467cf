using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WuShe.Integrations.WeChat.Notices;

internal sealed record WeChatFormValue([property: JsonPropertyName("value"), JsonConverter(typeof(WeChatRawText))] string Value);

internal sealed record WeChatSubscribeSend(
    [property: JsonPropertyName("touser")] string To,
    [property: JsonPropertyName("template_id")] string Template,
    [property: JsonPropertyName("page")] string? Page,
    [property: JsonPropertyName("data")] Dictionary<string, WeChatFormValue> Data);

internal sealed record WeChatTemplateSend(
    [property: JsonPropertyName("touser")] string To,
    [property: JsonPropertyName("template_id")] string Template,
    [property: JsonPropertyName("url")] string? Url,
    [property: JsonPropertyName("client_msg_id")] string Id,
    [property: JsonPropertyName("data")] Dictionary<string, WeChatFormValue> Data);

/// <summary>The account's own templates: <c>template_list</c> of template messages, <c>data</c> of subscription notices.</summary>
internal sealed record WeChatTemplateList(
    [property: JsonPropertyName("errcode")] int Code,
    [property: JsonPropertyName("template_list")] IReadOnlyList<WeChatListedTemplate>? Templates,
    [property: JsonPropertyName("data")] IReadOnlyList<WeChatListedNotice>? Notices);

internal sealed record WeChatListedTemplate(
    [property: JsonPropertyName("template_id")] string? Id, [property: JsonPropertyName("title")] string? Title, [property: JsonPropertyName("content")] string? Content);

internal sealed record WeChatListedNotice(
    [property: JsonPropertyName("priTmplId")] string? Id, [property: JsonPropertyName("title")] string? Title, [property: JsonPropertyName("content")] string? Content);

[JsonSerializable(typeof(WeChatSubscribeSend))]
[JsonSerializable(typeof(WeChatTemplateSend))]
[JsonSerializable(typeof(WeChatTemplateList))]
internal sealed partial class WeChatNoticeJson : JsonSerializerContext
{
    /// <summary>Chinese as it is: the platform knows an error for escapes.</summary>
    public static WeChatNoticeJson Raw { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
