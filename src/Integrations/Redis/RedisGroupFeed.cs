using StackExchange.Redis;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.Redis;

/// <summary>News of staff groups by pub/sub to the console pages of every instance.</summary>
public sealed class RedisGroupFeed(IConnectionMultiplexer connection, RedisKeys keys) : IGroupFeed
{
    private readonly ISubscriber _bus = connection.GetSubscriber();

    public void Changed(Guid unitId) => _bus.Publish(keys.GroupFeed, unitId.ToString("N"), CommandFlags.FireAndForget);

    public IDisposable Subscribe(Action<Guid> changed)
    {
        void Heard(RedisChannel channel, RedisValue unit)
        {
            if (Guid.TryParse((string?)unit, out var id)) changed(id);
        }

        _bus.Subscribe(keys.GroupFeed, Heard);
        return new Subscription(() => _bus.Unsubscribe(keys.GroupFeed, Heard, CommandFlags.FireAndForget));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
