using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.Pages;

/// <summary>From the web chat to a resident's own pages, in a real browser.</summary>
[Collection(BrowserCollection.Name)]
public sealed class MyPagesInBrowserTests(BrowserFixture browser)
{
    [SkippableFact]
    public async Task The_chat_leads_to_ones_own_cases_and_a_link_to_a_case_is_recognised()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start();
        await using var chat = await browser.NewResident(bot, Window.SmallPhone);
        await chat.WaitForBotText("您好");
        await chat.Say("3栋2单元楼道灯坏了三天了");
        await chat.WaitForBotText("照片");
        await chat.Upload("楼道.jpg", Pictures.Stairwell);
        await chat.WaitForBotText("照片：1 张");
        await chat.Tap("确认提交");
        var number = (await chat.WaitForBotText("编号"))["收到了，编号 ".Length..][..11];

        await chat.Page.GetByRole(AriaRole.Link, new() { Name = "我的事" }).ClickAsync();
        await chat.Page.WaitForURLAsync("**/my");
        await Fits(chat.Page, "my-320");
        await chat.Page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await Assertions.Expect(chat.Page.Locator(".story")).ToContainTextAsync("您反映了这件事，我们收到了。");
        await chat.Page.WaitForFunctionAsync("() => [...document.images].filter(i => i.alt).every(i => i.complete && i.naturalWidth > 0)");
        await Fits(chat.Page, "my-case-320");
        Assert.Empty(chat.Errors);

        // Hours later the cookie is gone, the chat's token is not.
        await chat.Context.ClearCookiesAsync();
        await chat.Page.GotoAsync(new Uri(bot.Address, "my/cases/" + number).AbsoluteUri);
        await Assertions.Expect(chat.Page.Locator(".story")).ToContainTextAsync("您反映了这件事，我们收到了。");

        await using var stranger = await browser.NewPerson(Window.SmallPhone);
        var page = await stranger.NewPageAsync();
        await page.GotoAsync(new Uri(bot.Address, "my/cases/" + number).AbsoluteUri);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("请从聊天里打开");
        await Fits(page, "my-stranger-320");
    }

    private static async Task Fits(IPage page, string name)
    {
        await Screenshots.Take(page, name, wholePage: true);
        Assert.Equal(320, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Accessibility.HasNoSeriousViolation(page);
    }
}
