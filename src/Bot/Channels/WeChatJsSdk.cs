using System.Globalization;
using System.Security.Cryptography;
using StackExchange.Redis;
using WuShe.Bot.Console;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Channels;

/// <summary>What <c>wx.config</c> takes ("JS-SDK说明文档", 步骤三).</summary>
public sealed record WeChatPageConfig(string AppId, long Timestamp, string NonceStr, string Signature);

/// <summary>
/// Signs addresses of our own pages for the JS-SDK: <c>GET /wechat/{account}/jssdk?url=</c>. Addresses of other origins get
/// 403, what is no address 400; 503 while WeChat gives no ticket.
/// </summary>
public static class WeChatJsSdk
{
    private const int MaxUrl = 2048;

    public static async Task<IResult> Sign(
        HttpContext http, string account, string? url, WeChatAccounts accounts, WeChatTickets tickets, IConfiguration configuration, TimeProvider time, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!accounts.TryFind(account, out var by)) return Results.NotFound();
        // Neither white space nor control characters: what is signed must be what the browser calls the page.
        if (url is not { Length: > 0 and <= MaxUrl } || url.Any(c => c <= ' ' || c == '\x7f') || !Uri.TryCreate(url, UriKind.Absolute, out var page)) return Results.BadRequest();
        if (!IsOurs(page, url, new Uri(PublicAddress.Of(configuration)))) return Results.StatusCode(StatusCodes.Status403Forbidden);
        try
        {
            var ticket = await tickets.Get(by, ct);
            var now = time.GetUtcNow().ToUnixTimeSeconds();
            var nonce = RandomNumberGenerator.GetHexString(16, lowercase: true);
            return Results.Json(new WeChatPageConfig(by.AppId, now, nonce, WeChatSignature.OfPage(ticket, nonce, now.ToString(CultureInfo.InvariantCulture), url)));
        }
        catch (Exception trouble) when (trouble is WeChatException or HttpRequestException or TimeoutException or RedisException or Polly.ExecutionRejectedException)
        {
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    /// <summary>The text, too, must begin as our address does: a reader of addresses may be lenient where a browser is not.</summary>
    internal static bool IsOurs(Uri page, string text, Uri ours) =>
        page.Scheme == ours.Scheme && page.Port == ours.Port && page.UserInfo.Length == 0
        && string.Equals(page.IdnHost, ours.IdnHost, StringComparison.OrdinalIgnoreCase)
        && text.StartsWith(page.Scheme + "://" + page.Authority, StringComparison.OrdinalIgnoreCase)
        && !text.Contains('\\', StringComparison.Ordinal);
}
