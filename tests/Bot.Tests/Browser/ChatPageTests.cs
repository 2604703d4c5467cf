using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser.Fakes;

namespace WuShe.Bot.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ChatPageTests(BrowserFixture browser)
{
    [SkippableFact]
    public async Task Greets_with_buttons_and_sends_what_is_tapped_and_typed()
    {
        await using var bot = await FakeBot();
        await using var chat = await Open(bot);
        await chat.WaitForBotText("您好");
        await chat.Tap("问题上报");
        await chat.WaitForBotText("收到：问题上报");
        await chat.Say("3栋2单元楼道灯坏了三天了");
        await chat.WaitForBotText("收到：3栋2单元楼道灯坏了三天了");
        Assert.Equal(["问题上报", "3栋2单元楼道灯坏了三天了"], await chat.OwnTexts());
        Assert.Empty(chat.Errors);
    }

    [SkippableFact]
    public async Task A_picture_is_sent_when_picked_and_shown_as_a_picture()
    {
        await using var bot = await FakeBot();
        await using var chat = await Open(bot);
        await chat.WaitForBotText("您好");
        await chat.Upload("楼道.jpg", Pictures.Stairwell);
        await chat.WaitForBotText("收到：");
        await chat.WaitForPictures(1);
        await chat.Screenshot("chat-picture-390");
        Assert.Empty(chat.Errors);
    }

