using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Tests.Console;

public sealed class PlacesPageTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start(services => services.AddSingleton<OrganisationMap>().AddSingleton<IOrganisation, MappedOrganisation>());
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
    public async Task Cases_nobody_could_place_stand_under_their_words()
    {
        foreach (var words in new[] { "歪脖子树旁边", "我在歪脖子树" }) await Lost(words);
        var page = await Words("li");

        Assert.Contains("data-key=\"歪脖子树\"", page);
        Assert.Contains("2 件", page);
        Assert.Contains("翠湖一网格（翠湖社区）", page);
        Assert.Single(System.Text.RegularExpressions.Regex.Matches(page, "data-testid=\"group\""));
    }

    [Fact]
    public async Task A_grid_worker_is_told_who_teaches_places()
    {
        await Lost("歪脖子树");
        var page = await Words("wang");

        Assert.Contains("data-testid=\"not-allowed\"", page);
        Assert.DoesNotContain("歪脖子树", page);
    }

    [Fact]
    public async Task Without_lost_cases_the_page_says_so() => Assert.Contains("所有事都找到了位置", await Words("li"));

    [SkippableFact]
    public async Task Choosing_a_grid_teaches_the_words_and_moves_the_case()
    {
        var chromium = Environment.GetEnvironmentVariable("WUSHE_TEST_BROWSER");
        Skip.If(chromium is null, "WUSHE_TEST_BROWSER is not set.");
        await Lost("歪脖子树旁边");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
        var page = await browser.NewPageAsync();
        await page.GotoAsync($"{_host.Url}/staff/link/{await _host.App.Services.GetRequiredService<SignInLinks>().Issue("li", default)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "进入工作台" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "案件" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "地名" }).First.ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "地名", Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("main[data-live=true]")).ToBeVisibleAsync();
        await page.GetByTestId("choose").ClickAsync();
        await Assertions.Expect(page.GetByTestId("grid-missing")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByTestId("words")).ToHaveValueAsync("歪脖子树");
        await page.GetByTestId("grid").SelectOptionAsync(new SelectOptionValue { Label = "翠湖一网格（翠湖社区）" });
        await page.GetByTestId("choose").ClickAsync();
        await Assertions.Expect(page.GetByTestId("outcome")).ToContainTextAsync("记住了：「歪脖子树」在翠湖一网格。1 件事转给了负责的网格。");
        await Assertions.Expect(page.GetByTestId("group")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByTestId("known")).ToContainTextAsync("社工 李");
        await page.GetByTestId("forget").ClickAsync();
        await Assertions.Expect(page.GetByTestId("known")).ToHaveCountAsync(0);
    }

    private async Task Lost(string words) => await _host.App.Services.GetRequiredService<ICases>().Open(
        new NewCase("问题上报", "路灯不亮", "路灯不亮", new Spot(words, null, null, null), 3, []),
        new Resident(new ConversationId("web", "resident")), new IdempotencyKey(Guid.NewGuid().ToString()), default);

    private async Task<string> Words(string login) =>
        WebUtility.HtmlDecode(await (await (await _host.SignIn(login)).Get("/staff/places")).Content.ReadAsStringAsync());
}
