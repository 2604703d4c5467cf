using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Bot.Pages;
using WuShe.Bot.Tests.Browser;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using static Microsoft.Playwright.Assertions;

namespace WuShe.Bot.Tests.Console;

/// <summary>Categories and routing rules in the console, and the page that says what people can do themselves.</summary>
public sealed class RoutingPageTests : IAsyncLifetime
{
    private static readonly string? Browser = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");

    // Where to leave pictures of the pages for people to look at; nowhere when unset.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("WUSHE_TEST_SHOTS");
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(
            services => services.AddSingleton<IOrganisation, MappedOrganisation>().AddSingleton<IPlaces, MappedPlaces>()
                .AddSingleton<IPublicMenu>(new PublicMenu([])).AddResidentPages(),
            app => app.MapResidentPages());
        await _host.Street();
        await _host.Save(db =>
        {
            var centre = new Unit { Id = Guid.NewGuid(), Level = UnitLevel.Centre, Name = "指导中心" };
            foreach (var room in db.Set<Unit>().ToList()) room.ParentId = centre.Id;
            db.Add(centre);
            db.Add(new Building { Id = Guid.NewGuid(), GridId = CasesOnSqlite.Grid, Estate = "翠湖苑", Name = "3栋" });
        });
        await _host.Add("li", "社工 李", Role.SocialWorker, CasesOnSqlite.Room);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData("/staff/routing", "派单规则由管理员、指导中心和站长来定。")]
    [InlineData("/staff/catalogue", "类别由管理员来改。")]
    public async Task A_social_worker_is_told_whose_page_it_is(string path, string words)
    {
        var page = WebUtility.HtmlDecode(await (await (await _host.SignIn("li")).Get(path)).Content.ReadAsStringAsync());
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-testid=\"rules\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-testid=\"kinds\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_can_do_themselves_is_on_a_page_for_everybody()
    {
        using var http = new HttpClient { BaseAddress = new Uri(_host.Url) };
        var page = WebUtility.HtmlDecode(await http.GetStringAsync("/help/neighbour-dispute"));
        Assert.Contains("邻里纠纷，您可以先这样办", page, StringComparison.Ordinal);
        Assert.Contains("<li><p>说好的事写下来，两家各留一张。</p></li>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/help/lighting")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/help/ufo")).StatusCode);
    }

    [SkippableFact]
    public async Task The_test_box_says_who_would_get_it_before_and_after_a_rule()
    {
        Skip.If(Browser is null, "WUSHE_TEST_BROWSER is not set.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox"] });
        var page = await SignIn(browser, "/staff/routing", "派单规则", width: 375);
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();

        await page.GetByTestId("test-category").SelectOptionAsync(new SelectOptionValue { Label = "供水" });
        await page.GetByTestId("test-place").FillAsync("翠湖苑3栋");
        await page.GetByTestId("test-day").FillAsync("2026-03-02");
        await page.GetByTestId("test-time").FillAsync("23:30");
        await page.GetByTestId("test").ClickAsync();
        await Expect(page.GetByTestId("test-who")).ToHaveTextAsync("网格员 王");
        await Expect(page.GetByTestId("test-reason")).ToContainTextAsync("这是大事，主管部门是水务局");

        await Add(page, "夜里的水", "指导中心/青山社区", from: "22:00", to: "06:00");
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("规则“夜里的水”加好了。");
        await page.GetByTestId("test").ClickAsync();
        await Expect(page.GetByTestId("test-who")).ToHaveTextAsync("青山社区值班人员");
        await Expect(page.GetByTestId("test-reason")).ToHaveTextAsync("按规则“夜里的水”派给青山社区值班人员。");
        await Shot(page, "routing-test");

        await Add(page, "夜里的水再来一条", "指导中心/翠湖社区", from: "23:00", to: "05:00");
        var second = page.Locator("[data-name='夜里的水再来一条']");
        await Expect(second.GetByTestId("mark")).ToContainTextAsync("轮不到这一条：前面的“夜里的水”把它要管的事都派走了。");
        await second.GetByTestId("up").ClickAsync();
        await Expect(page.GetByTestId("rule").First).ToHaveAttributeAsync("data-name", "夜里的水再来一条");
        await Expect(page.GetByTestId("mark")).ToHaveCountAsync(0);
        await Accessibility.HasNoSeriousViolation(page);
        Assert.Equal(375, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Shot(page, "routing-rules");

        await second.GetByTestId("delete").ClickAsync();
        await Expect(page.GetByTestId("rule")).ToHaveCountAsync(1);
        await page.GetByTestId("undo").ClickAsync();
        await Expect(page.GetByTestId("rule")).ToHaveCountAsync(2);

        await page.GetByTestId("test-place").FillAsync("歪脖子树");
        await page.GetByTestId("test").ClickAsync();
        await Expect(page.GetByTestId("test-answer")).ToContainTextAsync("不知道这个地方，当作没有写地点。");
    }

    [SkippableFact]
    public async Task An_admin_changes_a_category_and_takes_it_back()
    {
        Skip.If(Browser is null, "WUSHE_TEST_BROWSER is not set.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox"] });
        var page = await SignIn(browser, "/staff/catalogue", "问题类别", width: 375);
        var noise = page.Locator("[data-code=noise]");
        await noise.GetByTestId("edit").ClickAsync();
        await noise.GetByTestId("limit").FillAsync("0");
        await noise.GetByTestId("save").ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToHaveTextAsync("办理时限要从 1 个工作日起，不能是 0。");
        await noise.GetByTestId("limit").FillAsync("4");
        await noise.GetByTestId("scope").SelectOptionAsync("private");
        await noise.GetByTestId("help").FillAsync("先好好说。\n再找楼长。");
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "catalogue-edit");
        await noise.GetByTestId("save").ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("“噪声扰民”改好了");
        await Expect(noise).ToContainTextAsync("私事（先自己办），网格员，4 个工作日");
        Assert.Equal(375, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        var help = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 375, Height = 800 }, Locale = "zh-CN" });
        await help.GotoAsync($"{_host.Url}/help/noise");
        await Expect(help.GetByText("再找楼长。")).ToBeVisibleAsync();
        await Accessibility.HasNoSeriousViolation(help);
        await Shot(help, "help");

        await noise.GetByTestId("edit").ClickAsync();
        await noise.GetByTestId("reset").ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("恢复成原来的样子了");
        await Expect(noise).ToContainTextAsync("小事（社区自己办），网格员，2 个工作日");
    }

    private static async Task Add(IPage page, string name, string unit, string from, string to)
    {
        await page.GetByTestId("new").ClickAsync();
        await page.GetByTestId("name").FillAsync(name);
        await page.GetByTestId("category").SelectOptionAsync("water");
        await page.GetByTestId("place").FillAsync("指导中心/翠湖社区");
        await page.GetByTestId("from").FillAsync(from);
        await page.GetByTestId("to").FillAsync(to);
        await page.GetByTestId("target").SelectOptionAsync("Unit");
        await page.GetByTestId("who").FillAsync(unit);
        await page.GetByTestId("save").ClickAsync();
        await Expect(page.Locator($"[data-name='{name}']")).ToBeVisibleAsync();
    }

    private async Task<IPage> SignIn(IBrowser browser, string path, string title, int width)
    {
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 1200 }, Locale = "zh-CN" });
        await page.GotoAsync($"{_host.Url}/staff/link/{await _host.App.Services.GetRequiredService<SignInLinks>().Issue("admin", default)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        await page.GotoAsync(_host.Url + path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        return page;
    }

    private static async Task Shot(IPage page, string name)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = true });
    }
}
