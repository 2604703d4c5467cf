using WuShe.Bot.Tests.Browser.Fakes;

namespace WuShe.Bot.Tests.Browser;

[Collection(BrowserCollection.Name)]
public sealed class ChatPageTests(BrowserFixture browser)
{
    [SkippableFact]
    public async Task Greets_with_buttons_and_sends_what_is_tapped_and_typed()
    {
        BrowserFixture.Needed();
        await using var bot = await FakeBot.Start();
        await using var chat = await ResidentChat.Open(await browser.NewPerson(), bot.Chat);
        await chat.WaitForBotText("您好");
        await chat.Screenshot("chat-greeting-390");
        await chat.Tap("问题上报");
        await chat.WaitForBotText("收到:问题上报");
        await chat.Say("3栋2单元楼道灯坏了三天了");
        await chat.WaitForBotText("收到:3栋2单元楼道灯坏了三天了");
        await chat.Screenshot("chat-390");
        Assert.Empty(chat.Errors);
    }
}
