using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Organisation;
using static Microsoft.Playwright.Assertions;

namespace WuShe.Bot.Tests.Console;

/// <summary>A station of two rooms with its lead 孙; in 翠湖 works 王, who has the grid, and 赵.</summary>
public sealed class OrganisationPagesTests : IAsyncLifetime
{
    private static readonly string? Chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
    private static readonly string? Shots = Environment.GetEnvironmentVariable("WUSHE_TEST_SHOTS");
    private readonly Unit _station = new() { Id = Guid.NewGuid(), Level = UnitLevel.Station, Name = "东街社工站", Code = "S" };
    private ConsoleHost _host = null!;
    private StaffUser _wang = null!;
    private StaffUser _zhao = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(services => services.AddSingleton<OrganisationMap>().AddSingleton<IOrganisation, MappedOrganisation>()
            .AddSingleton<IDuty, MappedDuty>().AddSingleton<IStaffLeaving, GridsOfLeavers>());
        _wang = await _host.Street();
        await _host.Save(db =>
        {
            foreach (var room in db.Set<Unit>().ToList()) room.ParentId = _station.Id;
            db.Add(_station);
        });
        _zhao = await _host.Add("zhao", "网格员 赵", Role.Grid, CasesOnSqlite.Room);
        await _host.Add("sun", "站长 孙", Role.StationLead, _station.Id);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Whoever_manages_nothing_sees_themselves_alone()
    {
        var wang = await _host.SignIn("wang");
        Assert.Contains("data-testid=\"not-allowed\"", await Words(wang, "/staff/organisation"));
        Assert.Contains("data-testid=\"not-allowed\"", await Words(wang, "/staff/organisation/import"));
        Assert.Contains("data-testid=\"no-unit\"", await Words(wang, $"/staff/organisation/{CasesOnSqlite.Room}"));
        Assert.Contains("data-testid=\"no-person\"", await Words(wang, $"/staff/organisation/people/{_zhao.Id}"));
        var own = await Words(wang, $"/staff/organisation/people/{_wang.Id}");
        Assert.Contains("data-testid=\"take-leave\"", own);
        Assert.DoesNotContain("data-testid=\"leaving\"", own);
        Assert.DoesNotContain("data-testid=\"edit-person\"", own);
    }

    [Fact]
    public async Task A_lead_sees_the_own_station_with_counts()
    {
        var page = await Words(await _host.SignIn("sun"), "/staff/organisation");
        Assert.Contains("东街社工站", page);
        Assert.Contains("社工站，2 个下级单位，5 人，1 个网格", page);
        var room = await Words(await _host.SignIn("sun"), $"/staff/organisation/{CasesOnSqlite.Room}");
        Assert.Contains("网格员 王", room);
        Assert.Contains("翠湖一网格", room);
    }

