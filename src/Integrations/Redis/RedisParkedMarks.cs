using StackExchange.Redis;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Redis;

/// <summary>The marks as one set: a look is one command that also takes the mark away, so of several instances one acts.</summary>
public sealed class RedisParkedMarks(IConnectionMultiplexer connection, RedisKeys keys) : IParkedMarks
{
    private readonly IDatabase _redis = connection.GetDatabase();

    public Task Set(string conversation) => _redis.SetAddAsync(keys.Parked, conversation);

    public Task<bool> Clear(string conversation) => _redis.SetRemoveAsync(keys.Parked, conversation);
}
