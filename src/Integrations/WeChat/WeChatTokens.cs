using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using StackExchange.Redis;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// The access token of each account, shared by all instances through Redis and fetched by one at a time: by default the
/// stable one (<c>/cgi-bin/stable_token</c>), else the classic one (<c>/cgi-bin/token</c>). Tokens and secrets appear in no
/// log and no exception.
/// </summary>
public sealed class WeChatTokens(IConnectionMultiplexer redis, IHttpClientFactory http, TimeProvider time) : IWeChatTokens
{
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>A token good for at least the next call. Throws <see cref="WeChatException"/> when the platform refuses one.</summary>
    public async Task<string> Get(WeChatAccount account, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        // Another process is waited for: by the machine's clock, whatever time it is for us.
        var waiting = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (token, left) = Read(await db.StringGetAsync(Key(account)));
            if (token is not null && left > EarlyBy()) return token;
            var mine = RandomNumberGenerator.GetHexString(32);
            if (await db.LockTakeAsync(LockKey(account), mine, LockTime))
            {
                try
                {
                    return await FetchUnlessFresh(account, token, ct);
                }
                catch (Exception failure) when (token is not null && left > TimeSpan.Zero && IsPassing(failure, ct))
                {
                    // The old one is good until its end; whoever comes next asks again.
                    return token;
                }
                finally
                {
                    await db.LockReleaseAsync(LockKey(account), mine);
                }
            }

            if (token is not null && left > TimeSpan.Zero) return token;
            if (TimeProvider.System.GetElapsedTime(waiting) > LockTime) throw new TimeoutException("No WeChat access token within the time of its lock.");
            await Task.Delay(Poll, TimeProvider.System, ct);
        }
    }

    /// <summary>Forgets a token the platform refused, unless another has taken its place already.</summary>
    public async Task Drop(WeChatAccount account, string token)
    {
        var db = redis.GetDatabase();
        var stored = await db.StringGetAsync(Key(account));
        // Releasing a lock is deleting a key that still holds this value: just what is wanted.
        if (Read(stored).Token == token) await db.LockReleaseAsync(Key(account), stored);
    }

    private async Task<string> FetchUnlessFresh(WeChatAccount account, string? known, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var (token, left) = Read(await db.StringGetAsync(Key(account)));
        if (token is not null && token != known && left > TimeSpan.Zero) return token;
        var (fresh, life) = await Fetch(account, ct);
        var until = (time.GetUtcNow() + life).ToUnixTimeSeconds();
        await db.StringSetAsync(Key(account), string.Create(CultureInfo.InvariantCulture, $"{until}|{fresh}"), life);
        return fresh;
    }

    private async Task<(string Token, TimeSpan Life)> Fetch(WeChatAccount account, CancellationToken ct)
    {
        int? code = null;
        try
        {
            using var client = http.CreateClient(WeChatApi.HttpName);
            using var response = await (account.ClassicToken ? Classic(client, account, ct) : Stable(client, account, ct));
            var answer = await WeChatApi.Read(response, ct);
            code = answer.Code;
            return answer is { Code: 0, AccessToken: { Length: > 0 } fresh, ExpiresIn: > 0 }
                ? (fresh, TimeSpan.FromSeconds(answer.ExpiresIn))
                : throw new WeChatException(answer.Code == 0 ? -1 : answer.Code);
        }
        finally
        {
            WeChatMetrics.Refreshed(account.Name, code);
        }
    }

    /// <summary>The same token to everybody who asks, until five minutes before its end.</summary>
    private static async Task<HttpResponseMessage> Stable(HttpClient client, WeChatAccount account, CancellationToken ct)
    {
        var request = new WeChatTokenRequest("client_credential", account.AppId, account.AppSecret, ForceRefresh: false);
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, WeChatJson.Raw.WeChatTokenRequest));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return await client.PostAsync(new Uri(account.ApiBaseUrl + "cgi-bin/stable_token"), body, ct);
    }

    /// <summary>A new token with every call; the one before it lives five more minutes.</summary>
    private static Task<HttpResponseMessage> Classic(HttpClient client, WeChatAccount account, CancellationToken ct) => client.GetAsync(
        new Uri($"{account.ApiBaseUrl}cgi-bin/token?grant_type=client_credential&appid={account.AppId}&secret={Uri.EscapeDataString(account.AppSecret)}"), ct);

    private static bool IsPassing(Exception failure, CancellationToken ct) =>
        (failure is WeChatException && !ct.IsCancellationRequested) || WeChatApi.IsPassing(failure, ct);

    private (string? Token, TimeSpan Left) Read(RedisValue stored)
    {
        if (stored.IsNullOrEmpty) return default;
        var text = stored.ToString();
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || !long.TryParse(text.AsSpan(0, bar), CultureInfo.InvariantCulture, out var until)) return default;
        return (text[(bar + 1)..], DateTimeOffset.FromUnixTimeSeconds(until) - time.GetUtcNow());
    }

    /// <summary>Five minutes before the end the platform begins to give the next one; instances do not all ask at once.</summary>
    private static TimeSpan EarlyBy() => TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(240, 300));

    private static RedisKey Key(WeChatAccount account) => "wushe:wechat:token:" + account.AppId;

    private static RedisKey LockKey(WeChatAccount account) => "wushe:wechat:token-lock:" + account.AppId;
}
