using System.Globalization;
using System.Security.Cryptography;
using StackExchange.Redis;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// The ticket by which pages prove to the JS-SDK that they are the account's (<c>jsapi_ticket</c>, two hours): shared by all
/// instances through Redis and fetched by one at a time, as the access tokens are. It appears in no log and on no page.
/// </summary>
public sealed class WeChatTickets(IConnectionMultiplexer redis, WeChatApi api, TimeProvider time)
{
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>A ticket good for the page that is being opened. Throws <see cref="WeChatException"/> when the platform refuses one.</summary>
    public async Task<string> Get(WeChatAccount account, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        // Another process is waited for: by the machine's clock, whatever time it is for us.
        var waiting = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (ticket, left) = Read(await db.StringGetAsync(Key(account)));
            if (ticket is not null && left > EarlyBy()) return ticket;
            var mine = RandomNumberGenerator.GetHexString(32);
            if (await db.LockTakeAsync(LockKey(account), mine, LockTime))
            {
                try
                {
                    return await FetchUnlessFresh(account, ticket, ct);
                }
                catch (Exception failure) when (ticket is not null && left > TimeSpan.Zero && (failure is WeChatException || WeChatApi.IsPassing(failure, ct)))
                {
                    // The old one is good until its end; whoever comes next asks again.
                    return ticket;
                }
                finally
                {
                    await db.LockReleaseAsync(LockKey(account), mine);
                }
            }

            if (ticket is not null && left > TimeSpan.Zero) return ticket;
            if (TimeProvider.System.GetElapsedTime(waiting) > LockTime) throw new TimeoutException("No WeChat ticket within the time of its lock.");
            await Task.Delay(Poll, TimeProvider.System, ct);
        }
    }

    private async Task<string> FetchUnlessFresh(WeChatAccount account, string? known, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var (ticket, left) = Read(await db.StringGetAsync(Key(account)));
        if (ticket is not null && ticket != known && left > TimeSpan.Zero) return ticket;
        var answer = await api.Call(
            account, WeChatApis.Ticket + "?type=jsapi", HttpMethod.Get, () => null,
            (response, token) => WeChatWebJson.Read(response, WeChatWebJson.Default.WeChatTicketReturn, token), a => a.Code, ct);
        if (answer is not { Code: 0, Ticket: { Length: > 0 } fresh, ExpiresIn: > 0 }) throw new WeChatException(answer.Code == 0 ? -1 : answer.Code);
        var life = TimeSpan.FromSeconds(answer.ExpiresIn);
        var until = (time.GetUtcNow() + life).ToUnixTimeSeconds();
        await db.StringSetAsync(Key(account), string.Create(CultureInfo.InvariantCulture, $"{until}|{fresh}"), life);
        return fresh;
    }

    private (string? Ticket, TimeSpan Left) Read(RedisValue stored)
    {
        if (stored.IsNullOrEmpty) return default;
        var text = stored.ToString();
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || !long.TryParse(text.AsSpan(0, bar), CultureInfo.InvariantCulture, out var until)) return default;
        return (text[(bar + 1)..], DateTimeOffset.FromUnixTimeSeconds(until) - time.GetUtcNow());
    }

    /// <summary>A page that was just opened uses it for some minutes more; instances do not all ask at once.</summary>
    private static TimeSpan EarlyBy() => TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(240, 300));

    private static RedisKey Key(WeChatAccount account) => $"wushe:wechat:ticket:{account.AppId}";

    private static RedisKey LockKey(WeChatAccount account) => $"wushe:wechat:ticket-lock:{account.AppId}";
}
