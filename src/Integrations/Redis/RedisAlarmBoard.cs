using System.Text.Json;
using System.Text.Json.Serialization;
using StackExchange.Redis;
using WuShe.Services.Common.Alarms;

namespace WuShe.Integrations.Redis;

/// <summary>Alarms as one hash; what has run out goes when somebody looks.</summary>
public sealed class RedisAlarmBoard(IConnectionMultiplexer connection, RedisKeys keys, TimeProvider time) : IAlarmBoard
{
    private readonly IDatabase _redis = connection.GetDatabase();

    public async Task Raise(string key, string words, DateTimeOffset until)
    {
        var now = time.GetUtcNow();
        var before = Read(await _redis.HashGetAsync(keys.Alarms, key));
        var since = before is not null && before.Until > now ? before.Since : now;
        await _redis.HashSetAsync(keys.Alarms, key, JsonSerializer.SerializeToUtf8Bytes(new StoredAlarm(words, since, until), AlarmJson.Default.StoredAlarm));
    }

    public Task Clear(string key) => _redis.HashDeleteAsync(keys.Alarms, key);

    public async Task<IReadOnlyList<Alarm>> Current()
    {
        var now = time.GetUtcNow();
        var current = new List<Alarm>();
        foreach (var entry in await All())
        {
            if (Read(entry.Value) is { } alarm && alarm.Until > now) current.Add(new Alarm(entry.Name!, alarm.Words, alarm.Since));
            else await _redis.HashDeleteAsync(keys.Alarms, entry.Name);
        }

        return [.. current.OrderBy(alarm => alarm.Since)];
    }

    /// <summary>Every console page asks: without Redis it shows none and is there all the same.</summary>
    private async Task<HashEntry[]> All()
    {
        try
        {
            return await _redis.HashGetAllAsync(keys.Alarms);
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException)
        {
            return [];
        }
    }

    private static StoredAlarm? Read(RedisValue stored)
    {
        if (stored.IsNullOrEmpty) return null;
        try
        {
            return JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)stored).Span, AlarmJson.Default.StoredAlarm);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record StoredAlarm(string Words, DateTimeOffset Since, DateTimeOffset Until);

[JsonSerializable(typeof(StoredAlarm))]
internal sealed partial class AlarmJson : JsonSerializerContext;
