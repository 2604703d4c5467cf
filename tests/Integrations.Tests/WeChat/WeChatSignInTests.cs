using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.Tests.Redis;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Recognising the person in front of a page inside WeChat.</summary>
public sealed class WeChatSignInTests(RedisServers servers) : IClassFixture<RedisServers>, IAsyncLifetime
{
    private const string OpenId = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12";
    private const string Browser = "a-secret-of-this-browser";
    private const string Page = "/my/cases/261128-0001?account=main";

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 6, 0, 0, TimeSpan.Zero));
    private readonly string _appId = "wx" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeChat _platform = null!;

    public static TheoryData<string> Servers => RedisServers.All;

    public async Task InitializeAsync() => _platform = await FakeWeChat.Start(_appId, WeChatInstance.Secret, _time);

    public async Task DisposeAsync() => await _platform.DisposeAsync();

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task The_person_is_known_on_any_instance_and_the_wanted_page_comes_back(string server)
    {
        await using var one = Instance(server);
        await using var two = Instance(server);
        var way = await Begin(one);
        var state = State(way);
        Assert.Equal(
            $"https://open.weixin.qq.com/connect/oauth2/authorize?appid={_appId}&redirect_uri=https%3A%2F%2Fshequ.example%2Fmy%2Fwechat%2Fmain&response_type=code&scope=snsapi_base&state={state}#wechat_redirect",
            way.AbsoluteUri);
        Assert.Equal(
            new WeChatSignInOutcome(WeChatSignInResult.Known, new ConversationId("wechat.main", OpenId), Page),
            await Complete(two, _platform.Visitors.Agree(OpenId), state));
        Assert.All(one.Log.Lines.Concat(two.Log.Lines), line => Assert.DoesNotContain(WeChatInstance.Secret, line, StringComparison.Ordinal));
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task A_state_works_once_for_ten_minutes_and_in_its_own_browser(string server)
    {
        await using var one = Instance(server);
        var again = new WeChatSignInOutcome(WeChatSignInResult.Again, null, null);
        var used = State(await Begin(one));
        await Complete(one, _platform.Visitors.Agree(OpenId), used);
        Assert.Equal(again, await Complete(one, _platform.Visitors.Agree(OpenId), used));

        Assert.Equal(again, await Complete(one, _platform.Visitors.Agree(OpenId), State(await Begin(one)), "another browser"));
        Assert.Equal(again, await Complete(one, _platform.Visitors.Agree(OpenId), State(await Begin(one)), null));
        Assert.Equal(again, await Complete(one, _platform.Visitors.Agree(OpenId), new string('a', 32)));
        Assert.Equal(again, await Complete(one, _platform.Visitors.Agree(OpenId), "../*"));
        Assert.Equal(again, await Complete(one, _platform.Visitors.Agree(OpenId), null));

        var late = State(await Begin(one));
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(again, await Complete(one, _platform.Visitors.Agree(OpenId), late));
        Assert.Single(_platform.Calls);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task What_is_wrong_with_a_code_asks_for_another_try(string server)
    {
        await using var one = Instance(server);
        Assert.Equal(WeChatSignInResult.Again, (await Complete(one, "no-such-code", State(await Begin(one)))).Result);
        var code = _platform.Visitors.Agree(OpenId);
        Assert.Equal(WeChatSignInResult.Known, (await Complete(one, code, State(await Begin(one)))).Result);
        Assert.Equal(new WeChatSignInOutcome(WeChatSignInResult.Again, null, Page), await Complete(one, code, State(await Begin(one))));
        var late = _platform.Visitors.Agree(OpenId);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal(WeChatSignInResult.Again, (await Complete(one, late, State(await Begin(one)))).Result);
        Assert.Equal([40029, 0, 40163, 42003], _platform.Log.Select(call => call.Code));
        var calls = _platform.Calls.Count;
        Assert.Equal(WeChatSignInResult.Again, (await Complete(one, new string('c', 513), State(await Begin(one)))).Result);
        Assert.Equal(calls, _platform.Calls.Count);
    }

    [SkippableTheory, MemberData(nameof(Servers))]
    public async Task Who_does_not_agree_looks_at_a_preview_or_finds_wechat_busy_is_told_apart(string server)
    {
        await using var one = Instance(server);
        Assert.Equal(new WeChatSignInOutcome(WeChatSignInResult.Cancelled, null, Page), await Complete(one, null, State(await Begin(one))));
        Assert.Equal(new WeChatSignInOutcome(WeChatSignInResult.Cancelled, null, Page), await Complete(one, "authdeny", State(await Begin(one))));

        _platform.Visitors.Preview = true;
        Assert.Equal(new WeChatSignInOutcome(WeChatSignInResult.Preview, null, Page), await Complete(one, _platform.Visitors.Agree(OpenId), State(await Begin(one))));
        _platform.Visitors.Preview = false;

        _platform.Visitors.FailNext.Enqueue(-1);
        Assert.Equal(new WeChatSignInOutcome(WeChatSignInResult.Busy, null, Page), await Complete(one, _platform.Visitors.Agree(OpenId), State(await Begin(one))));
        Assert.Empty(await one.Alarms.Current());
        _platform.Visitors.FailNext.Enqueue(40125);
        Assert.Equal(WeChatSignInResult.Busy, (await Complete(one, _platform.Visitors.Agree(OpenId), State(await Begin(one)))).Result);
        Assert.Contains("AppSecret", Assert.Single(await one.Alarms.Current()).Words, StringComparison.Ordinal);
    }

    private WeChatInstance Instance(string server) => WeChatInstance.Start(servers.Connect(server), _platform, _appId, _time);

    private static Task<Uri> Begin(WeChatInstance one) =>
        one.Get<WeChatSignIn>().Begin(one.Account, Browser, "https://shequ.example/my/wechat/main", Page);

    private static Task<WeChatSignInOutcome> Complete(WeChatInstance one, string? code, string? state, string? browser = Browser) =>
        one.Get<WeChatSignIn>().Complete(one.Account, browser, code, state, default);

    private static string State(Uri way) => way.Query.Split("&state=")[1];
}
