using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Bot.Console;
using WuShe.Bot.Tests.Browser;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using static Microsoft.Playwright.Assertions;

namespace WuShe.Bot.Tests.Console;

/// <summary>The console with script, in the system's Chromium (environment WUSHE_TEST_BROWSER is its path).</summary>
public sealed class ConsoleInBrowserTests : IAsyncLifetime
{
    private static readonly string? Browser = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");

    // Where to leave pictures of the pages for people to look at; nowhere when unset.
    private static readonly string? Shots = Environment.GetEnvironmentVariable("WUSHE_TEST_SHOTS");
    private ConsoleHost _host = null!;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private StaffUser _wang = null!;

    public async Task InitializeAsync()
    {
        if (Browser is null) return;
        _host = await ConsoleHost.Start();
        _wang = await _host.Street();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Browser, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_worker_takes_a_case_writes_a_note_and_closes_it()
    {
        Skip.If(Browser is null, "WUSHE_TEST_BROWSER is not set.");
        var attachments = _host.App.Services.GetRequiredService<IAttachments>();
        var photo = await attachments.Keep(new("web", "resident"), "", await Photo(), await Photo(), default);
        var number = await _host.Report("3栋2单元楼道灯坏了", photo.Id);
        var page = await SignIn("wang");
        await Shot(page, "inbox");

        // A second case appears without a reload.
        var second = await _host.Report("小区北门井盖松动");
        await Expect(page.Locator($"[data-testid=case-row][data-number='{second}']")).ToBeVisibleAsync();
        await Expect(page.Locator($"[data-number='{second}'].fresh")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("bell-count")).ToHaveTextAsync("2");
        await Shot(page, "inbox-fresh");

        await page.Locator($"[data-number='{number}']").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "3栋2单元楼道灯坏了" })).ToBeVisibleAsync();
        await Expect(page.GetByTestId("map")).ToHaveAttributeAsync("data-drawn", "true");
        await Shot(page, "case-new");
        await page.GetByTestId("picture").ClickAsync();
        await Expect(page.GetByTestId("large-picture")).ToBeVisibleAsync();
        await Shot(page, "case-picture");
        await page.GetByRole(AriaRole.Dialog).PressAsync("Escape");
        await Expect(page.GetByTestId("large-picture")).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "接单", Exact = true }).ClickAsync();
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("居民会收到通知");
        await Expect(page.GetByTestId("case-owner")).ToHaveTextAsync("网格员 王");

        await page.GetByRole(AriaRole.Button, new() { Name = "写进展" }).ClickAsync();
        await page.GetByTestId("send").ClickAsync();
        await Expect(page.GetByTestId("note-missing")).ToBeVisibleAsync();
        await page.GetByLabel("进展说明").FillAsync("已联系电工，明天上午来换。");
        await Shot(page, "case-note");
        await page.GetByTestId("send").ClickAsync();
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("明天上午来换");

        await page.GetByRole(AriaRole.Button, new() { Name = "办结" }).ClickAsync();
        await page.GetByLabel("办结说明").FillAsync("灯换好了，声控也调过。");
        await ConsolePictures.Choose(page, new FilePayload { Name = "灯.jpg", MimeType = "image/jpeg", Buffer = await Photo() });
        await page.GetByTestId("picture-input").SetInputFilesAsync(new FilePayload { Name = "x.txt", MimeType = "image/png", Buffer = [1, 2, 3] });
        await Expect(page.GetByTestId("picture-error")).ToContainTextAsync("这不是图片");
        await Expect(page.GetByTestId("picture-chosen")).ToHaveCountAsync(1);
        await Shot(page, "case-close");
        await page.GetByTestId("send").ClickAsync();
        await Expect(page.GetByTestId("case-state").First).ToHaveTextAsync("已办结");
        await Expect(page.GetByTestId("outcome")).ToContainTextAsync("居民会收到通知");
        await Shot(page, "case-closed");

        var told = ((OutboxInMemory)_host.App.Services.GetRequiredService<IOutbox>()).Owed;
        Assert.Contains(told, words => words.Contains("明天上午来换", StringComparison.Ordinal));
        Assert.Contains(told, words => words.Contains("声控也调过", StringComparison.Ordinal));

        await _host.App.Services.GetRequiredService<ICases>().Rate(
            number, Satisfaction.Dissatisfied, "又坏了", new(new("web", "resident")), new("rate"), default);
        await Expect(page.GetByTestId("reopened")).ToBeVisibleAsync();
        await Shot(page, "case-reopened");
        await page.GetByTestId("bell").ClickAsync();
        await Expect(page.GetByTestId("notice").First).ToContainTextAsync("重新办理");
        await Shot(page, "bell");
        await page.GetByTestId("notice").First.ClickAsync();
        await Expect(page.GetByTestId("bell-count")).ToHaveTextAsync("2");
        await Expect(page.GetByTestId("notice").First).ToBeHiddenAsync();

        await page.GetByTestId("account-menu").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "登录工作台" })).ToBeVisibleAsync();
        await Shot(page, "sign-in");
    }

    [SkippableFact]
    public async Task Whoever_is_slower_is_told_who_was_faster()
    {
        Skip.If(Browser is null, "WUSHE_TEST_BROWSER is not set.");
        var number = await _host.Report();
        var admin = await SignIn("admin");
        await admin.GotoAsync($"{_host.Url}/staff/cases/{number}");
        await Expect(admin.GetByTestId("claim")).ToBeVisibleAsync();
        await Expect(admin.Locator("main[data-live=true]")).ToBeVisibleAsync();

        // Claimed behind the page's back: the feed is silent, as when an instance's hint was lost.
        ((FeedInMemory)_host.App.Services.GetRequiredService<IConsoleFeed>()).Silent = true;
        await _host.App.Services.GetRequiredService<CaseWork>().Claim(number, new StaffActor(_wang.Id, _wang.DisplayName, _wang.Role, _wang.UnitId), default);
        await admin.GetByTestId("claim").ClickAsync();
        await Expect(admin.GetByTestId("outcome")).ToHaveAttributeAsync("data-result", "Conflict");
        await Expect(admin.GetByTestId("outcome")).ToContainTextAsync("网格员 王");
        await Expect(admin.GetByTestId("claim")).ToBeHiddenAsync();
        await Shot(admin, "case-conflict");
    }

    [SkippableFact]
    public async Task Two_cases_about_one_thing_are_merged_and_the_merge_is_taken_back()
    {
        Skip.If(Browser is null, "WUSHE_TEST_BROWSER is not set.");
        var first = await _host.Report("3栋2单元楼道灯坏了");
        var second = await _host.Report("楼道灯不亮");
        var page = await SignIn("wang");
        await page.GotoAsync($"{_host.Url}/staff/cases/{second}");
        await Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        await Expect(page.GetByTestId("similar")).ToContainTextAsync(first);
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "case-similar");
        await page.GetByTestId($"merge-into-{first}").ClickAsync();
        await Expect(page.GetByTestId("merge-outcome")).ToContainTextAsync($"已并到 {first}");
        await Expect(page.GetByTestId("case-state").First).ToHaveTextAsync("已并案");
        await Expect(page.GetByTestId("merged-into")).ToContainTextAsync(first);
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "case-merged");
        await page.GetByLabel("理由（可以不写）").FillAsync("是另一盏灯");
        await page.GetByTestId("split").ClickAsync();
        await Expect(page.GetByTestId("case-state").First).ToHaveTextAsync("待接单");
        await Expect(page.GetByTestId("timeline")).ToContainTextAsync("是另一盏灯");
        await Expect(page.GetByTestId("similar")).ToContainTextAsync(first);
    }

    [SkippableFact]
    public async Task Everything_fits_on_a_phone()
    {
        Skip.If(Browser is null, "WUSHE_TEST_BROWSER is not set.");
        var number = await _host.Report("地下车库入口积水，电动车进不来，已经有两位老人滑倒");
        await _host.Report("地下车库入口积水");
        var page = await SignIn("wang", width: 375);
        foreach (var path in (string[])["/staff", $"/staff/cases/{number}", "/staff/account"])
        {
            await page.GotoAsync(_host.Url + path);
            if (path != "/staff/account") await Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
            Assert.Equal(375, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
            await Shot(page, "phone" + path.Replace('/', '-'));
        }
    }

    private async Task<IPage> SignIn(string login, int width = 1280)
    {
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = width < 500 ? 1200 : 1000 }, Locale = "zh-CN" });
        var link = (await StaffCommand.LinkFor(_host.App.Services, login, default))!;
        await page.GotoAsync(_host.Url + new Uri(link).PathAndQuery);
        await Shot(page, "link");
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        await Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        return page;
    }

    private async Task<byte[]> Photo()
    {
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = 400, Height = 300 } });
        await page.SetContentAsync("<body style='margin:0;background:linear-gradient(#25313a,#8a7a55)'><div style='margin:60px auto;width:120px;height:120px;border-radius:60px;background:#d9d3b8'></div>");
        var jpeg = await page.ScreenshotAsync(new() { Type = ScreenshotType.Jpeg });
        await page.CloseAsync();
        return jpeg;
    }

    private static async Task Shot(IPage page, string name)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, name + ".png"), FullPage = false });
    }
}
