using System.Net;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat;

/// <summary>Fetches what residents sent: <c>wechat:{account}:{mediaId}</c>. The platform keeps it for three days.</summary>
public sealed class WeChatMedia(WeChatAccounts accounts, WeChatApi api) : IMediaSource
{
    private const string Prefix = "wechat:";

    public bool Serves(string source) => source.StartsWith(Prefix, StringComparison.Ordinal);

    public async Task<Stream> Open(string source, CancellationToken ct)
    {
        var parts = source.Split(':', 3);
        if (parts is not [_, var name, { Length: > 0 } media] || !accounts.TryFind(name, out var account))
            throw new MediaGoneException("no such account");
        var path = WeChatApis.MediaGet + "?media_id=" + Uri.EscapeDataString(media);
        try
        {
            var (content, code) = await api.Call(account, path, HttpMethod.Get, () => null, Read, answer => answer.Code, ct);
            if (code == 0) return content;
            throw IsPassing(code) ? new HttpRequestException(Words(code)) : new MediaGoneException(Words(code));
        }
        catch (WeChatException refusal)
        {
            throw new HttpRequestException(Words(refusal.Code), refusal);
        }
    }

    /// <summary>A file, or an error as JSON, in whatever content type: no picture begins with a brace.</summary>
    private static async Task<(MemoryStream Content, int Code)> Read(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.StatusCode == HttpStatusCode.NotFound) throw new MediaGoneException("404");
        response.EnsureSuccessStatusCode();
        if (response.Content.Headers.ContentLength > IPictures.MaxBytes) throw new MediaGoneException("too large");
        var file = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[16 * 1024];
        for (var read = await body.ReadAsync(buffer, ct); read > 0; read = await body.ReadAsync(buffer, ct))
        {
            file.Write(buffer, 0, read);
            if (file.Length > IPictures.MaxBytes) throw new MediaGoneException("too large");
        }

        file.Position = 0;
        if (file.Length == 0) throw new MediaGoneException("empty");
        if (file.GetBuffer()[0] != '{') return (file, 0);
        var code = WeChatApi.Parse(file.GetBuffer().AsSpan(0, (int)file.Length)).Code;
        return code == 0 ? throw new MediaGoneException("no picture") : (file, code);
    }

    /// <summary>An expired media id (40007) is for sending worth another try, for fetching it is the end.</summary>
    private static bool IsPassing(int code) => code != 40007 && WeChatErrors.Of(code).Result is DeliveryResult.Retry or DeliveryResult.Held;

    private static string Words(int code) => WeChatErrors.Outcome(code).Reason;
}
