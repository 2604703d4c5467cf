using System.Globalization;
using StackExchange.Redis;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.DirectLine;

/// <summary>
/// Each web conversation's activities in order, in Redis. The watermark is the count of stored activities. Appending is
/// idempotent by activity id; the time of an activity never goes back behind the one before it.
/// </summary>
public sealed class ActivityLog(IConnectionMultiplexer connection, RedisKeys keys, TimeProvider time)
{
    private const int MostAtOnce = 500;
    private const string Unhandled = "";
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    /// <summary>KEYS list, ids, unhandled; ARGV id, JSON before the time, time, JSON after it, keep ms, unhandled field or empty. {new?, watermark}.</summary>
    private static readonly Script Adding = new("""
        local at = redis.call('HGET', KEYS[2], ARGV[1])
        if at then return {0, tonumber(at)} end
        local t = redis.call('HGET', KEYS[2], '$t')
        if not t or t < ARGV[3] then t = ARGV[3] end
        local n = redis.call('RPUSH', KEYS[1], ARGV[2] .. t .. ARGV[4])
        redis.call('HSET', KEYS[2], ARGV[1], n, '$t', t)
        redis.call('PEXPIRE', KEYS[1], ARGV[5])
        redis.call('PEXPIRE', KEYS[2], ARGV[5])
        if ARGV[6] ~= '' then redis.call('HSET', KEYS[3], ARGV[6], ARGV[7]) end
        return {1, n}
        """);

    private readonly IDatabase _redis = connection.GetDatabase();
    private readonly ISubscriber _bus = connection.GetSubscriber();

    private RedisKey UnhandledKey { get; } = keys.Prefix + "dl:unhandled";

    /// <summary>Makes the conversation known. True when it was not.</summary>
    public async Task<bool> Start(string conversation)
    {
        var begun = await _redis.HashSetAsync(Ids(conversation), "$begun", 1, When.NotExists);
        await _redis.KeyExpireAsync(Ids(conversation), Keep);
        return begun;
    }

    public Task<bool> Knows(string conversation) => _redis.KeyExistsAsync(Ids(conversation));

    /// <summary>
    /// Appends an activity unless its id is there. With <paramref name="turn"/> the activity is noted as unhandled until
    /// <see cref="Handled"/>, in the same step. Returns whether it is new.
    /// </summary>
    public async Task<bool> Add(string conversation, string id, StoredActivity activity, byte[]? turn = null)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        var added = (RedisResult[])(await Adding.Run(
            _redis,
            [List(conversation), Ids(conversation), UnhandledKey],
            [id, activity.BeforeTime, now, activity.AfterTime, (long)Keep.TotalMilliseconds, turn is null ? Unhandled : Field(conversation, id), turn ?? []]))!;
        _bus.Publish(Bell(conversation), (long)added[1], CommandFlags.FireAndForget);
        return (int)added[0] == 1;
    }

    /// <summary>JSON activities strictly after the watermark, and the watermark that follows them.</summary>
    public async Task<(RedisValue[] Activities, long Watermark)> After(string conversation, long watermark)
    {
        var found = await _redis.ListRangeAsync(List(conversation), watermark, watermark + MostAtOnce - 1);
        return (found, watermark + found.Length);
    }

    public Task Handled(string conversation, string id) => _redis.HashDeleteAsync(UnhandledKey, Field(conversation, id));

    /// <summary>Turns of activities that were stored and never handled: left by a process that died.</summary>
    public async Task<RedisValue[]> Left() => await _redis.HashValuesAsync(UnhandledKey);

    /// <summary>Calls back whenever the conversation has grown, on whatever instance, until disposed.</summary>
    public async Task<IAsyncDisposable> Listen(string conversation, Action grown)
    {
        void Heard(RedisChannel channel, RedisValue count) => grown();
        var bell = Bell(conversation);
        await _bus.SubscribeAsync(bell, Heard);
        return new Listening(() => _bus.UnsubscribeAsync(bell, Heard));
    }

    private RedisKey List(string conversation) => $"{keys.Prefix}dl:a:{conversation}";

    private RedisKey Ids(string conversation) => $"{keys.Prefix}dl:i:{conversation}";

    private RedisChannel Bell(string conversation) => RedisChannel.Literal($"{keys.Prefix}dl:{conversation}");

    private static string Field(string conversation, string id) => $"{conversation}|{id}";

    private sealed class Listening(Func<Task> end) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await end();
    }
}

/// <summary>An activity as JSON in two halves: the log puts the time between them.</summary>
public sealed record StoredActivity(byte[] BeforeTime, byte[] AfterTime);
