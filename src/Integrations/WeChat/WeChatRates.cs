using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WuShe.Integrations.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// How fast each account may call each API: a token bucket per account and API, and the rests that the platform's codes ask
/// for, in Redis for all instances together. One API or one account that rests holds up no other.
/// </summary>
public sealed class WeChatRates(
    WeChatAccounts accounts, IConnectionMultiplexer redis, IAlarmBoard alarms, IOptions<WeChatOptions> options, TimeProvider time) : IAlarmSource
{
    /// <summary>Rests are fields of one hash per account, by API; this one is for all of them.</summary>
    private const string Everything = "*";

    /// <summary>So much of a minute's calls may come at once: a tenth of it.</summary>
    private const int BurstsAMinute = 10;

    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    private static readonly TimeSpan UntilLookedAt = TimeSpan.FromDays(30);

    // Longer than the hour after which a failed delivery is tried again: what is still wrong renews it.
    private static readonly TimeSpan SettingsAlarm = TimeSpan.FromHours(2);

    // Longer than one call may take.
    private static readonly TimeSpan ForOneToTry = TimeSpan.FromSeconds(30);

    private readonly WeChatLimits _limits = options.Value.Limits;

    /// <summary>
    /// Takes the right to one call. Throws <see cref="WeChatException"/> with <see cref="WeChatException.Until"/> when the
    /// account or the API rests, or too many calls were made.
    /// </summary>
    internal async ValueTask<WeChatLeave> Ask(WeChatAccount account, string api)
    {
        var now = time.GetUtcNow();
        var perMinute = _limits.PerMinute(api);
        var answer = (RedisResult[])(await WeChatRateScripts.Ask.Run(
            redis.GetDatabase(),
            [Rests(account), $"wushe:wechat:rate:{account.AppId}:{api}"],
            [now.ToUnixTimeMilliseconds(), api, perMinute, Math.Max(1, perMinute / BurstsAMinute), (long)ForOneToTry.TotalMilliseconds]))!;
        if ((int)answer[0] == 0) return new WeChatLeave(api, Probing: (int)answer[1] == 1);
        throw Waits((int)answer[2], DateTimeOffset.FromUnixTimeMilliseconds((long)answer[1]), now);
    }

    /// <summary>Does what the answer of a call asks for. Throws as <see cref="Ask"/> does when its message must wait for that.</summary>
    internal async Task Note(WeChatAccount account, WeChatLeave leave, int code)
    {
        WeChatMetrics.Called(account.Name, leave.Api, code);
        var error = WeChatErrors.Of(code);
        // A refusal that is about the person shows as well as a success that the account may speak.
        var speaks = code == 0 || error is { Result: DeliveryResult.Refused, Remedy: WeChatRemedy.None or WeChatRemedy.MarkPerson };
        if (speaks && leave.Probing) await Rested(account, leave.Api);
        if (code == 0) return;
        var now = time.GetUtcNow();
        DateTimeOffset? until = null;
        switch (error.Remedy)
        {
            case WeChatRemedy.SlowDown:
                await Rest(account, leave.Api, leave.Api, code, (until = now + _limits.SlowDownFor).Value);
                break;
            case WeChatRemedy.StopForToday:
                await Rest(account, leave.Api, leave.Api, code, (until = NextBeijingDay(now)).Value);
                await alarms.Raise(WeChatAlarms.Quota(account), WeChatAlarms.Words(account, leave.Api, code), until.Value);
                break;
            case WeChatRemedy.StopAccount:
                await Rest(account, Everything, leave.Api, code, (until = now + _limits.StopFor).Value);
                await alarms.Raise(WeChatAlarms.Stopped(account), WeChatAlarms.Words(account, leave.Api, code), now + UntilLookedAt);
                break;
            case WeChatRemedy.Configure when WeChatApis.IsNeeded(leave.Api):
            case WeChatRemedy.RenewToken when leave.Api == WeChatApis.Token:
                await alarms.Raise(WeChatAlarms.Settings(account), WeChatAlarms.Words(account, leave.Api, code), now + SettingsAlarm);
                break;
        }

        if (error.Result == DeliveryResult.Held && until is { } waits) throw Waits(code, waits, now);
    }

    /// <summary>Somebody has looked after it: what the alarm was about may go on at once, and nothing else.</summary>
    public async Task Dealt(string alarm)
    {
        if (accounts.All.FirstOrDefault(a => WeChatAlarms.IsAbout(alarm, a)) is not { } account) return;
        var stopped = alarm == WeChatAlarms.Stopped(account);
        if (!stopped && alarm != WeChatAlarms.Quota(account)) return;
        var db = redis.GetDatabase();
        var fields = await db.HashKeysAsync(Rests(account));
        await db.HashDeleteAsync(Rests(account), [.. fields.Where(field => field.StartsWith(Everything) == stopped)]);
    }

    private async Task Rest(WeChatAccount account, string what, string because, int code, DateTimeOffset until) => await redis.GetDatabase().HashSetAsync(
        Rests(account), [new(what, until.ToUnixTimeMilliseconds()), new(what + ":c", code), new(what + ":a", because)]);

    /// <summary>The first call after a rest went well. What stopped the account at another API is not over by that.</summary>
    private async Task Rested(WeChatAccount account, string api)
    {
        var db = redis.GetDatabase();
        await db.HashDeleteAsync(Rests(account), [api, api + ":c", api + ":a"]);
        if (await db.HashGetAsync(Rests(account), Everything + ":a") != api) return;
        await db.HashDeleteAsync(Rests(account), [Everything, Everything + ":c", Everything + ":a"]);
        await alarms.Clear(WeChatAlarms.Stopped(account));
    }

    private WeChatException Waits(int code, DateTimeOffset until, DateTimeOffset now)
    {
        // Not to the end at once: somebody may have looked after it before.
        var look = now + _limits.LookAgainAfter;
        return new WeChatException(code) { Until = until < look ? until : look };
    }

    private static DateTimeOffset NextBeijingDay(DateTimeOffset now) => new DateTimeOffset(now.ToOffset(Beijing).Date.AddDays(1), Beijing).ToUniversalTime();

    private static RedisKey Rests(WeChatAccount account) => "wushe:wechat:rests:" + account.AppId;
}

