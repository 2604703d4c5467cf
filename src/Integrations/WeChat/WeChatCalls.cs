using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WuShe.Integrations.WeChat;

/// <summary>Calls to the platform that are rare, and whose answers are read field by field.</summary>
internal static class WeChatCalls
{
    /// <summary>
    /// <c>POST</c> of what <paramref name="body"/> writes into an object, or <c>GET</c> without one. A refusal other than
    /// <paramref name="expected"/> is a <see cref="WeChatException"/>. The caller disposes the answer, an object.
    /// </summary>
    public static async Task<JsonDocument> Ask(
        this WeChatApi api, WeChatAccount account, string path, Action<Utf8JsonWriter>? body, CancellationToken ct, int expected = 0)
    {
        var bytes = body is null ? null : Json(body);
        var answer = await api.Call(
            account, path, bytes is null ? HttpMethod.Get : HttpMethod.Post, () => bytes is null ? null : Content(bytes), Read, Code, ct);
        var code = Code(answer);
        if (code == 0 || code == expected) return answer;
        answer.Dispose();
        throw new WeChatException(code);
    }

    /// <summary>The text under a name; empty for everything else.</summary>
    public static string Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>An id, which comes as a number or as text; null for everything else.</summary>
    public static string? Id(this JsonElement json, string name) => json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out var id) ? null : id.ValueKind switch
    {
        JsonValueKind.String => id.GetString(),
        JsonValueKind.Number when id.TryGetInt64(out var number) => number.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>The list under a name; empty for everything else.</summary>
    public static JsonElement[] Items(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    internal static ByteArrayContent Content(byte[] json) => new(json) { Headers = { ContentType = new("application/json", "utf-8") } };

    private static byte[] Json(Action<Utf8JsonWriter> body)
    {
        using var stream = new MemoryStream();
        // Chinese as it is: the platform knows an error for escapes.
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            body(json);
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static async Task<JsonDocument> Read(HttpResponseMessage response, CancellationToken ct)
    {
        response.EnsureSuccessStatusCode();
        try
        {
            var answer = JsonDocument.Parse(Encoding.UTF8.GetBytes(await response.Content.ReadAsStringAsync(ct)));
            return answer.RootElement.ValueKind == JsonValueKind.Object ? answer : throw new HttpRequestException("WeChat answered no object.");
        }
        catch (JsonException)
        {
            throw new HttpRequestException("WeChat answered something that is not JSON.");
        }
    }

    private static int Code(JsonDocument answer) =>
        answer.RootElement.TryGetProperty("errcode", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number : 0;
}
