using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace WuShe.Integrations.WeChat;

/// <summary>The fields of the platform's JSON answers that we read. No <c>errcode</c> means success.</summary>
internal sealed record WeChatReturn(
    [property: JsonPropertyName("errcode")] int Code,
    [property: JsonPropertyName("access_token")] string? AccessToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("media_id")] string? MediaId,
    [property: JsonPropertyName("unionid")] string? UnionId);

internal sealed record WeChatTokenRequest(
    [property: JsonPropertyName("grant_type")] string GrantType,
    [property: JsonPropertyName("appid")] string AppId,
    [property: JsonPropertyName("secret")] string Secret,
    [property: JsonPropertyName("force_refresh")] bool ForceRefresh);

internal sealed record WeChatSend(
    [property: JsonPropertyName("touser")] string To,
    [property: JsonPropertyName("msgtype")] string Type,
    [property: JsonPropertyName("text")] WeChatSendText? Text,
    [property: JsonPropertyName("image")] WeChatSendImage? Image)
{
    [JsonPropertyName("msgmenu")]
    public WeChatSendMenu? Menu { get; init; }

    [JsonPropertyName("news")]
    public WeChatSendNews? News { get; init; }
}

internal sealed record WeChatSendText([property: JsonPropertyName("content"), JsonConverter(typeof(WeChatRawText))] string Content);

/// <summary>Even the relaxed encoder writes emoji as <c>\uXXXX</c>, which the platform may refuse (40033): only what must be is escaped here.</summary>
internal sealed class WeChatRawText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <summary>Expects cleaned text: of control characters only line breaks and tabs are left.</summary>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal) + "\"");
}

internal sealed record WeChatSendImage([property: JsonPropertyName("media_id")] string MediaId);

[JsonSerializable(typeof(WeChatReturn))]
[JsonSerializable(typeof(WeChatTokenRequest))]
[JsonSerializable(typeof(WeChatSend))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class WeChatJson : JsonSerializerContext
{
    /// <summary>Chinese as it is: the platform knows an error for escapes.</summary>
    public static WeChatJson Raw { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}
