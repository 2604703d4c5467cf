using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Teaching;

namespace WuShe.Bot.Tests.Console;

public sealed class TeachingPageTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(services => services.AddSingleton<OrganisationMap>().AddSingleton<IOrganisation, MappedOrganisation>().AddSingleton<IPlaces, MappedPlaces>());
        await _host.Street();
        await _host.Save(db =>
        {
            var centre = new Unit { Id = Guid.NewGuid(), Level = UnitLevel.Centre, Name = "指导中心" };
            foreach (var room in db.Set<Unit>().ToList()) room.ParentId = centre.Id;
            db.Add(centre);
        });
        await _host.Add("li", "社工 李", Role.SocialWorker, CasesOnSqlite.Room);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Without_sentences_the_page_says_so() => Assert.Contains("没有待教的话", await Words("li"));

    [Fact]
    public async Task A_grid_worker_is_told_who_teaches()
    {
        await Unclear("嗦啰不转了");
        var page = await Words("wang");
        Assert.Contains("data-testid=\"not-allowed\"", page);
        Assert.DoesNotContain("嗦啰", page);
    }

    [SkippableFact]
    public async Task A_sentence_is_taught_taken_back_and_taught_for_good()
    {
        var chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
        Skip.If(chromium is null, "WUSHE_TEST_BROWSER is not set.");
        await Unclear("嗦啰不转了");
        await using var opened = await Opened.On(_host, chromium);
        var page = opened.Page;

        await Assertions.Expect(page.GetByTestId("train")).ToBeDisabledAsync();
        await page.GetByTestId("agree").ClickAsync();
        await Assertions.Expect(page.GetByTestId("outcome")).ToContainTextAsync("下次训练时会学到");
        await Assertions.Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await page.GetByTestId("undo").ClickAsync();
        await Assertions.Expect(page.GetByTestId("saying")).ToHaveCountAsync(1);
        await page.GetByTestId("meaning").SelectOptionAsync("report/facilities");
        await Assertions.Expect(page.GetByTestId("empty")).ToBeVisibleAsync();
        await page.GetByTestId("train").ClickAsync();
        await Assertions.Expect(page.GetByTestId("training-busy")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("result")).ToContainTextAsync("等待中");
        if (Environment.GetEnvironmentVariable("WUSHE_SCREENSHOTS") is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Repository.TestResults, "teaching.png") });
    }

    [SkippableFact]
    public async Task Accuracy_before_and_after_and_what_was_refused_stand_in_the_table()
    {
        var chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
        Skip.If(chromium is null, "WUSHE_TEST_BROWSER is not set.");
        await _host.Save(db => db.AddRange(
            Run(TrainingState.Accepted, 1, (0.91, 0.925), (0.72, 0.731), (0.70, 0.703), (0.029, 0.028)),
            Run(TrainingState.Refused, 2, (0.925, 0.917), (0.731, 0.702), (0.703, 0.703), (0.028, 0.031)),
            Run(TrainingState.Failed, 3, (0, 0), (0, 0), (0, 0), (0, 0))));
        await using var opened = await Opened.On(_host, chromium);
        var rows = opened.Page.GetByTestId("trainings").Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        // Newest first. Of a training that broke off nothing was measured.
        await Cells(rows.Nth(0), "社工 李", "3", "", "", "", "", "中断了，请再试一次");
        await Cells(rows.Nth(1), "社工 李", "2", "92.5% → 91.7%", "73.1% → 70.2%", "70.3% → 70.3%", "2.8% → 3.1%", "不如原来的，没有采用");
        await Cells(rows.Nth(2), "社工 李", "1", "91.0% → 92.5%", "72.0% → 73.1%", "70.0% → 70.3%", "2.9% → 2.8%", "已采用");
    }

    [SkippableFact]
    public async Task A_place_that_was_not_found_is_taught_with_one_click()
    {
        var chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
        Skip.If(chromium is null, "WUSHE_TEST_BROWSER is not set.");
        await Lost("歪脖子树旁边");
        await Lost("老井");
        await Unclear("菜鸟驿站门口的井盖不见了嘛嘞");
        await using var opened = await Opened.On(_host, chromium);
        var page = opened.Page;
        await Assertions.Expect(page.GetByTestId("lost-place")).ToHaveCountAsync(3);
        if (Environment.GetEnvironmentVariable("WUSHE_SCREENSHOTS") is not null)
            await page.ScreenshotAsync(new() { Path = Path.Combine(Browser.Repository.TestResults, "lost-places.png"), FullPage = true });

        await page.Locator("[data-name=歪脖子树]").GetByTestId("likely-grid").ClickAsync();
        await Assertions.Expect(page.GetByTestId("place-outcome")).ToContainTextAsync("记住了：「歪脖子树」在翠湖一网格。1 件事转给了负责的网格。");
        await page.Locator("[data-name=老井]").GetByTestId("other-place").SelectOptionAsync(CasesOnSqlite.Grid.ToString());
        await Assertions.Expect(page.GetByTestId("place-outcome")).ToContainTextAsync("「老井」");
        await page.Locator("[data-name=菜鸟驿站]").GetByTestId("likely-grid").ClickAsync();
        await Assertions.Expect(page.GetByTestId("lost-places")).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "地名" }).First.ClickAsync();
        await Assertions.Expect(page.GetByTestId("known")).ToContainTextAsync("菜鸟驿站");
    }

    private async Task Lost(string words) => await _host.App.Services.GetRequiredService<ICases>().Open(
        new NewCase("问题上报", "路灯不亮", "路灯不亮", new Spot(words, null, null, null), 3, []),
        new Resident(new ConversationId("web", "resident")), new IdempotencyKey(Guid.NewGuid().ToString()), default);

    private static TrainedModel Run(
        TrainingState state, int taught, (double, double) intent, (double, double) category, (double, double) danger, (double, double) alarms)
    {
        var at = TimeProvider.System.GetUtcNow().AddMinutes(taught);
        return new TrainedModel
        {
            Id = Guid.CreateVersion7(at),
            State = state,
            AskedBy = "社工 李",
            AskedAt = at,
            Taught = taught,
            IntentBefore = intent.Item1,
            IntentAfter = intent.Item2,
            CategoryBefore = category.Item1,
            CategoryAfter = category.Item2,
            DangerBefore = danger.Item1,
            DangerAfter = danger.Item2,
            AlarmsBefore = alarms.Item1,
            AlarmsAfter = alarms.Item2,
        };
    }

    /// <summary>The cells after the time.</summary>
    private static Task Cells(ILocator row, params string[] words) => Assertions.Expect(row.Locator("td:not(:first-child)")).ToHaveTextAsync(words);

    private Task Unclear(string words) => _host.Save(db =>
    {
        var now = TimeProvider.System.GetUtcNow();
        db.Add(new UnclearSaying { Id = Guid.CreateVersion7(), Words = words, Same = words, Guess = "report/elevator", FirstAt = now, LastAt = now, Times = 3 });
    });

    /// <summary>The page as 李 sees it, live.</summary>
    private sealed class Opened(IPlaywright playwright, IBrowser browser, IPage page) : IAsyncDisposable
    {
        public IPage Page => page;

        public static async Task<Opened> On(ConsoleHost host, string? chromium)
        {
            var playwright = await Playwright.CreateAsync();
            var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
            var page = await browser.NewPageAsync();
            await page.GotoAsync($"{host.Url}/staff/link/{await host.App.Services.GetRequiredService<SignInLinks>().Issue("li", default)}");
            await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
            await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "没听懂的话" }).First.ClickAsync();
            await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
            return new Opened(playwright, browser, page);
        }

        public async ValueTask DisposeAsync()
        {
            await browser.DisposeAsync();
            playwright.Dispose();
        }
    }

    private async Task<string> Words(string login) =>
        WebUtility.HtmlDecode(await (await (await _host.SignIn(login)).Get("/staff/teaching")).Content.ReadAsStringAsync());
}
