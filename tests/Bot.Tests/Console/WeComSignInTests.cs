using System.Net;
using System.Web;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WuShe.Bot.Console;
using WuShe.Bot.Tests.Channels;
using WuShe.Fakes;
using WuShe.Integrations.WeCom;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Tests.Console;

/// <summary>Signing in to the console by WeCom: inside it, and by a QR code in another browser.</summary>
public sealed class WeComSignInTests(OneRedis redis) : IClassFixture<OneRedis>, IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly string _corpId = "ww" + Guid.NewGuid().ToString("N")[..16];
    private FakeWeCom _platform = null!;
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _platform = await FakeWeCom.Start(_corpId, _time);
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WeCom:CorpId"] = _corpId,
            ["WeCom:ApiBaseUrl"] = _platform.BaseUrl,
            ["WeCom:Apps:desk:AgentId"] = "1000002",
            ["WeCom:Apps:desk:Secret"] = FakeWeCom.Secret,
        }).Build();
        _host = await ConsoleHost.Start(services => services
            .AddSingleton<TimeProvider>(_time).AddSingleton(redis.Connection).AddSingleton<StaffIdentities>().AddWeCom(settings));
        await _host.Add("wang", "网格员 王", Role.Grid);
        await _host.App.Services.GetRequiredService<StaffIdentities>().Bind(StaffIdentities.WeCom, "WangWei", "wang", default);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Theory]
    [InlineData("Mozilla/5.0 (iPhone) wxwork/4.1.0 MicroMessenger/7.0.1", "https://open.weixin.qq.com/connect/oauth2/authorize", "#wechat_redirect")]
    [InlineData("Mozilla/5.0 (X11; Linux)", "https://login.work.weixin.qq.com/wwlogin/sso/login", "")]
    public async Task The_browser_goes_to_WeCom_and_comes_back_signed_in(string browser, string address, string fragment)
    {
        using var http = Browser(browser);
        Assert.Contains("用企业微信登录", await http.GetStringAsync("/staff/sign-in?to=/staff/account"), StringComparison.Ordinal);
        var there = (await http.GetAsync("/staff/wecom?to=/staff/account")).Headers.Location!;
        Assert.StartsWith(address + "?", there.AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(fragment, there.Fragment);
        var query = HttpUtility.ParseQueryString(there.Query);
        Assert.Equal((_corpId, "1000002"), (query["appid"], query["agentid"]));
        Assert.EndsWith("/staff/wecom/back", query["redirect_uri"], StringComparison.Ordinal);

        var back = await Back(http, query["state"]!, Code("wangwei"));
        Assert.Equal("/staff/account", back.Headers.Location!.OriginalString);
        Assert.Contains("账号与密码", await http.GetStringAsync("/staff/account"), StringComparison.Ordinal);
        Assert.DoesNotContain("现在的密码", await http.GetStringAsync("/staff/account"), StringComparison.Ordinal);

        // Who is signed in goes straight on.
        Assert.Equal("/staff", (await http.GetAsync("/staff/wecom?to=/staff")).Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task A_state_works_once()
    {
        // A client that keeps no cookies but says what it was told, as somebody does who has seen both.
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(_host.Url) };
        var there = await http.GetAsync("/staff/wecom?to=/staff/account");
        http.DefaultRequestHeaders.Add("Cookie", there.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        var state = HttpUtility.ParseQueryString(there.Headers.Location!.Query)["state"]!;
        Assert.Equal("/staff/account", (await Back(http, state, Code("wangwei"))).Headers.Location!.OriginalString);
        Refused(await Back(http, state, Code("wangwei")), WeComSignIn.Failed);
    }

    [Fact]
    public async Task A_state_of_another_browser_is_worth_nothing_and_used_up()
    {
        using var attacker = Browser();
        using var victim = Browser();
        var state = await State(attacker);
        await State(victim);
        Refused(await Back(victim, state, Code("wangwei")), WeComSignIn.Failed);
        Refused(await Back(attacker, state, Code("wangwei")), WeComSignIn.Failed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("never-given-out")]
    public async Task An_unknown_state_is_refused(string state)
    {
        using var http = Browser();
        await State(http);
        Refused(await Back(http, state, Code("wangwei")), WeComSignIn.Failed);
    }

    [Fact]
    public async Task A_code_that_is_wrong_or_used_is_refused()
    {
        using var http = Browser();
        Refused(await Back(http, await State(http), "wrong"), WeComSignIn.Failed);
        Refused(await Back(http, await State(http), ""), WeComSignIn.Failed);
        Refused(await Back(http, await State(http), new string('x', 600)), WeComSignIn.Failed);
    }

    [Fact]
    public async Task Outsiders_members_who_are_not_staff_and_closed_accounts_stay_outside()
    {
        using var http = Browser();
        _platform.Directory.Codes["c1"] = (null, "o-openid");
        Refused(await Back(http, await State(http), "c1"), WeComSignIn.Stranger);
        Refused(await Back(http, await State(http), Code("somebody")), WeComSignIn.Stranger);
        await _host.Save(db => db.Users.Single().LockoutEnd = DateTimeOffset.MaxValue);
        Refused(await Back(http, await State(http), Code("wangwei")), WeComSignIn.Stranger);
        Assert.Contains("还不在工作人员名单里", WebUtility.HtmlDecode(await http.GetStringAsync("/staff/sign-in?wecom=stranger")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task It_leads_nowhere_outside(string to)
    {
        using var http = Browser();
        var there = (await http.GetAsync("/staff/wecom?to=" + Uri.EscapeDataString(to))).Headers.Location!;
        var back = await Back(http, HttpUtility.ParseQueryString(there.Query)["state"]!, Code("wangwei"));
        Assert.Equal("/staff", back.Headers.Location!.OriginalString);
    }

    private string Code(string userId)
    {
        var code = Guid.NewGuid().ToString("N");
        _platform.Directory.Codes[code] = (userId, null);
        return code;
    }

    private static async Task<string> State(HttpClient http) =>
        HttpUtility.ParseQueryString((await http.GetAsync("/staff/wecom")).Headers.Location!.Query)["state"]!;

    private static Task<HttpResponseMessage> Back(HttpClient http, string state, string code) =>
        http.GetAsync($"/staff/wecom/back?code={Uri.EscapeDataString(code)}&state={Uri.EscapeDataString(state)}");

    private static void Refused(HttpResponseMessage answer, string why)
    {
        Assert.Equal("/staff/sign-in?wecom=" + why, answer.Headers.Location!.OriginalString);
        Assert.DoesNotContain(answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies : [], c => c.StartsWith(StaffSession.CookieName, StringComparison.Ordinal));
    }

    private HttpClient Browser(string agent = "Mozilla/5.0 (X11; Linux)")
    {
        var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(_host.Url) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("User-Agent", agent);
        return http;
    }
}
