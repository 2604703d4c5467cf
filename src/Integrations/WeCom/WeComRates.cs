using System.Security.Cryptography;
using StackExchange.Redis;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.WeCom;

/// <summary>How many in a minute, and in a longer span (0 = as many as fit).</summary>
internal readonly record struct WeComRate(int PerMinute, int PerSpan = 0, TimeSpan Span = default);

/// <summary>Counts what is sent, by all instances together, over the last minute and a longer span.</summary>
internal sealed class WeComRates(IConnectionMultiplexer redis, WeComCorp corp, TimeProvider time)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A sorted set for each receiver: when something went out. All receivers have room, or nothing is counted.
    private static readonly Script Taking = new(
        """
        for i = 1, #KEYS do
          redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', ARGV[3])
          if redis.call('ZCOUNT', KEYS[i], '(' .. ARGV[2], '+inf') >= tonumber(ARGV[5]) then return 0 end
          if redis.call('ZCARD', KEYS[i]) >= tonumber(ARGV[6]) then return 0 end
        end
        for i = 1, #KEYS do
          redis.call('ZADD', KEYS[i], ARGV[1], ARGV[7])
          redis.call('PEXPIRE', KEYS[i], ARGV[4])
        end
        return 1
        """);

    /// <summary>Whether one more may go to each of them now; it is counted if so.</summary>
    public async Task<bool> Take(string kind, IEnumerable<string> receivers, WeComRate rate)
    {
        RedisKey[] keys = [.. receivers.Select(receiver => WeComKey.Of(corp, "rate-" + kind, receiver))];
        var (now, span) = (time.GetUtcNow(), rate.PerSpan > 0 ? rate.Span : Minute);
        RedisValue[] values =
        [
            Milliseconds(now), Milliseconds(now - Minute), Milliseconds(now - span), (long)span.TotalMilliseconds,
            rate.PerMinute, rate.PerSpan > 0 ? rate.PerSpan : int.MaxValue, RandomNumberGenerator.GetHexString(24),
        ];
        return (int)await Taking.Run(redis.GetDatabase(), keys, values) == 1;
    }

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
