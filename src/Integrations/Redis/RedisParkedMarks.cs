using StackExchange.Redis;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Redis;

/// <summary>
/// The marks as one set: a look is one command that also takes the mark away, so of several instances one acts. Every message of
/// every person asks, and hardly ever is anybody marked: whether there is any mark at all is looked up once a second.
/// </summary>
public sealed class RedisParkedMarks(IConnectionMultiplexer connection, RedisKeys keys, TimeProvider time) : IParkedMarks
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly IDatabase _redis = connection.GetDatabase();
    private long _nextLook = time.GetTimestamp();
    private volatile bool _any = true;

    public Task Set(string conversation)
    {
        _any = true;
        return _redis.SetAddAsync(keys.Parked, conversation);
    }

    public Task<bool> Clear(string conversation)
    {
        var now = time.GetTimestamp();
        var next = Interlocked.Read(ref _nextLook);
        if (now >= next && Interlocked.CompareExchange(ref _nextLook, now + (long)(LookEvery.TotalSeconds * time.TimestampFrequency), next) == next)
            return LookAndClear(conversation);
        return _any ? _redis.SetRemoveAsync(keys.Parked, conversation) : Nothing;
    }

    private static Task<bool> Nothing { get; } = Task.FromResult(false);

    private async Task<bool> LookAndClear(string conversation)
    {
        _any = await _redis.SetLengthAsync(keys.Parked) > 0;
        return _any && await _redis.SetRemoveAsync(keys.Parked, conversation);
    }
}
