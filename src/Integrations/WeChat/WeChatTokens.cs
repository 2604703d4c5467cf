using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using StackExchange.Redis;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// The access token of each account, shared by all instances through Redis and fetched by one at a time
/// (<c>/cgi-bin/stable_token</c>). Tokens and secrets appear in no log and no exception.
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
        var request = new WeChatTokenRequest("client_credential", account.AppId, account.AppSecret, ForceRefresh: false);
        using var body = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, WeChatJson.Raw.WeChatTokenRequest));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        using var client = http.CreateClient(WeChatApi.HttpName);
        using var response = await client.PostAsync(new Uri(account.ApiBaseUrl + "cgi-bin/stable_token"), body, ct);
        var answer = await WeChatApi.Read(response, ct);
        if (answer is not { Code: 0, AccessToken: { Length: > 0 } fresh, ExpiresIn: > 0 }) throw new WeChatException(answer.Code);
        var life = TimeSpan.FromSeconds(answer.ExpiresIn);
        var until = (time.GetUtcNow() + life).ToUnixTimeSeconds();
        await db.StringSetAsync(Key(account), string.Create(CultureInfo.InvariantCulture, $"{until}|{fresh}"), life);
        return fresh;
    }

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
