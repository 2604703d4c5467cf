using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace WuShe.Integrations.WeChat;

/// <summary>What <c>/sns/oauth2/access_token</c> says of a visitor; its own tokens are not needed.</summary>
internal sealed record WeChatVisitorReturn(
    [property: JsonPropertyName("errcode")] int Code,
    [property: JsonPropertyName("openid")] string? OpenId,
    [property: JsonPropertyName("is_snapshotuser")] int Snapshot);

/// <summary>What <c>/cgi-bin/ticket/getticket</c> gives; <paramref name="ExpiresIn"/> in seconds.</summary>
internal sealed record WeChatTicketReturn(
    [property: JsonPropertyName("errcode")] int Code,
    [property: JsonPropertyName("ticket")] string? Ticket,
    [property: JsonPropertyName("expires_in")] int ExpiresIn);

[JsonSerializable(typeof(WeChatVisitorReturn))]
[JsonSerializable(typeof(WeChatTicketReturn))]
internal sealed partial class WeChatWebJson : JsonSerializerContext
{
    private const int MaxAnswer = 64 * 1024;

    /// <summary>Reads a JSON answer, whatever content type it claims. Anything else than one is a <see cref="HttpRequestException"/>.</summary>
    public static async Task<T> Read<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken ct)
        where T : class
    {
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(MaxAnswer, ct);
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), type) ?? throw new HttpRequestException("WeChat answered null.");
        }
        catch (JsonException)
        {
            throw new HttpRequestException("WeChat answered something that is not JSON.");
        }
    }
}
