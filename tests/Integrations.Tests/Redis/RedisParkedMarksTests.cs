using Microsoft.Extensions.Time.Testing;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.Tests.Redis;

public sealed class RedisParkedMarksTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private readonly FakeTimeProvider _time = new();

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task Of_two_instances_that_hear_the_person_one_acts(string server)
    {
        var keys = RedisServers.FreshKeys();
        var (one, two) = (Marks(server, keys), Marks(server, keys));
        Assert.False(await one.Clear("wechat.main:o1"));

        await one.Set("wechat.main:o1");
        await one.Set("wechat.main:o1");

        Assert.False(await two.Clear("wechat.main:o2"));
        var told = await Task.WhenAll(one.Clear("wechat.main:o1"), two.Clear("wechat.main:o1"));
        Assert.Single(told, marked => marked);
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_mark_of_another_instance_is_seen_within_a_second(string server)
    {
        var keys = RedisServers.FreshKeys();
        var (one, two) = (Marks(server, keys), Marks(server, keys));
        Assert.False(await two.Clear("wechat.main:o1"));
        await one.Set("wechat.main:o1");
        Assert.False(await two.Clear("wechat.main:o1"));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await two.Clear("wechat.main:o1"));
    }

    private RedisParkedMarks Marks(string server, RedisKeys keys) => new(servers.Connect(server), keys, _time);
}
