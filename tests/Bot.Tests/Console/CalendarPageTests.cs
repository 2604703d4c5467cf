using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.WorkingTime;

namespace WuShe.Bot.Tests.Console;

public sealed class CalendarPageTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(services => services
            // The calendar's clock alone: the sign-in goes by the browser's.
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<HolidayImports>(provider, new November()))
            .AddSingleton(provider => ActivatorUtilities.CreateInstance<DueTrial>(provider, new November()))
            .AddSingleton<OrganisationMap>().AddSingleton<IOrganisation, MappedOrganisation>()
            .AddSingleton<WorkingCalendar>().AddSingleton<WorkingTimeMap>().AddSingleton<WorkingHours>());
        await _host.Street();
        await _host.Save(db =>
        {
            var centre = new Unit { Id = Guid.NewGuid(), Level = UnitLevel.Centre, Name = "指导中心" };
            foreach (var room in db.Set<Unit>().ToList()) room.ParentId = centre.Id;
            db.Add(centre);
        });
        await _host.Add("sun", "站长 孙", Role.StationLead, CasesOnSqlite.Room);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Days_off_and_make_up_days_say_so_in_words()
    {
        var page = await Words("wang", "/staff/calendar");
        Assert.Contains("2026 年", page);
        Assert.Contains("放假，国庆节", page);
        Assert.Contains("上班，国庆节调休", page);
        Assert.Contains("系统自带", page);
        Assert.Contains("2027 年的放假安排还没有导入", page);
        Assert.Contains("还没有导入，只按周末算", await Words("wang", "/staff/calendar?year=2027"));
    }

    [Fact]
    public async Task Everybody_sees_the_calendar_but_only_who_may_sees_what_changes_it()
    {
        var worker = await Words("wang", "/staff/calendar");
        Assert.DoesNotContain("导入一年的放假安排", worker);
        Assert.DoesNotContain("各单位的上班时间", worker);
        var lead = await Words("sun", "/staff/calendar");
        Assert.DoesNotContain("导入一年的放假安排", lead);
        Assert.Contains("data-unit=\"翠湖社区\"", lead);
        Assert.DoesNotContain("data-unit=\"青山社区\"", lead);
    }

    [SkippableFact]
    public async Task A_year_is_imported_after_a_look_at_what_changes()
    {
        await using var opened = await Open("admin");
        var page = opened.Page;
        await Assertions.Expect(page.GetByTestId("missing")).ToContainTextAsync("2027 年的放假安排还没有导入");
        await page.GetByTestId("trial-days").FillAsync("3");
        await page.GetByTestId("trial").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-answer")).ToHaveTextAsync("从现在起 3 个工作日是 12月2日（周三），到 18:00 为止。");

        await Choose(page, NoticeOf2027.Replace("2027-10-07", "2028-10-07", StringComparison.Ordinal));
        await Assertions.Expect(page.GetByTestId("import-faults")).ToContainTextAsync("第 18 条：2028年10月7日不在 2027 年。");
        await Assertions.Expect(page.GetByTestId("import-confirm")).ToHaveCountAsync(0);

        await Choose(page, NoticeOf2027);
        await Assertions.Expect(page.GetByTestId("import-days")).ToContainTextAsync("1月1日（周五）");
        await Assertions.Expect(page.GetByTestId("import-due-years")).ToContainTextAsync("2027 年 的期限会变");
        await Browser.Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "calendar-import.png");
        await page.GetByTestId("import-confirm").ClickAsync();
        await Assertions.Expect(page.GetByTestId("import-outcome")).ToContainTextAsync("2027 年的放假安排导入好了");
        await Assertions.Expect(page.GetByTestId("missing")).ToHaveCountAsync(0);
        await page.GetByTestId("next-year").ClickAsync();
        await Assertions.Expect(page.GetByTestId("year")).ToHaveAttributeAsync("data-year", "2027");
        await Assertions.Expect(page.Locator("[data-day='2027-02-05']")).ToContainTextAsync("放假，春节");
        await Assertions.Expect(page.GetByTestId("source")).ToContainTextAsync("管理员");
    }

    [SkippableFact]
    public async Task A_lead_changes_the_hours_of_the_own_unit()
    {
        await using var opened = await Open("sun");
        var page = opened.Page;
        var unit = page.Locator("[data-unit=翠湖社区]");
        await Assertions.Expect(unit.GetByTestId("hours-now")).ToHaveTextAsync("09:00 到 12:00，14:00 到 18:00（系统设置的）");
        await unit.GetByTestId("hours-edit").ClickAsync();
        await unit.GetByTestId("hours-from").Nth(1).FillAsync("11:30");
        await unit.GetByTestId("hours-save").ClickAsync();
        await Assertions.Expect(page.GetByTestId("hours-outcome")).ToHaveTextAsync("第 2 行：和上面一行重叠了，要从 12:00 以后开始。");
        await unit.GetByTestId("hours-from").Nth(1).FillAsync("13:30");
        await unit.GetByTestId("hours-to").Nth(1).FillAsync("17:30");
        await Browser.Accessibility.HasNoSeriousViolation(page);
        await unit.GetByTestId("hours-save").ClickAsync();
        await Assertions.Expect(unit.GetByTestId("hours-now")).ToHaveTextAsync("09:00 到 12:00，13:30 到 17:30（自己的）");
        await page.GetByTestId("trial").ClickAsync();
        await Assertions.Expect(page.GetByTestId("trial-answer")).ToContainTextAsync("到 17:30 为止");
        await page.SetViewportSizeAsync(390, 844);
        await Shot(page, "calendar-phone.png");
        await page.ReloadAsync();
        await Assertions.Expect(unit.GetByTestId("hours-now")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the phone");

        await unit.GetByTestId("hours-edit").ClickAsync();
        await unit.GetByTestId("hours-inherit").ClickAsync();
        await Assertions.Expect(unit.GetByTestId("hours-now")).ToContainTextAsync("系统设置的");
    }

    private const string NoticeOf2027 = """
        {"year": 2027, "papers": ["https://www.gov.cn/2027"], "days": [
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {"name": "春节", "date": "2027-01-31", "isOffDay": false},
        {"name": "春节", "date": "2027-02-05", "isOffDay": true}, {"name": "春节", "date": "2027-02-06", "isOffDay": true},
        {"name": "春节", "date": "2027-02-07", "isOffDay": true}, {"name": "春节", "date": "2027-02-08", "isOffDay": true},
        {"name": "春节", "date": "2027-02-09", "isOffDay": true}, {"name": "春节", "date": "2027-02-10", "isOffDay": true},
        {"name": "春节", "date": "2027-02-11", "isOffDay": true}, {"name": "春节", "date": "2027-02-20", "isOffDay": false},
        {"name": "劳动节", "date": "2027-05-01", "isOffDay": true}, {"name": "国庆节", "date": "2027-10-01", "isOffDay": true},
        {"name": "国庆节", "date": "2027-10-02", "isOffDay": true}, {"name": "国庆节", "date": "2027-10-03", "isOffDay": true},
        {"name": "国庆节", "date": "2027-10-04", "isOffDay": true}, {"name": "国庆节", "date": "2027-10-05", "isOffDay": true},
        {"name": "国庆节", "date": "2027-10-06", "isOffDay": true}, {"name": "国庆节", "date": "2027-10-07", "isOffDay": true}]}
        """;

    private static Task Choose(IPage page, string file) => page.GetByTestId("import-file").SetInputFilesAsync(
        new FilePayload { Name = "2027.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(file) });

    private static async Task Shot(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("WUSHE_SCREENSHOTS") is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Repository.TestResults, name), FullPage = true });
    }

    private async Task<string> Words(string login, string path) =>
        WebUtility.HtmlDecode(await (await (await _host.SignIn(login)).Get(path)).Content.ReadAsStringAsync());

    private async Task<Opened> Open(string login)
    {
        var chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
        Skip.If(chromium is null, "WUSHE_TEST_BROWSER is not set.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{_host.Url}/staff/link/{await _host.App.Services.GetRequiredService<SignInLinks>().Issue(login, default)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        await page.GotoAsync($"{_host.Url}/staff/calendar");
        await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        return new Opened(playwright, browser, page);
    }

    private sealed record Opened(IPlaywright Playwright, IBrowser Browser, IPage Page) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Browser.DisposeAsync();
            Playwright.Dispose();
        }
    }

    /// <summary>Friday, 27 November 2026, ten in the morning in Beijing; timers are real.</summary>
    private sealed class November : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 11, 27, 2, 0, 0, TimeSpan.Zero);
    }
}