/// <summary>The right to one call. <paramref name="Probing"/>: one after a rest, whose success ends it.</summary>
internal readonly record struct WeChatLeave(string Api, bool Probing);

/// <summary>The token bucket and the rests as one round trip, written with what redis-server and Garnet share.</summary>
internal static class WeChatRateScripts
{
    /// <summary>
    /// KEYS rests, bucket; ARGV now (Unix ms), API, calls a minute, burst, how long the others wait for the one that tries
    /// whether a stop is over (ms). {0, 1 after a rest} | {1, until (Unix ms), code}. The bucket counts in thousandths of a call.
    /// </summary>
    public static readonly Script Ask = new("""
        local now = tonumber(ARGV[1])
        local rests = redis.call('HMGET', KEYS[1], '*', '*:c', ARGV[2], ARGV[2] .. ':c', '*:a')
        local probing = 0
        for i = 1, 3, 2 do
          if rests[i] then
            if tonumber(rests[i]) > now then return {1, rests[i], rests[i + 1]} end
            probing = 1
          end
        end
        local most = tonumber(ARGV[4]) * 1000
        local rate = tonumber(ARGV[3])
        local bucket = redis.call('HMGET', KEYS[2], 'n', 't')
        local left, at = most, now
        if bucket[1] then
          left, at = tonumber(bucket[1]), tonumber(bucket[2])
          local more = math.floor((now - at) * rate / 60)
          if more > 0 then
            left = math.min(most, left + more)
            at = now
          end
        end
        if left < 1000 then return {1, string.format('%.0f', now + math.ceil((1000 - left) * 60 / rate)), '0'} end
        if rests[1] and rests[5] == ARGV[2] then redis.call('HSET', KEYS[1], '*', string.format('%.0f', now + tonumber(ARGV[5]))) end
        redis.call('HSET', KEYS[2], 'n', string.format('%.0f', left - 1000), 't', string.format('%.0f', at))
        redis.call('PEXPIRE', KEYS[2], 600000)
        return {0, probing}
        """);
}
