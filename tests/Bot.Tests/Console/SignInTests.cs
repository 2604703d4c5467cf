using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using WuShe.Bot.Console;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Tests.Console;

public sealed class SignInTests : IAsyncLifetime
{
    private const string Password = "三棵柳树下的收音机很响";
    // From today on: the client drops cookies by its own clock.
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private ConsoleHost _host = null!;
    private StaffUser _wang = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start();
        _wang = await _host.Add("wang", "网格员 王", Role.Grid);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_pasted_link_shows_a_button_and_the_button_signs_in_once()
    {
        var path = new Uri(await Link("wang")).PathAndQuery;
        var first = _host.Visit();
        for (var preview = 0; preview < 3; preview++)
            Assert.Contains("进入工作台", await (await first.Get(path)).Content.ReadAsStringAsync());
        await first.Submit(path);
        Assert.Contains("账号与密码", await (await first.Get("/staff/account")).Content.ReadAsStringAsync());

        var late = await _host.Visit().Get(path);
        Assert.Equal(HttpStatusCode.Gone, late.StatusCode);
        Assert.Contains("链接已失效", await late.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Unknown_links_look_like_used_ones()
    {
        var answer = await _host.Visit().Get("/staff/link/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.Contains("链接已失效", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_session_cookie_is_kept_from_scripts_and_other_sites()
    {
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri(_host.Url) };
        var answer = await new ConsoleHost.Visitor(http).Submit(new Uri(await Link("wang")).PathAndQuery);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/staff", answer.Headers.Location?.AbsolutePath);
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith(StaffSession.CookieName, StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("no-referrer", answer.Headers.GetValues("Referrer-Policy").Single());
    }

    [Fact]
    public async Task A_password_is_set_after_the_link_and_signs_in_later()
    {
        var wang = await _host.SignIn("wang");
        Assert.Contains("密码已保存", await Words(wang.Submit("/staff/account", ("Fresh", Password), ("Again", Password))));

        var later = _host.Visit();
        Assert.Contains("登录名或密码不对", await Words(later.Submit("/staff/sign-in?to=/staff/account", ("Login", "wang"), ("Password", "不是这个密码不是这个"))));
        Assert.Contains("账号与密码", await Words(later.Submit("/staff/sign-in?to=/staff/account", ("Login", "wang"), ("Password", Password))));
    }

    [Fact]
    public async Task A_bad_password_is_refused_in_words()
    {
        var wang = await _host.SignIn("wang");
        Assert.Contains("至少要 10 个字", await Words(wang.Submit("/staff/account", ("Fresh", "短"), ("Again", "短"))));
        Assert.Contains("两次输入的新密码不一样", await Words(wang.Submit("/staff/account", ("Fresh", Password), ("Again", "别的"))));
    }

    [Fact]
    public async Task Changing_the_password_needs_the_old_one_and_ends_other_sessions()
    {
        var here = await _host.SignIn("wang");
        var there = await _host.SignIn("wang");
        await here.Submit("/staff/account", ("Fresh", Password), ("Again", Password));

        Assert.Contains("登录工作台", await Words(there.Get("/staff/account")));
        here = _host.Visit();
        Assert.Contains("现在的密码", await Words(here.Submit("/staff/sign-in?to=/staff/account", ("Login", "wang"), ("Password", Password))));
        Assert.Contains("现在的密码不对", await Words(here.Submit("/staff/account", ("Current", "错的错的错的错的错的"), ("Fresh", Password + "!"), ("Again", Password + "!"))));
        Assert.Contains("密码已保存", await Words(here.Submit("/staff/account", ("Current", Password), ("Fresh", Password + "!"), ("Again", Password + "!"))));
        Assert.Contains("账号与密码", await Words(here.Get("/staff/account")));
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_after_a_link()
    {
        await (await _host.SignIn("wang")).Submit("/staff/account", ("Fresh", Password), ("Again", Password));
        var again = await _host.SignIn("wang");
        Assert.DoesNotContain("现在的密码", await Words(again.Get("/staff/account")));
        Assert.Contains("至少要 10 个字", await Words(again.Submit("/staff/account", ("Fresh", "短"), ("Again", "短"))));
        Assert.Contains("密码已保存", await Words(again.Submit("/staff/account", ("Fresh", Password + "新"), ("Again", Password + "新"))));
        Assert.Contains("账号与密码", await Words(_host.Visit().Submit("/staff/sign-in?to=/staff/account", ("Login", "wang"), ("Password", Password + "新"))));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_for_a_while()
    {
        var wang = await _host.SignIn("wang");
        await wang.Submit("/staff/account", ("Fresh", Password), ("Again", Password));
        var guesser = _host.Visit();
        for (var i = 0; i < StaffSignIn.TriesBeforeLock; i++)
            await guesser.Submit("/staff/sign-in", ("Login", "wang"), ("Password", $"乱猜的密码{i}"));

        Assert.Contains("登录名或密码不对", await Words(guesser.Submit("/staff/sign-in", ("Login", "wang"), ("Password", Password))));
        Assert.Contains("账号与密码", await Words(wang.Get("/staff/account")));

        await _host.Save(db => db.Users.Single(u => u.Id == _wang.Id).LockoutEnd = DateTimeOffset.UnixEpoch);
        Assert.Contains("账号与密码", await Words(guesser.Submit("/staff/sign-in?to=/staff/account", ("Login", "wang"), ("Password", Password))));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_needs_the_form_of_our_own_page()
    {
        var wang = await _host.SignIn("wang");
        using var nothing = new FormUrlEncodedContent([]);
        Assert.Equal(HttpStatusCode.BadRequest, (await wang.Http.PostAsync("/staff/sign-out", nothing)).StatusCode);
        Assert.Contains("账号与密码", await Words(wang.Get("/staff/account")));

        var page = await Words(wang.Get("/staff/account"));
        var token = Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        Assert.Contains("登录工作台", await Words(wang.Http.PostAsync("/staff/sign-out", form)));
        Assert.Contains("登录工作台", await Words(wang.Get("/staff/account")));
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_sent_to_the_sign_in_page_and_back()
    {
        var answer = await _host.Visit().Get("/staff/cases/261123-0001");
        Assert.Equal("/staff/sign-in?to=%2Fstaff%2Fcases%2F261123-0001", answer.RequestMessage!.RequestUri!.PathAndQuery);
    }

    [Theory]
    [InlineData("/staff/cases/261123-0001", "/staff/cases/261123-0001")]
    [InlineData("/jobs", "/jobs")]
    [InlineData("//evil.example", "/staff")]
    [InlineData("/staff//evil.example", "/staff")]
    [InlineData("https://evil.example/staff", "/staff")]
    [InlineData("/staff\\evil", "/staff")]
    [InlineData("/jobsearch", "/staff")]
    [InlineData(null, "/staff")]
    public void Signing_in_leads_inside_only(string? to, string where) => Assert.Equal(where, ConsoleSetup.InsideOnly(to));

    [Theory]
    [InlineData("https://{s}.tile.example/{z}/{x}/{y}.png", "https://*.tile.example")]
    [InlineData("http://tiles.local:8080/{z}/{x}/{y}.png", "http://tiles.local:8080")]
    [InlineData("/tiles/{z}/{x}/{y}.png", "")]
    [InlineData("", "")]
    public void Map_pictures_may_come_from_the_map_server_only(string tileUrl, string origin) => Assert.Equal(origin, ConsoleSetup.OriginOf(tileUrl));

    [Fact]
    public async Task Many_tries_in_a_minute_are_slowed_down()
    {
        var guesser = _host.Visit();
        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 61; i++) answers.Add((await guesser.Get("/staff/link/nonsense")).StatusCode);

        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        Assert.All(answers.Take(60), status => Assert.Equal(HttpStatusCode.Gone, status));
    }

    [Fact]
    public async Task A_session_ends_after_a_week_however_busy()
    {
        await using var host = await ConsoleHost.Start(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(_time)));
        await host.Add("wang", "网格员 王", Role.Grid);
        var wang = await host.SignIn("wang");
        for (var hours = 0; hours < 7 * 24; hours += 8)
        {
            Assert.Contains("账号与密码", await Words(wang.Get("/staff/account")));
            _time.Advance(TimeSpan.FromHours(8));
        }

        _time.Advance(TimeSpan.FromHours(1));
        Assert.Contains("登录工作台", await Words(wang.Get("/staff/account")));
    }

    [Fact]
    public async Task The_command_prints_the_link_and_nothing_else()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(0, await StaffCommand.Run(_host.App.Services, ["staff", "link", "wang"], output, error, default));
        Assert.Matches(@"^http://[^/\s]+/staff/link/[A-Za-z0-9_-]{43}\r?\n$", output.ToString());
        Assert.Empty(error.ToString());
    }

    [Theory]
    [InlineData("staff", "link", "nobody")]
    [InlineData("staff", "link")]
    [InlineData("staff", "unlink", "wang")]
    public async Task A_wrong_command_says_so_in_one_line(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Assert.Equal(1, await StaffCommand.Run(_host.App.Services, args, output, error, default));
        Assert.Empty(output.ToString());
        Assert.Single(error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task<string> Link(string login) => (await StaffCommand.LinkFor(_host.App.Services, login, default))!
        .Replace("http://localhost:5000", _host.Url, StringComparison.Ordinal);

    private static async Task<string> Words(Task<HttpResponseMessage> answer) => WebUtility.HtmlDecode(await (await answer).Content.ReadAsStringAsync());
}
