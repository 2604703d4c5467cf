using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using StackExchange.Redis;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Calls to the platform, within the account's limits. A refused token is replaced once and the call repeated; what else a
/// code asks for is done (<see cref="WeChatRates"/>; a command that has no Redis goes without). Throws
/// <see cref="WeChatException"/> when there is no token, or when the call has to wait.
/// </summary>
public sealed class WeChatApi(IWeChatTokens tokens, IHttpClientFactory http, WeChatRates? rates = null)
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
        Call(account, WeChatApis.MediaUpload + "?type=image", HttpMethod.Post, () => Multipart(jpeg), Read, a => a.Code, ct);

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
        var leave = rates is null ? default : await rates.Ask(account, WeChatApis.Of(path));
        for (var retried = false; ; retried = true)
        {
            var token = await Token(account, ct);
            var mark = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var address = new Uri($"{account.ApiBaseUrl}{path}{mark}access_token={Uri.EscapeDataString(token)}");
            using var request = new HttpRequestMessage(method, address) { Content = content() };
            using var client = http.CreateClient(HttpName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            var answer = await read(response, ct);
            var code = codeOf(answer);
            if (rates is not null) await rates.Note(account, leave, code);
            if (WeChatErrors.Of(code).Remedy != WeChatRemedy.RenewToken) return answer;
            await tokens.Drop(account, token);
            if (retried) return answer;
        }
    }

    private async Task<string> Token(WeChatAccount account, CancellationToken ct)
    {
        try
        {
            return await tokens.Get(account, ct);
        }
        catch (WeChatException refusal) when (rates is not null)
        {
            await rates.Note(account, new WeChatLeave(WeChatApis.Token, Probing: false), refusal.Code);
            throw;
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

    /// <summary>Network and Redis trouble, which may be over at the next try; a cancellation of ours is not.</summary>
    internal static bool IsPassing(Exception failure, CancellationToken ct) =>
        !ct.IsCancellationRequested
        && failure is HttpRequestException or TimeoutException or OperationCanceledException or RedisException
            or Polly.ExecutionRejectedException;

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
