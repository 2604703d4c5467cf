using WuShe.Integrations.Redis;

namespace WuShe.Integrations.Tests.Redis;

public sealed class RedisParkedMarksTests(RedisServers servers) : IClassFixture<RedisServers>
{
    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task Of_two_instances_that_hear_the_person_one_acts(string server)
    {
        var keys = RedisServers.FreshKeys();
        var (one, two) = (new RedisParkedMarks(servers.Connect(server), keys), new RedisParkedMarks(servers.Connect(server), keys));
        Assert.False(await one.Clear("wechat.main:o1"));

        await one.Set("wechat.main:o1");
        await one.Set("wechat.main:o1");

        Assert.False(await two.Clear("wechat.main:o2"));
        var told = await Task.WhenAll(one.Clear("wechat.main:o1"), two.Clear("wechat.main:o1"));
        Assert.Single(told, marked => marked);
    }
}