    [Fact]
    public async Task The_template_is_for_staff_and_can_be_read()
    {
        var file = await (await _host.SignIn("sun")).Http.GetByteArrayAsync("/staff/organisation/template.xlsx");
        Assert.Equal((null, 8), (SheetReader.Read(file).Refusal, SheetReader.Read(file).Count));
        using var stranger = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(_host.Url) };
        Assert.Equal(HttpStatusCode.Redirect, (await stranger.GetAsync("/staff/organisation/template.xlsx")).StatusCode);
    }

    [SkippableFact]
    public async Task A_sheet_is_tried_mended_confirmed_and_then_changes_nothing()
    {
        Skip.If(Chromium is null, "WUSHE_TEST_BROWSER is not set.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await SignIn(browser, "sun", "/staff/organisation/import", "从表格导入");
        await Accessibility.HasNoSeriousViolation(page);

        await Upload(page, "名称,级别,上级\n红岩社区,社工室,没有这个站\n青山社区,社工室,东街社工站\n");
        await Expect(page.GetByTestId("wrong")).ToContainTextAsync("有 1 行要改");
        await Expect(page.GetByTestId("lines")).ToContainTextAsync("单位第 2 行");
        await Expect(page.GetByTestId("lines")).ToContainTextAsync("没有编号或者名称是“没有这个站”的单位");
        await Expect(page.GetByTestId("confirm")).ToHaveCountAsync(0);
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "import-wrong");

        await Upload(page, "名称,级别,上级\n红岩社区,社工室,东街社工站\n");
        await Expect(page.GetByTestId("counts")).ToContainTextAsync("新增 1，修改 0");
        Assert.False(await Exists("红岩社区"));
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "import-right");
        await page.GetByTestId("confirm").ClickAsync();
        await Expect(page.GetByTestId("imported")).ToContainTextAsync("新增 1");
        Assert.True(await Exists("红岩社区"));

        await Upload(page, "名称,级别,上级\n红岩社区,社工室,东街社工站\n");
        await Expect(page.GetByTestId("nothing")).ToBeVisibleAsync();
        await page.GotoAsync(_host.Url + "/staff/organisation");
        await Expect(page.GetByTestId("tree")).ToContainTextAsync("红岩社区");
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "organisation");
    }

    [SkippableFact]
    public async Task Leave_is_taken_with_a_substitute_and_taken_back()
    {
        Skip.If(Chromium is null, "WUSHE_TEST_BROWSER is not set.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await SignIn(browser, "wang", $"/staff/organisation/people/{_wang.Id}", "网格员 王", phone: true);
        await Expect(page.GetByTestId("no-leave")).ToBeVisibleAsync();
        await page.GetByTestId("leave-substitute").SelectOptionAsync(new SelectOptionValue { Label = "网格员 赵" });
        await page.GetByTestId("leave-last").FillAsync("2020-01-01");
        await page.GetByTestId("take-leave").ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("结束日期要在开始日期之后");

        await page.GetByTestId("leave-last").FillAsync(await page.GetByTestId("leave-first").InputValueAsync());
        await page.GetByTestId("take-leave").ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("由网格员 赵代班");
        await Expect(page.GetByTestId("leaves")).ToContainTextAsync("代班：网格员 赵");
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "leave-phone");
        await page.GetByTestId("cancel-leave").ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("请假已取消");
        await Expect(page.GetByTestId("no-leave")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task A_departure_says_what_goes_to_whom_and_is_confirmed()
    {
        Skip.If(Chromium is null, "WUSHE_TEST_BROWSER is not set.");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
        var page = await SignIn(browser, "sun", $"/staff/organisation/{CasesOnSqlite.Room}", "翠湖社区");
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "unit");
        await page.GetByTestId("people").GetByRole(AriaRole.Link, new() { Name = "网格员 王" }).ClickAsync();
        await page.GetByTestId("leaving").ClickAsync();
        await Expect(page.GetByTestId("handed")).ToContainTextAsync("1 个网格（翠湖一网格） → 社区值班");
        await page.GetByTestId("successor").SelectOptionAsync(new SelectOptionValue { Label = "网格员 赵" });
        await Expect(page.GetByTestId("handed")).ToContainTextAsync("1 个网格（翠湖一网格） → 网格员 赵");
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "departure");
        await page.GetByTestId("confirm-leaving").ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("账号已停用");
        await Expect(page.GetByTestId("left")).ToBeVisibleAsync();
        await using var db = await Database();
        Assert.Equal(_zhao.Id, (await db.Set<Grid>().AsNoTracking().SingleAsync()).WorkerId);
        Assert.Null(await _host.App.Services.GetRequiredService<SignInLinks>().Issue("wang", default));
    }

    private async Task<IPage> SignIn(IBrowser browser, string login, string path, string title, bool phone = false)
    {
        var page = await browser.NewPageAsync(new() { ViewportSize = phone ? new() { Width = 390, Height = 1100 } : new() { Width = 1280, Height = 1000 }, Locale = "zh-CN", TimezoneId = "Asia/Shanghai" });
        await page.GotoAsync($"{_host.Url}/staff/link/{await _host.App.Services.GetRequiredService<SignInLinks>().Issue(login, default)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        await page.GotoAsync(_host.Url + path);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = title, Exact = true })).ToBeVisibleAsync();
        await Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        return page;
    }

    private static Task Upload(IPage page, string csv) =>
        page.GetByTestId("sheet").SetInputFilesAsync(new FilePayload { Name = "单位.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

    private async Task<bool> Exists(string name)
    {
        await using var db = await Database();
        return await db.Set<Unit>().AnyAsync(unit => unit.Name == name);
    }

    private Task<CommunityDb> Database() => _host.App.Services.GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContextAsync();

    private static async Task<string> Words(ConsoleHost.Visitor visitor, string path) =>
        WebUtility.HtmlDecode(await (await visitor.Get(path)).Content.ReadAsStringAsync());

    private static async Task Shot(IPage page, string name)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = true });
    }
}
