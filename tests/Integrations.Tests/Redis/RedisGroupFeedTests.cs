using System.Threading.Channels;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.Tests.Redis;

public sealed class RedisGroupFeedTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task Pages_of_every_instance_hear_of_a_group_until_they_are_left(string server)
    {
        var keys = RedisServers.FreshKeys();
        var (one, two) = (new RedisGroupFeed(servers.Connect(server), keys), new RedisGroupFeed(servers.Connect(server), keys));
        var (here, there) = (Channel.CreateUnbounded<Guid>(), Channel.CreateUnbounded<Guid>());
        var left = one.Subscribe(unit => here.Writer.TryWrite(unit));
        using var open = two.Subscribe(unit => there.Writer.TryWrite(unit));
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());

        one.Changed(first);
        Assert.Equal(first, await here.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        Assert.Equal(first, await there.Reader.ReadAsync().AsTask().WaitAsync(Patience));

        left.Dispose();
        two.Changed(second);
        Assert.Equal(second, await there.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        Assert.False(here.Reader.TryRead(out _));
    }
}
