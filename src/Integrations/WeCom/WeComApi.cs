using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WuShe.Integrations.WeCom;

/// <summary>Calls to the platform. A refused token is replaced once and the call repeated.</summary>
internal sealed class WeComApi(IWeComTokens tokens, IHttpClientFactory http, WeComCorp corp)
{
    internal const string HttpName = "wecom";

    /// <summary>Room for a department of some thousand members.</summary>
    private const int MaxAnswer = 2 * 1024 * 1024;

    /// <summary><c>POST</c> of JSON with the app's token. The code in it is 0 for success.</summary>
    public Task<WeComReturn> Post<T>(WeComApp app, string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return Call(app, path, HttpMethod.Post, () => Json(bytes), ct);
    }

    /// <summary><c>GET</c> with the app's token; the path may have a query.</summary>
    public Task<WeComReturn> Get(WeComApp app, string path, CancellationToken ct) => Call(app, path, HttpMethod.Get, () => null, ct);

    /// <summary><c>POST</c> of JSON to an address that is its own secret: a webhook, the later answer of an AI bot.</summary>
    public async Task<WeComReturn> PostTo<T>(Uri address, T body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        using var content = Json(JsonSerializer.SerializeToUtf8Bytes(body, type));
        using var client = http.CreateClient(HttpName);
        using var response = await client.PostAsync(address, content, ct);
        return await Read(response, ct);
    }

    /// <summary>Reads a JSON answer, whatever content type it claims. Anything else than one is a <see cref="HttpRequestException"/>.</summary>
    internal static async Task<WeComReturn> Read(HttpResponseMessage response, CancellationToken ct)
    {
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(MaxAnswer, ct);
        try
        {
            return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(ct), WeComJson.Raw.WeComReturn)
                ?? throw new HttpRequestException("WeCom answered null.");
        }
        catch (JsonException)
        {
            throw new HttpRequestException("WeCom answered something that is not JSON.");
        }
    }

    private async Task<WeComReturn> Call(WeComApp app, string path, HttpMethod method, Func<HttpContent?> content, CancellationToken ct)
    {
        for (var retried = false; ; retried = true)
        {
            var token = await tokens.Get(app, ct);
            var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            using var request = new HttpRequestMessage(method, new Uri($"{corp.ApiBaseUrl}{path}{mark}access_token={Uri.EscapeDataString(token)}")) { Content = content() };
            using var client = http.CreateClient(HttpName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var answer = await Read(response, ct);
            if (!WeComErrors.IsAboutToken(answer.Code)) return answer;
            await tokens.Drop(app, token);
            if (retried) return answer;
        }
    }

    private static ByteArrayContent Json(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }
}
