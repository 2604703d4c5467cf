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
    private static readonly TimeSpan Keep = TimeSpan.FromDays(90);

    /// <summary>
    /// KEYS list, ids, unhandled; ARGV time, keep ms, "1" when the conversation must be known, unhandled field or empty, its turn
    /// (empty: the field is handled by this), then for each activity its id and the JSON before and after the time.
    /// {watermark, how many are new}; watermark -1 for an unknown conversation.
    /// </summary>
    private static readonly Script Adding = new("""
        if ARGV[3] == '1' and redis.call('EXISTS', KEYS[2]) == 0 then return {-1, 0} end
        local t = redis.call('HGET', KEYS[2], '$t')
        if not t or t < ARGV[1] then t = ARGV[1] end
        local new = 0
        for i = 6, #ARGV, 3 do
          if redis.call('HEXISTS', KEYS[2], ARGV[i]) == 0 then
            local n = redis.call('RPUSH', KEYS[1], ARGV[i + 1] .. t .. ARGV[i + 2])
            redis.call('HSET', KEYS[2], ARGV[i], n, '$t', t)
            new = new + 1
          end
        end
        if new > 0 then
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
          redis.call('PEXPIRE', KEYS[2], ARGV[2])
        end
        if ARGV[4] ~= '' then
          if ARGV[5] == '' then redis.call('HDEL', KEYS[3], ARGV[4])
          elseif new > 0 then redis.call('HSET', KEYS[3], ARGV[4], ARGV[5]) end
        end
        return {redis.call('LLEN', KEYS[1]), new}
        """);

    private readonly IDatabase _redis = connection.GetDatabase();
    private readonly ISubscriber _bus = connection.GetSubscriber();

    private RedisKey UnhandledKey { get; } = keys.Prefix + "dl:unhandled";

    /// <summary>Makes the conversation known. True when it was not.</summary>
    public async Task<bool> Start(string conversation)
    {
        var begun = _redis.HashSetAsync(Ids(conversation), "$begun", 1, When.NotExists);
        await _redis.KeyExpireAsync(Ids(conversation), Keep);
        return await begun;
    }

    public Task<bool> Knows(string conversation) => _redis.KeyExistsAsync(Ids(conversation));

    /// <summary>
    /// Appends what a client posted, unless its id is there. With <paramref name="turn"/> it is noted as unhandled until its
    /// answers are appended, in the same step. False when there is no such conversation.
    /// </summary>
    public Task<bool> Add(string conversation, StoredActivity activity, byte[]? turn) =>
        Add(conversation, [activity], known: true, turn is null ? "" : Field(conversation, activity.Id), turn ?? []);

    /// <summary>
    /// Appends what the bot says, each unless its id is there; with <paramref name="handled"/>, the id of a posted activity,
    /// that one counts as answered from then on. One step, so that nobody sees half an answer.
    /// </summary>
    public Task Append(string conversation, IReadOnlyList<StoredActivity> activities, string? handled) =>
        activities.Count == 0 && handled is null
            ? Task.CompletedTask
            : Add(conversation, activities, known: false, handled is null ? "" : Field(conversation, handled), []);

    private async Task<bool> Add(string conversation, IReadOnlyList<StoredActivity> activities, bool known, string field, byte[] turn)
    {
        var now = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
        List<RedisValue> arguments = [now, (long)Keep.TotalMilliseconds, known ? "1" : "", field, turn];
        foreach (var activity in activities) arguments.AddRange([activity.Id, activity.BeforeTime, activity.AfterTime]);
        var added = (RedisResult[])(await Adding.Run(_redis, [List(conversation), Ids(conversation), UnhandledKey], [.. arguments]))!;
        if ((int)added[1] > 0) _bus.Publish(Bell(conversation), (long)added[0], CommandFlags.FireAndForget);
        return (long)added[0] >= 0;
    }

    /// <summary>JSON activities strictly after the watermark, and the watermark that follows them.</summary>
    public async Task<(RedisValue[] Activities, long Watermark)> After(string conversation, long watermark)
    {
        var found = await _redis.ListRangeAsync(List(conversation), watermark, watermark + MostAtOnce - 1);
        return (found, watermark + found.Length);
    }

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

/// <summary>An activity and its JSON in two halves: the log puts the time between them.</summary>
public sealed record StoredActivity(string Id, byte[] BeforeTime, byte[] AfterTime);
