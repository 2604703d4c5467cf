using StackExchange.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.Redis;

/// <summary>Changed cases by pub/sub to the console pages of every instance.</summary>
public sealed class RedisConsoleFeed(IConnectionMultiplexer connection, RedisKeys keys) : IConsoleFeed
{
    private readonly ISubscriber _bus = connection.GetSubscriber();

    public void CaseChanged(string caseNumber) => _bus.Publish(keys.CaseFeed, caseNumber, CommandFlags.FireAndForget);

    public IDisposable Subscribe(Action<string> changed)
    {
        void Heard(RedisChannel channel, RedisValue number) => changed(number!);
        _bus.Subscribe(keys.CaseFeed, Heard);
        return new Subscription(() => _bus.Unsubscribe(keys.CaseFeed, Heard, CommandFlags.FireAndForget));
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
