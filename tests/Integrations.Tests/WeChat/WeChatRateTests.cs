using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Organisation;
using Role = WuShe.Services.Common.Organisation.Role;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Limits and faults of the platform: what rests, what goes on, who is told.</summary>
public sealed class WeChatRateTests(RedisServers servers) : IClassFixture<RedisServers>, IAsyncLifetime
{
    private const string OpenId = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12";
    private const string Send = "/cgi-bin/message/custom/send";
    private static readonly StaffActor Admin = new(Guid.NewGuid(), "管理员", Role.Admin, Guid.NewGuid());

    // 14:00 in Beijing.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;

    public static TheoryData<string> Servers => RedisServers.All;

    public static TheoryData<string, int> Rests => new()
    {
        { "embedded", 45011 }, { "embedded", 45009 }, { "redis-server", 45011 }, { "redis-server", 45009 },
    };

    public static TheoryData<string, int> Stops => new()
    {
        { "embedded", 48004 }, { "embedded", 50002 }, { "redis-server", 48004 }, { "redis-server", 50002 },
    };

    public async Task InitializeAsync()
    {
        _platform = await FakeWeChat.Start(_appId, WeChatInstance.Secret, _time);
        _platform.Spoke(OpenId, allowed: 1000);
    }

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Instances_share_the_calls_of_a_minute(string server)
    {
        var redis = servers.Connect(server);
        await using var one = Instance(redis, ("Limits:CustomSendPerMinute", "60"));
        await using var two = Instance(redis, ("Limits:CustomSendPerMinute", "60"));
        WeChatInstance[] instances = [one, two];
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => instances[i % 2].Tell(OpenId, $"好{i}")));

        Assert.Equal(6, outcomes.Count(outcome => outcome.Result == DeliveryResult.Delivered));
        Assert.All(outcomes.Where(outcome => outcome.Result != DeliveryResult.Delivered), outcome =>
        {
            Assert.Equal(DeliveryOutcome.Held(_time.GetUtcNow().AddSeconds(1), "our own limit of calls a minute"), outcome);
        });
        Assert.Equal(6, Sends);

        _time.Advance(TimeSpan.FromSeconds(2));
        outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => instances[i % 2].Tell(OpenId, $"好{i}")));
        Assert.Equal(2, outcomes.Count(outcome => outcome.Result == DeliveryResult.Delivered));
        _time.Advance(TimeSpan.FromHours(1));
        outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => instances[i % 2].Tell(OpenId, $"好{i}")));
        Assert.Equal(6, outcomes.Count(outcome => outcome.Result == DeliveryResult.Delivered));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Slow_limits_fill_up_again_however_often_they_are_asked(string server)
    {
        await using var one = Instance(servers.Connect(server), ("Limits:CustomSendPerMinute", "1"));
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "好")).Result);
        for (var i = 0; i < 59; i++)
        {
            Assert.Equal(DeliveryResult.Held, (await one.Tell(OpenId, "好")).Result);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "好")).Result);
    }

    [SkippableTheory, MemberData(nameof(Rests))]
    public async Task A_limit_of_the_platform_rests_this_api_of_this_account_and_nothing_else(string server, int code)
    {
        var redis = servers.Connect(server);
        await using var other = await FakeWeChat.Start(_appId + "b", WeChatInstance.Secret, _time);
        other.Spoke(OpenId);
        await using var one = Instance(redis, Second(other));
        await using var two = Instance(redis, Second(other));
        _platform.FailNext.Enqueue(code);
        var first = await one.Tell(OpenId, "一", _appId + "-one");
        var end = code == 45011 ? _time.GetUtcNow().AddMinutes(1) : new DateTimeOffset(2026, 11, 23, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal(DeliveryResult.Held, first.Result);
        Assert.Equal(code == 45011 ? end : _time.GetUtcNow().AddMinutes(10), first.Until);
        Assert.StartsWith($"{code} ", first.Reason);

        _time.Advance(end - _time.GetUtcNow() - TimeSpan.FromSeconds(1));
        Assert.Equal(DeliveryResult.Held, (await two.Tell(OpenId, "二")).Result);
        Assert.Equal(1, Sends);
        Assert.Equal(DeliveryResult.Delivered, (await two.Channel.Deliver(new ConversationId("wechat.second", OpenId), NewKey(), ["好"], default)).Result);
        await using (var picture = await two.Get<IMediaSource>().Open("wechat:main:" + _platform.Keep([0xFF, 0xD8, 9]), default)) Assert.Equal(3, picture.Length);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DeliveryResult.Delivered, (await two.Tell(OpenId, "一", _appId + "-one")).Result);
        Assert.Equal("一", Assert.Single(_platform.Delivered).Text);
    }

    [SkippableFact]
    public async Task A_used_up_day_is_told_to_admins_until_it_is_over()
    {
        await using var one = Instance(servers.Connect("embedded"));
        _platform.FailNext.Enqueue(45009);
        await one.Tell(OpenId, "一");
        var alarm = Assert.Single(await one.Alarms.Current());
        Assert.StartsWith("公众号「main」今天的接口次数用完了", alarm.Words);
        _time.Advance(TimeSpan.FromHours(10));
        Assert.Empty(await one.Alarms.Current());
    }

    [SkippableTheory, MemberData(nameof(Stops))]
    public async Task A_restricted_account_stops_with_an_alarm_and_goes_on_when_it_may(string server, int code)
    {
        var redis = servers.Connect(server);
        await using var one = Instance(redis);
        await using var two = Instance(redis);
        _platform.FailNext.Enqueue(code);
        var outcome = await one.Tell(OpenId, "一", _appId + "-one");
        Assert.Equal(code == 48004 ? DeliveryResult.Held : DeliveryResult.Refused, outcome.Result);
        var alarm = Assert.Single(await two.Alarms.Current());
        Assert.Contains("暂停发消息", alarm.Words);
        Assert.Contains($"{code}", alarm.Words);

        for (var i = 0; i < 5; i++) Assert.Equal(DeliveryResult.Held, (await two.Tell(OpenId, "二")).Result);
        await Assert.ThrowsAsync<HttpRequestException>(() => two.Get<IMediaSource>().Open("wechat:main:" + _platform.Keep([0xFF, 0xD8, 9]), default));
        Assert.Equal(1, Sends);

        // Of many at once one tries after the time; still restricted, and all wait again.
        _time.Advance(TimeSpan.FromHours(1));
        _platform.FailNext.Enqueue(code);
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => (i % 2 == 0 ? one : two).Tell(OpenId, "三")));
        Assert.Equal(DeliveryResult.Held, (await one.Tell(OpenId, "四")).Result);
        Assert.Equal(2, Sends);
        Assert.Equal(alarm.Since, Assert.Single(await one.Alarms.Current()).Since);

        // And when it goes through, the alarm is over.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "一", _appId + "-one")).Result);
        Assert.Empty(await two.Alarms.Current());
        Assert.Equal(DeliveryResult.Delivered, (await two.Tell(OpenId, "五")).Result);
    }

    [SkippableFact]
    public async Task An_admin_who_has_looked_after_it_ends_the_stop()
    {
        await using var one = Instance(servers.Connect("embedded"));
        _platform.FailNext.Enqueue(48004);
        await one.Tell(OpenId, "一");
        var alarm = Assert.Single(await one.Desk.Current(Admin));

        foreach (var role in Enum.GetValues<Role>().Where(role => role != Role.Admin))
        {
            Assert.Empty(await one.Desk.Current(Admin with { Role = role }));
            Assert.False(await one.Desk.Dealt(alarm.Key, Admin with { Role = role }));
        }

        Assert.Equal(DeliveryResult.Held, (await one.Tell(OpenId, "二")).Result);
        Assert.True(await one.Desk.Dealt(alarm.Key, Admin));
        Assert.Empty(await one.Desk.Current(Admin));
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "三")).Result);
    }

    [SkippableFact]
    public async Task One_who_tries_and_dies_does_not_stop_the_account_for_ever_and_a_person_who_cannot_be_told_shows_that_it_speaks()
    {
        await using var one = Instance(servers.Connect("embedded"));
        _platform.FailNext.Enqueue(48004);
        await one.Tell(OpenId, "一");
        _time.Advance(TimeSpan.FromHours(1));
        _platform.FailNext.Enqueue(503);
        Assert.Equal(DeliveryResult.Retry, (await one.Tell(OpenId, "二")).Result);
        Assert.Equal(DeliveryOutcome.Held(_time.GetUtcNow().AddSeconds(30), "48004 account banned"), await one.Tell(OpenId, "三"));
        _time.Advance(TimeSpan.FromSeconds(30));
        _platform.FailNext.Enqueue(45015);
        Assert.Equal(DeliveryResult.Refused, (await one.Tell(OpenId, "四")).Result);
        Assert.Empty(await one.Alarms.Current());
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "五")).Result);
    }

    [SkippableFact]
    public async Task Dealing_with_one_alarm_leaves_what_another_is_about()
    {
        await using var one = Instance(servers.Connect("embedded"));
        _platform.Whitelisted = false;
        await one.Tell(OpenId, "一");
        _platform.Whitelisted = true;
        _platform.FailNext.Enqueue(45009);
        await one.Tell(OpenId, "二");
        foreach (var alarm in (await one.Desk.Current(Admin)).Where(alarm => alarm.Words.Contains("白名单", StringComparison.Ordinal))) await one.Desk.Dealt(alarm.Key, Admin);
        Assert.Equal(DeliveryResult.Held, (await one.Tell(OpenId, "三")).Result);
        var quota = Assert.Single(await one.Desk.Current(Admin));
        await one.Desk.Dealt(quota.Key, Admin);
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "四")).Result);
    }

    [SkippableTheory]
    [InlineData(43004)]
    [InlineData(48002)]
    public async Task Who_cannot_be_reached_this_way_is_marked(int code)
    {
        await using var one = Instance(servers.Connect("embedded"));
        _platform.FailNext.Enqueue(code);
        Assert.Equal(DeliveryResult.Refused, (await one.Tell(OpenId, "一")).Result);
        Assert.Equal([$"-wechat.main:{OpenId}"], one.Followers.All);
        _platform.FailNext.Enqueue(45015);
        Assert.Equal(DeliveryResult.Refused, (await one.Tell(OpenId, "二")).Result);
        Assert.Single(one.Followers.All);
    }

    [SkippableFact]
    public async Task Wrong_settings_on_the_platform_are_told_to_admins()
    {
        await using var one = Instance(servers.Connect("embedded"));
        _platform.Whitelisted = false;
        Assert.Equal(DeliveryResult.Retry, (await one.Tell(OpenId, "一")).Result);
        Assert.Contains("IP 白名单", Assert.Single(await one.Alarms.Current()).Words);
        _platform.Whitelisted = true;
        Assert.Equal(DeliveryResult.Delivered, (await one.Tell(OpenId, "一")).Result);
        _time.Advance(TimeSpan.FromHours(2));
        Assert.Empty(await one.Alarms.Current());
    }

    [Theory]
    [InlineData(-1, DeliveryResult.Retry, WeChatRemedy.None)]
    [InlineData(40001, DeliveryResult.Retry, WeChatRemedy.RenewToken)]
    [InlineData(40014, DeliveryResult.Retry, WeChatRemedy.RenewToken)]
    [InlineData(42001, DeliveryResult.Retry, WeChatRemedy.RenewToken)]
    [InlineData(43004, DeliveryResult.Refused, WeChatRemedy.MarkPerson)]
    [InlineData(48002, DeliveryResult.Refused, WeChatRemedy.MarkPerson)]
    [InlineData(45009, DeliveryResult.Held, WeChatRemedy.StopForToday)]
    [InlineData(45011, DeliveryResult.Held, WeChatRemedy.SlowDown)]
    [InlineData(48004, DeliveryResult.Held, WeChatRemedy.StopAccount)]
    [InlineData(50002, DeliveryResult.Refused, WeChatRemedy.StopAccount)]
    [InlineData(45065, DeliveryResult.Delivered, WeChatRemedy.None)]
    [InlineData(45015, DeliveryResult.Refused, WeChatRemedy.None)]
    [InlineData(99999, DeliveryResult.Refused, WeChatRemedy.None)]
    public void Each_code_has_its_result_and_remedy(int code, DeliveryResult result, WeChatRemedy remedy)
    {
        Assert.Equal((result, remedy), (WeChatErrors.Of(code).Result, WeChatErrors.Of(code).Remedy));
        Assert.StartsWith($"{code} ", WeChatErrors.Outcome(code).Reason);
    }

    private int Sends => _platform.Calls.Count(call => call.EndsWith(Send, StringComparison.Ordinal));

    private static string NewKey() => "test-" + Guid.NewGuid().ToString("N");

    private (string, string)[] Second(FakeWeChat other) =>
    [
        ("Accounts:second:AppId", _appId + "b"), ("Accounts:second:AppSecret", WeChatInstance.Secret),
        ("Accounts:second:Token", "QDG6eK"), ("Accounts:second:ApiBaseUrl", other.BaseUrl),
    ];

    private WeChatInstance Instance(IConnectionMultiplexer redis, params (string, string)[] settings) =>
        WeChatInstance.Start(redis, _platform, _appId, _time, settings);
}
