using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace WuShe.Integrations.WeChat;

/// <summary>Calls to the platform. A refused token is replaced once and the call repeated.</summary>
public sealed class WeChatApi(IWeChatTokens tokens, IHttpClientFactory http)
{
    internal const string HttpName = "wechat";
    private const int MaxAnswer = 64 * 1024;

    /// <summary><c>POST</c> of JSON. Returns the error code, 0 for success.</summary>
    internal async Task<WeChatReturn> Post<T>(WeChatAccount account, string path, T body, JsonTypeInfo<T> type, CancellationToken ct)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return await Call(account, path, HttpMethod.Post, () => Json(bytes), Read, a => a.Code, ct);
    }

    /// <summary>Uploads a temporary picture (kept 3 days by the platform).</summary>
    internal Task<WeChatReturn> Upload(WeChatAccount account, byte[] jpeg, CancellationToken ct) =>
        Call(account, "cgi-bin/media/upload?type=image", HttpMethod.Post, () => Multipart(jpeg), Read, a => a.Code, ct);

    /// <summary>Calls with a token; <paramref name="codeOf"/> tells whether the answer complains about it.</summary>
    internal async Task<T> Call<T>(
        WeChatAccount account,
        string path,
        HttpMethod method,
        Func<HttpContent?> content,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        Func<T, int> codeOf,
        CancellationToken ct)
    {
        for (var retried = false; ; retried = true)
        {
            var token = await tokens.Get(account, ct);
            var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var address = new Uri($"{account.ApiBaseUrl}{path}{mark}access_token={Uri.EscapeDataString(token)}");
            using var request = new HttpRequestMessage(method, address) { Content = content() };
            using var client = http.CreateClient(HttpName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var answer = await read(response, ct);
            if (!WeChatErrors.IsAboutToken(codeOf(answer))) return answer;
            await tokens.Drop(account, token);
            if (retried) return answer;
        }
    }

    /// <summary>Reads a JSON answer, whatever content type it claims. Anything else than one is a <see cref="HttpRequestException"/>.</summary>
    internal static async Task<WeChatReturn> Read(HttpResponseMessage response, CancellationToken ct)
    {
        response.EnsureSuccessStatusCode();
        await response.Content.LoadIntoBufferAsync(MaxAnswer, ct);
        return Parse(await response.Content.ReadAsByteArrayAsync(ct));
    }

    internal static WeChatReturn Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, WeChatJson.Raw.WeChatReturn) ?? throw new HttpRequestException("WeChat answered null.");
        }
        catch (JsonException)
        {
            throw new HttpRequestException("WeChat answered something that is not JSON.");
        }
    }

    private static ByteArrayContent Json(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }

    private static MultipartFormDataContent Multipart(byte[] jpeg)
    {
        var file = new ByteArrayContent(jpeg);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return new MultipartFormDataContent { { file, "\"media\"", "\"picture.jpg\"" } };
    }
}