    [SkippableFact]
    public async Task A_place_is_sent_with_its_datum()
    {
        await using var bot = await FakeBot();
        await using var chat = await Open(bot);
        await chat.WaitForBotText("您好");
        await chat.SendPlace(30.25, 120.125);
        await chat.WaitForBotText("收到：[位置]");
        var place = bot.Line.Sent.Single()["channelData"]!["location"]!;
        Assert.Equal(30.25, (double)place["latitude"]!, 5);
        Assert.Equal(120.125, (double)place["longitude"]!, 5);
        Assert.Equal("wgs84", (string?)place["datum"]);
        Assert.Contains("误差约20米", (string?)place["label"], StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task Reloading_and_closing_the_tab_keep_the_conversation()
    {
        await using var bot = await FakeBot();
        await using var chat = await Open(bot);
        await chat.WaitForBotText("您好");
        await chat.Say("路灯坏了");
        await chat.WaitForBotText("收到：路灯坏了");
        await chat.Reload();
        await chat.Say("还在吗");
        await chat.WaitForBotText("收到：还在吗");
        await chat.Reopen();
        await chat.Say("第三次");
        await chat.WaitForBotText("收到：第三次");
        Assert.Equal(["路灯坏了", "还在吗", "第三次"], await chat.OwnTexts());
    }

    [SkippableFact]
    public async Task Another_browser_is_another_resident()
    {
        await using var bot = await FakeBot();
        await using var first = await Open(bot);
        await first.WaitForBotText("您好");
        await first.Say("我的事");
        await first.WaitForBotText("收到：我的事");
        await using var second = await Open(bot);
        await second.WaitForBotText("您好");
        Assert.Empty(await second.OwnTexts());
    }

    [SkippableFact]
    public async Task A_topic_of_the_start_page_is_said_once_and_only_if_the_menu_has_it()
    {
        await using var bot = await FakeBot();
        await using var chat = await ResidentChat.Open(await browser.NewPerson(), bot.Root);
        await chat.Page.GetByRole(AriaRole.Link, new() { Name = "查进度" }).ClickAsync();
        await chat.WaitForBotText("收到：查进度");
        Assert.EndsWith("/chat", chat.Page.Url, StringComparison.Ordinal);
        await chat.Page.GotoAsync(bot.Chat + "?topic=转账");
        await chat.Say("完");
        await chat.WaitForBotText("收到：完");
        Assert.Equal(["查进度", "完"], await chat.OwnTexts());
    }

    [SkippableFact]
    public async Task A_lost_line_and_an_expired_token_are_mended_with_a_new_token()
    {
        await using var bot = await FakeBot();
        await using var chat = await Open(bot);
        await chat.WaitForBotText("您好");
        bot.Line.Expired = true;
        await chat.Say("你好");
        // Within half a minute of the last try the page asks first.
        var again = chat.Page.GetByRole(AriaRole.Button, new() { Name = "重新连接" });
        await again.WaitForAsync();
        await chat.Screenshot("chat-reconnect-390");
        bot.Line.Expired = false;
        await again.ClickAsync();
        await chat.WaitForSendBox("你好");
        await chat.Say("回来了");
        await chat.WaitForBotText("收到：回来了");
        Assert.Equal(2, bot.Tokens);
        Assert.False(await again.IsVisibleAsync());
        await bot.Line.Push("有新进展");
        await chat.WaitForBotText("有新进展");
    }

    [SkippableFact]
    public async Task A_cut_stream_mends_itself_and_a_forgotten_conversation_is_started_again()
    {
        await using var bot = await FakeBot();
        await using var chat = await Open(bot);
        await chat.WaitForBotText("您好");
        await bot.Line.Cut();
        await bot.Line.Push("有新进展");
        await chat.WaitForBotText("有新进展");
        bot.Line.Forget();
        await bot.Line.Cut();
        // Sooner than half a minute after the page was opened it asks, later it starts again by itself.
        await chat.Page.WaitForFunctionAsync(
            """
            () => {
              const bar = document.getElementById('bar');
              if (!bar.hidden) bar.querySelector('button').click();
              return !document.getElementById('chat').innerText.includes('有新进展');
            }
            """,
            null, new() { Timeout = 45_000 });
        await chat.Say("还在吗");
        await chat.Page.GetByText("收到：还在吗").First.WaitForAsync();
    }

    [SkippableFact]
    public async Task A_service_that_is_down_is_said_so_and_tried_again()
    {
        await using var bot = await FakeBot();
        bot.Down = true;
        await using var chat = await Open(bot);
        await chat.Page.GetByText("连不上社区服务").WaitForAsync();
        bot.Down = false;
        await chat.Page.GetByRole(AriaRole.Button, new() { Name = "重新连接" }).ClickAsync();
        await chat.WaitForBotText("您好");
    }

    [SkippableTheory]
    [InlineData(320, 568, true)]
    [InlineData(390, 844, true)]
    [InlineData(1280, 800, false)]
    public async Task Fits_the_window_and_passes_axe(int width, int height, bool touch)
    {
        await using var bot = await FakeBot();
        await using var chat = await ResidentChat.Open(await browser.NewPerson(new(width, height, touch)), bot.Chat);
        await chat.WaitForBotText("您好");
        await chat.Page.Locator(".webchat__connectivityStatus").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        await chat.Screenshot($"chat-greeting-{width}");
        Assert.Equal(width, await chat.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Accessibility.HasNoSeriousViolation(chat.Page);
        await chat.Say("3栋2单元楼道灯坏了三天了 晚上看不见路 老人上下楼不安全");
        await chat.WaitForBotText("收到：3栋");
        await chat.Screenshot($"chat-{width}");
        await Accessibility.HasNoSeriousViolation(chat.Page);
    }

    [SkippableFact]
    public async Task Without_JavaScript_it_says_what_to_do()
    {
        await using var bot = await FakeBot();
        await using var person = await browser.NewPerson(script: false);
        var page = await person.NewPageAsync();
        await page.GotoAsync(bot.Chat.AbsoluteUri);
        await page.Locator("noscript p").WaitForAsync();
        Assert.False(await page.Locator("#wait").IsVisibleAsync());
    }

    private static Task<FakeBot> FakeBot()
    {
        BrowserFixture.Needed();
        return Fakes.FakeBot.Start();
    }

    private async Task<ResidentChat> Open(FakeBot bot) => await ResidentChat.Open(await browser.NewPerson(), bot.Chat);
}
