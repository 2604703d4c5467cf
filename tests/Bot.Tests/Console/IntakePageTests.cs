using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using static Microsoft.Playwright.Assertions;

namespace WuShe.Bot.Tests.Console;

/// <summary>A report by telephone on behalf of somebody, and the page of the person it is about.</summary>
public sealed class IntakePageTests : IAsyncLifetime
{
    private static readonly string? Browser = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");

    // Where to leave pictures of the pages for people to look at; nowhere when unset.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("WUSHE_TEST_SHOTS");
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(services => services.AddSingleton<IOrganisation, MappedOrganisation>().AddSingleton<IPlaces, MappedPlaces>());
        await _host.Street();
        await _host.Save(db =>
        {
            var station = new Unit { Id = Guid.NewGuid(), Level = UnitLevel.Station, Name = "东街社工站" };
            foreach (var room in db.Set<Unit>().ToList()) room.ParentId = station.Id;
            db.Add(station);
            db.Add(new Building { Id = Guid.NewGuid(), GridId = CasesOnSqlite.Grid, Estate = "翠湖苑", Name = "3栋" });
        });
        await _host.Add("li", "社工 李", Role.SocialWorker, CasesOnSqlite.Room);
        await _host.Add("chen", "律师 陈", Role.Lawyer, CasesOnSqlite.Room);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_lawyer_takes_no_reports_and_sees_nobody()
    {
        var number = await _host.Report();
        var lawyer = await _host.SignIn("chen");
        Assert.Contains("data-testid=\"not-allowed\"", await Page(lawyer, "/staff/intake"), StringComparison.Ordinal);
        Assert.Contains("data-testid=\"no-such-person\"", await Page(lawyer, $"/staff/cases/{number}/person"), StringComparison.Ordinal);
        Assert.Contains("没有登记过", await Page(await _host.SignIn("li"), $"/staff/cases/{number}/person"), StringComparison.Ordinal);
        Assert.Contains("data-testid=\"no-such-person\"", await Page(await _host.SignIn("li"), $"/staff/people/{Guid.NewGuid()}"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_neighbour_calls_for_somebody_and_the_person_is_looked_at_with_a_reason()
    {
        Skip.If(Browser is null, "WUSHE_TEST_BROWSER is not set.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox"] });
        var page = await SignIn(browser, "li");
        await page.GotoAsync(_host.Url + "/staff/intake");
        await Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();

        // What is missing is said at the fields, and what was written stays.
        await page.GetByTestId("name").FillAsync("王秀英");
        await page.GetByTestId("phone").FillAsync("1380000");
        await page.GetByTestId("relation").SelectOptionAsync("Neighbour");
        await page.GetByTestId("send").ClickAsync();
        await Expect(page.GetByTestId("problems")).ToHaveTextAsync("还有 6 处要改，改好再提交。写过的都还在。");
        await Expect(page.GetByTestId("wrong-Phone")).ToContainTextAsync("电话号码不对");
        await Expect(page.GetByTestId("wrong-Consented")).ToContainTextAsync("先问过本人");
        await Expect(page.GetByTestId("name")).ToHaveValueAsync("王秀英");
        await Expect(page.GetByTestId("phone")).ToHaveValueAsync("1380000");
        await Accessibility.HasNoSeriousViolation(page);
        Assert.Equal(375, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Shot(page, "intake-wrong");

        await page.GetByTestId("words").FillAsync("楼道灯坏了三天了，老人看不见");
        await page.GetByTestId("category").SelectOptionAsync("lighting");
        await page.GetByTestId("place").FillAsync("翠湖苑3栋2单元");
        await page.GetByTestId("phone").FillAsync("138 0000 1234");
        await page.GetByTestId("consented").CheckAsync();
        await page.GetByTestId("consent").SelectOptionAsync("Self");
        await page.GetByTestId("picture-input").SetInputFilesAsync(new FilePayload { Name = "信.jpg", MimeType = "image/jpeg", Buffer = [0xFF, 0xD8, 1] });
        await Expect(page.GetByTestId("picture-chosen")).ToBeVisibleAsync();
        await page.GetByTestId("send").DblClickAsync();
        await Expect(page.GetByTestId("receipt-words")).ToContainTextAsync("由网格员 王负责");
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "intake-receipt");
        var number = (await page.GetByTestId("to-case").InnerTextAsync())[^11..];

        // The way back leads to the receipt, not to a second report.
        await page.GotoAsync(_host.Url + "/staff");
        await Expect(page.GetByTestId("case-row")).ToHaveCountAsync(1);
        await Expect(page.Locator($"[data-number='{number}']")).ToContainTextAsync("电话代录");
        await Shot(page, "intake-inbox");
        await page.GoBackAsync();
        await Expect(page.GetByTestId("receipt-words")).ToContainTextAsync(number);

        await page.GotoAsync($"{_host.Url}/staff/cases/{number}");
        await page.GetByTestId("person").ClickAsync();
        await Expect(page.GetByTestId("masked-Name")).ToHaveTextAsync("王*");
        await Expect(page.GetByTestId("masked-Phone")).ToHaveTextAsync("138****1234");
        await Expect(page.GetByTestId("taken")).ToContainTextAsync("电话来的，社工 李 登记；来说的人：邻居；本人在");
        Assert.DoesNotContain("王秀英", await page.ContentAsync(), StringComparison.Ordinal);
        await Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        await page.GetByTestId("show-Phone").ClickAsync();
        await Expect(page.GetByTestId("refusal")).ToContainTextAsync("只有正在办这个人的事的人");
        await Expect(page.GetByTestId("looks")).ToHaveCountAsync(0);

        var worker = await SignIn(browser, "wang");
        await worker.GotoAsync($"{_host.Url}/staff/cases/{number}/person");
        await Expect(worker.Locator("main[data-live=true]")).ToBeVisibleAsync();
        await worker.GetByTestId("show-Phone").ClickAsync();
        await worker.GetByTestId("reveal").ClickAsync();
        await Expect(worker.GetByTestId("refusal")).ToContainTextAsync("请先写为什么要看");
        await worker.GetByTestId("why").FillAsync("回电话说修好了");
        await Accessibility.HasNoSeriousViolation(worker);
        await Shot(worker, "person-why");
        await worker.GetByTestId("reveal").ClickAsync();
        await Expect(worker.GetByTestId("clear-Phone")).ToHaveTextAsync("13800001234");
        await Expect(worker.GetByTestId("masked-Name")).ToHaveTextAsync("王*");

        var lead = await SignIn(browser, "admin");
        await lead.GotoAsync($"{_host.Url}/staff/cases/{number}/person");
        await Expect(lead.GetByTestId("looks")).ToContainTextAsync("网格员 王 看了电话：回电话说修好了");
        await Accessibility.HasNoSeriousViolation(lead);
        Assert.Equal(375, await lead.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Shot(lead, "person-looks");
    }

    private async Task<IPage> SignIn(IBrowser browser, string login)
    {
        // Each in a browser of their own: people do not share a session.
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 375, Height = 1200 }, Locale = "zh-CN" });
        var page = await context.NewPageAsync();
        await page.GotoAsync($"{_host.Url}/staff/link/{await _host.App.Services.GetRequiredService<SignInLinks>().Issue(login, default)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        return page;
    }

    private static async Task<string> Page(ConsoleHost.Visitor visitor, string path) =>
        WebUtility.HtmlDecode(await visitor.Http.GetStringAsync(new Uri(path, UriKind.Relative)));

    private static async Task Shot(IPage page, string name)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = true });
    }
}
