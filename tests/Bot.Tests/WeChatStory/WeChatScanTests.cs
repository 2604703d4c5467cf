using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>Printed codes: from the console's sheet to a report whose place nobody had to say.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WeChatScanTests(BrowserFixture browser)
{
    /// <summary>The sample street's 翠湖苑3栋.</summary>
    private const string Entrance = "entrance:000000660de370008000000000000000";

    [Theory]
    [InlineData("SCAN", "")]
    [InlineData("subscribe", "qrscene_")]
    public async Task Scanning_an_entrance_opens_a_report_there(string happening, string prefix)
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        Assert.Contains("您在翠湖苑3栋。请说说是什么问题", await resident.Do(happening, prefix + Entrance), StringComparison.Ordinal);
        await resident.Say("楼道灯坏了三天了");
        var summary = await resident.Say("没有照片");
        Assert.Contains("位置：翠湖苑3栋", summary, StringComparison.Ordinal);
        Assert.Contains("由网格员 王负责", await resident.Say("确认提交"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_of_another_numbering_greets()
    {
        await using var world = await WeChatWorld.Start();
        Assert.Contains("您好", await world.NewPerson().Do("subscribe", "qrscene_77"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_sheet_is_made_in_the_console_and_its_codes_are_scanned()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start();
        var context = await browser.NewPerson(Window.Desktop);
        var page = await context.NewPageAsync();
        await page.GotoAsync(await bot.LinkFor("li"));
        await page.GetByTestId("enter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("staff-name")).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(bot.Address, "staff/places/codes").AbsoluteUri);
        await page.Locator("main[data-live=true]").WaitForAsync();
        await page.GetByTestId("grid").SelectOptionAsync(new SelectOptionValue { Index = 0 });
        await page.GetByTestId("make").ClickAsync();
        var code = page.GetByTestId("code").Filter(new() { HasText = "翠湖苑3栋" });
        await Assertions.Expect(code.Locator("svg")).ToBeVisibleAsync();
        await Accessibility.HasNoSeriousViolation(page);
        await Screenshots.Take(page, "console-codes");

        var phone = await context.RunAndWaitForPageAsync(() => code.Locator("a").ClickAsync());
        var said = phone.Locator("#talk .bot", new() { HasText = "您在翠湖苑3栋。请说说是什么问题" });
        await Assertions.Expect(said).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await Assertions.Expect(phone.Locator("#line .push").First).ToContainTextAsync($"qrscene_{Entrance}");
    }
}
