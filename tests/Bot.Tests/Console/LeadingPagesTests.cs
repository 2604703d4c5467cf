using System.IO.Compression;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Bot.Console;
using WuShe.Bot.Tests.Browser;
using WuShe.Services.Cases;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using static Microsoft.Playwright.Assertions;

namespace WuShe.Bot.Tests.Console;

/// <summary>A case on its hard way, as its worker and the one who leads live it in two browsers; and the numbers afterwards.</summary>
public sealed class LeadingPagesTests : IAsyncLifetime
{
    private static readonly string? Chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
    private static readonly string? Shots = Environment.GetEnvironmentVariable("WUSHE_TEST_SHOTS");
    private ConsoleHost _host = null!;
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium is null) return;
        _host = await ConsoleHost.Start(services => services.AddSingleton<IDuty, MappedDuty>());
        await _host.Street();
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium, Args = ["--no-sandbox"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (_host is not null) await _host.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_case_goes_through_judging_extension_and_supervision_to_a_confirmed_close()
    {
        Skip.If(Chromium is null, "WUSHE_TEST_BROWSER is not set.");
        var number = await _host.Report("3栋2单元楼道灯坏了");
        var (worker, lead) = (await Person("wang", 1280), await Person("admin", 1280));
        await worker.GotoAsync($"{_host.Url}/staff/cases/{number}");
        await Live(worker);
        await worker.GetByTestId("claim").ClickAsync();
        await Expect(worker.GetByTestId("outcome")).ToContainTextAsync("已接单");

        await Do(worker, "return", "");
        await Expect(worker.GetByTestId("lead-outcome")).ToContainTextAsync("要写明理由");
        await Do(worker, "return", "这是物业的事");
        await Expect(worker.GetByTestId("timeline")).ToContainTextAsync("这是物业的事");

        await lead.GotoAsync($"{_host.Url}/staff?shelf=judging");
        await lead.Locator($"[data-number='{number}']").ClickAsync();
        await Live(lead);
        await lead.GetByTestId("do-judge").ClickAsync();
        await lead.GetByTestId("target-unit").SelectOptionAsync(new SelectOptionValue { Label = "翠湖社区" });
        await lead.GetByTestId("target-person").SelectOptionAsync(new SelectOptionValue { Label = "网格员 王" });
        await lead.GetByTestId("lead-words").FillAsync("灯在楼道里，归网格");
        await lead.GetByTestId("lead-send").ClickAsync();
        await Expect(lead.GetByTestId("lead-outcome")).ToContainTextAsync("已裁定");

        await worker.GetByTestId("claim").ClickAsync();
        await Expect(worker.GetByTestId("outcome")).ToContainTextAsync("已接单");
        await worker.GetByTestId("do-extend").ClickAsync();
        await worker.GetByTestId("days").FillAsync("2");
        await worker.GetByTestId("lead-words").FillAsync("灯管要从外地调");
        await worker.GetByTestId("lead-send").ClickAsync();
        await Expect(worker.GetByTestId("extension-asked")).ToBeVisibleAsync();

        await Expect(lead.GetByTestId("do-allow")).ToBeVisibleAsync();
        await Do(lead, "allow", "");
        await Expect(lead.GetByTestId("extended")).ToBeVisibleAsync();
        await Do(lead, "supervise", "这周一定要亮");
        await Expect(lead.GetByTestId("supervised")).ToBeVisibleAsync();
        await Expect(worker.GetByTestId("supervised")).ToBeVisibleAsync();
        await Shot(lead, "case-led");
        await Accessibility.HasNoSeriousViolation(lead);

        await worker.GetByTestId("write-close").ClickAsync();
        await worker.GetByLabel("办结说明").FillAsync("灯换好了。");
        await worker.GetByTestId("send").ClickAsync();
        await Expect(worker.GetByTestId("case-state").First).ToHaveTextAsync("已办结");
        await _host.App.Services.GetRequiredService<ICases>().Rate(
            number, Satisfaction.Satisfied, "亮了", new(new("web", "resident")), new("rate"), default);
        await Expect(worker.GetByTestId("case-state").First).ToHaveTextAsync("已评价");
        await worker.GetByTestId("print").ClickAsync();
        await Expect(worker.GetByTestId("sheet")).ToContainTextAsync("灯在楼道里，归网格");
        var told = ((OutboxInMemory)_host.App.Services.GetRequiredService<IOutbox>()).Owed;
        Assert.Contains(told, words => words.Contains("要多花几天", StringComparison.Ordinal) && words.Contains("灯管要从外地调", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task A_number_of_the_dashboard_opens_the_cases_behind_it_and_the_sheet()
    {
        Skip.If(Chromium is null, "WUSHE_TEST_BROWSER is not set.");
        var number = await _host.Report("小区北门井盖松动");
        var page = await Person("admin", 375);
        await page.GotoAsync($"{_host.Url}/staff/dashboard");
        await Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await _host.App.Services.GetRequiredService<CountCases>().Run(default);
        await page.ReloadAsync();
        await Expect(page.GetByTestId("chart")).ToHaveAttributeAsync("data-drawn", "true");
        await Expect(page.GetByTestId("number-Opened")).ToHaveTextAsync("1");
        await Shot(page, "dashboard");
        await Accessibility.HasNoSeriousViolation(page);
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page is wider than a phone.");

        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByTestId("export").ClickAsync());
        await using (var sheet = await ZipFile.OpenReadAsync(await download.PathAsync())) Assert.NotNull(sheet.GetEntry("xl/workbook.xml"));

        await page.GetByTestId("number-Opened").ClickAsync();
        await Expect(page.GetByTestId("slice")).ToContainTextAsync("受理");
        await Expect(page.Locator($"[data-number='{number}']")).ToBeVisibleAsync();
    }

    [SkippableFact]
    public async Task Many_cases_are_pressed_at_once_and_the_list_is_kept_under_a_name()
    {
        Skip.If(Chromium is null, "WUSHE_TEST_BROWSER is not set.");
        var (one, two) = (await _host.Report("小区北门井盖松动"), await _host.Report("车库积水"));
        var page = await Person("admin", 375);
        await page.GotoAsync($"{_host.Url}/staff?shelf=open");
        await Live(page);
        await page.GetByTestId("view-save").ClickAsync();
        await page.GetByTestId("view-name").FillAsync("没办完的");
        await page.GetByTestId("view-keep").ClickAsync();
        await Expect(page.GetByTestId("view")).ToHaveTextAsync("没办完的");

        await page.GetByTestId("bulk").ClickAsync();
        await page.GetByTestId($"pick-{one}").CheckAsync();
        await page.GetByTestId($"pick-{two}").CheckAsync();
        await page.GetByTestId("bulk-kind").SelectOptionAsync(nameof(BulkKind.Supervise));
        await page.GetByTestId("bulk-words").FillAsync("本周办完");
        await page.GetByTestId("bulk-try").ClickAsync();
        await Expect(page.GetByTestId("bulk-tried")).ToContainTextAsync("会督办 2 件");
        await Accessibility.HasNoSeriousViolation(page);
        await Shot(page, "bulk");
        Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth"), "The page is wider than a phone.");
        await page.GetByTestId("bulk-do").ClickAsync();
        await Expect(page.GetByTestId("bulk-outcome")).ToContainTextAsync("已督办 2 件");
        await Expect(page.Locator(".state-supervised")).ToHaveCountAsync(2);
    }

    private static async Task Do(IPage page, string step, string words)
    {
        if (await page.GetByTestId("lead-words").CountAsync() == 0 || await page.GetByTestId($"do-{step}").GetAttributeAsync("aria-pressed") != "true")
            await page.GetByTestId($"do-{step}").ClickAsync();
        await page.GetByTestId("lead-words").FillAsync(words);
        await page.GetByTestId("lead-send").ClickAsync();
    }

    private static Task Live(IPage page) => Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();

    private async Task<IPage> Person(string login, int width)
    {
        var page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, Locale = "zh-CN" });
        var link = (await StaffCommand.LinkFor(_host.App.Services, login, default))!;
        await page.GotoAsync(_host.Url + new Uri(link).PathAndQuery);
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        return page;
    }

    private static async Task Shot(IPage page, string name)
    {
        if (Shots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Shots, $"{name}.png"), FullPage = true });
    }
}
