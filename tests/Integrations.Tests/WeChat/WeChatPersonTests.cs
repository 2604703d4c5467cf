using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common.Residency;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>The unionid of a follower.</summary>
public sealed class WeChatPersonTests(RedisServers servers) : IClassFixture<RedisServers>, IAsyncLifetime
{
    private static readonly ConversationId Ann = new("wechat.main", "oAnn_ABCDEFGHIJKLMNOPQRSTUVWX");
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(20_000));
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;

    public async Task InitializeAsync() => _platform = await FakeWeChat.Start(_appId, WeChatInstance.Secret, _time);

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [Fact]
    public async Task It_is_the_platforms_where_it_has_one()
    {
        await using var instance = Two();
        var keys = instance.Get<IPersonKeys>();
        Assert.Equal(["wechat.main", "wechat.second"], keys.Channels);
        _platform.UnionIds[Ann.Address] = "oUnion1";
        Assert.Equal("wechat:oUnion1", await keys.Of(Ann, default));
        Assert.Null(await keys.Of(new ConversationId("wechat.main", "oBob_ABCDEFGHIJKLMNOPQRSTUVWX"), default));
        Assert.Null(await keys.Of(new ConversationId("web", "ann"), default));
    }

    [Fact]
    public async Task With_one_account_nobody_is_asked_about()
    {
        await using var instance = WeChatInstance.Start(servers.Connect("embedded"), _platform, _appId, _time);
        Assert.Empty(instance.Get<IPersonKeys>().Channels);
    }

    [Fact]
    public async Task An_account_that_may_not_ask_is_left_alone_for_a_day_without_an_alarm()
    {
        await using var instance = Two();
        var keys = instance.Get<IPersonKeys>();
        _platform.UserInfoRefusal = 48001;
        await Assert.ThrowsAsync<HttpRequestException>(() => keys.Of(Ann, default));
        Assert.Equal(["wechat.second"], keys.Channels);
        Assert.Empty(await instance.Alarms.Current());
        _time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(2, keys.Channels.Count);
        _platform.UserInfoRefusal = -1;
        await Assert.ThrowsAsync<HttpRequestException>(() => keys.Of(Ann, default));
        Assert.Equal(2, keys.Channels.Count);
        _platform.UserInfoRefusal = 40003;
        Assert.Null(await keys.Of(Ann, default));
    }

    private WeChatInstance Two() => WeChatInstance.Start(
        servers.Connect("embedded"), _platform, _appId, _time,
        ("Accounts:second:AppId", _appId), ("Accounts:second:AppSecret", WeChatInstance.Secret), ("Accounts:second:Token", "QDG6eK"),
        ("Accounts:second:ApiBaseUrl", _platform.BaseUrl));
}
