using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace WuShe.Bot.Tests.Browser;

/// <summary>The console's group chat in the browsers of two colleagues, one on a phone, against the real service as it starts by default.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class StaffChatTests(BrowserFixture browser)
{
    private const float Patience = 30_000;

    [SkippableFact]
    public async Task A_case_comes_to_both_one_takes_it_and_the_other_sees_it()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start();
        var wang = await SignIn(bot, "wang", Window.Phone);
        var li = await SignIn(bot, "li", Window.Desktop);
        await using var wangs = wang.Context;
        await using var lis = li.Context;
        await Assertions.Expect(li.GetByTestId("empty")).ToBeVisibleAsync();

        // Colleagues talk; what is personal is not shown.
        await Write(li, "3栋的梯子在物业，找13912345678拿。");
        await Assertions.Expect(wang.GetByTestId("post").First).ToContainTextAsync("找＊拿");
        await Write(wang, "好的，我下午过去。");
        await Assertions.Expect(li.GetByTestId("post")).ToHaveCountAsync(2);

        var number = await Report(bot);
        foreach (var page in new[] { wang, li })
        {
            await Assertions.Expect(Card(page, number).GetByTestId("tap")).ToBeVisibleAsync(new() { Timeout = Patience });
            await Assertions.Expect(Card(page, number)).ToBeInViewportAsync();
            await Accessibility.HasNoSeriousViolation(page);
        }

        await Screenshots.Take(li, "staff-chat", forReadme: true);
        await Screenshots.Take(wang, "staff-chat-phone");
        Assert.Equal(390, await wang.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await wang.GetByTestId("words").FillAsync("接 9999");
        await wang.GetByTestId("send").ClickAsync();
        await Assertions.Expect(wang.GetByTestId("answer")).ToContainTextAsync("没有尾号 9999 的在办案件");

        await Card(wang, number).GetByTestId("tap").ClickAsync();
        await Assertions.Expect(wang.GetByTestId("answer")).ToContainTextAsync("已接单");
        foreach (var page in new[] { wang, li })
        {
            await Assertions.Expect(Card(page, number).GetByTestId("done")).ToHaveTextAsync("已由网格员 王接单", new() { Timeout = Patience });
            Assert.True(await page.EvaluateAsync<bool>("window.untouched === true"));
        }

        // By words, and too late: the other hears who has it.
        await Write(li, "接 " + number[^4..]);
        await Assertions.Expect(li.GetByTestId("answer")).ToContainTextAsync("现在由网格员 王办理");
        await Screenshots.Take(li, "staff-chat-late");
        await Accessibility.HasNoSeriousViolation(li);
    }

    private static ILocator Card(IPage page, string number) => page.GetByTestId("thread").Locator($"[data-card='{number}']");

    private async Task<IPage> SignIn(RunningBot bot, string login, Window window)
    {
        var page = await (await browser.NewPerson(window)).NewPageAsync();
        page.SetDefaultTimeout(Patience);
        await page.GotoAsync(await bot.LinkFor(login));
        await page.GetByTestId("enter").ClickAsync();
        await Assertions.Expect(page.GetByTestId("staff-name")).ToBeVisibleAsync();
        await page.GotoAsync(new Uri(bot.Address, "staff/chat").AbsoluteUri);
        await page.Locator("main[data-live=true]").WaitForAsync();
        // Lost when the page is loaded anew.
        await page.EvaluateAsync("window.untouched = true");
        return page;
    }

    private static async Task Write(IPage page, string words)
    {
        await page.GetByTestId("words").FillAsync(words);
        await page.GetByTestId("words").PressAsync("Enter");
        await Assertions.Expect(page.GetByTestId("words")).ToHaveValueAsync("");
    }

    private async Task<string> Report(RunningBot bot)
    {
        await using var resident = await browser.NewResident(bot);
        await resident.WaitForBotText("您好");
        await resident.Say("3栋2单元楼道灯坏了三天了");
        await resident.WaitForBotText("照片");
        await resident.Upload("楼道.jpg", Pictures.Stairwell);
        await resident.WaitForBotText("请您核对");
        await resident.Tap("确认提交");
        return Number().Match(await resident.WaitForBotText("收到了，编号")).Value;
    }

    [GeneratedRegex(@"\d{6}-\d{4,}")]
    private static partial Regex Number();
}
