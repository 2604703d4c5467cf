using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.ProblemReports;
using WuShe.Services.Teaching;
using Desk = WuShe.Services.Teaching.Teaching;

namespace WuShe.Bot.Tests.Console;

public sealed class TeachingPageTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(services => services.AddSingleton<Desk>().AddSingleton<Trainings>().AddSingleton<IProblemKinds, Catalogue>());
        await _host.Street();
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
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{_host.Url}/staff/link/{await _host.App.Services.GetRequiredService<SignInLinks>().Issue("li", default)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "没听懂的话" }).First.ClickAsync();
        await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();

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

    private Task Unclear(string words) => _host.Save(db =>
    {
        var now = TimeProvider.System.GetUtcNow();
        db.Add(new UnclearSaying { Id = Guid.CreateVersion7(), Words = words, Same = words, Guess = "report/elevator", FirstAt = now, LastAt = now, Times = 3 });
    });

    private async Task<string> Words(string login) =>
        WebUtility.HtmlDecode(await (await (await _host.SignIn(login)).Get("/staff/teaching")).Content.ReadAsStringAsync());
}
