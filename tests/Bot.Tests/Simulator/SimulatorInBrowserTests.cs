using System.Text.RegularExpressions;
using Microsoft.Playwright;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.WeChatStory;

namespace WuShe.Bot.Tests.Simulator;

/// <summary>The simulator as a newcomer meets it: the address that the start printed, a phone, the messages as they are on the line.</summary>
[Collection(BrowserCollection.Name)]
public sealed partial class SimulatorInBrowserTests(BrowserFixture browser)
{
    private const float Patience = 30_000;

    [SkippableFact]
    public async Task A_newcomer_sees_a_report_through_without_an_account()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start();
        var page = await Open(bot);
        var errors = new List<string>();
        page.Console += (_, message) => { if (message.Type == "error") errors.Add(message.Text); };

        await page.Locator("#follow").ClickAsync();
        await Hears(page, "您好");
        await Say(page, "3栋2单元楼道灯坏了三天了");
        await Hears(page, "照片");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "楼道.jpg", MimeType = "image/jpeg", Buffer = Pictures.Stairwell });
        await Hears(page, "照片：1 张");
        await page.WaitForFunctionAsync("() => { const i = document.querySelector('#talk .me img'); return i && i.complete && i.naturalWidth > 0; }", null, new() { Timeout = Patience });
        await Say(page, "1");
        await Hears(page, "收到了，编号");
        var number = CaseNumber().Match(await page.Locator("#talk").InnerTextAsync()).Value;

        // What was said, readable and as it was on the line.
        var push = page.Locator("#line .push", new() { HasText = "<Content><![CDATA[3栋2单元楼道灯坏了三天了" });
        await Assertions.Expect(push).ToContainTextAsync("<MsgType><![CDATA[text]]></MsgType>");
        await Assertions.Expect(push).ToContainTextAsync("/wechat/sim?signature=");
        await Assertions.Expect(push).ToContainTextAsync("<Encrypt><![CDATA[");
        await Assertions.Expect(push).ToContainTextAsync("<MsgSignature>");

        // The confirmation is delivered again: the same answer, and no second case.
        var confirmation = page.Locator("#line .push").Last;
        await confirmation.GetByRole(AriaRole.Button, new() { Name = "再送一次" }).ClickAsync();
        await Assertions.Expect(confirmation).ToContainTextAsync("回答和上次一样", new() { Timeout = Patience });

        await using (var worker = await WorkerPage.SignIn(browser, bot, "wang"))
        {
            await worker.SeesPicture(number);
            await worker.Claim(number);
        }
        await Hears(page, "接单");
        await Assertions.Expect(page.Locator("#line .call").Last).ToContainTextAsync("/cgi-bin/message/custom/send");
        await Assertions.Expect(page.Locator("#line .call").Last).ToContainTextAsync("成功");
        await Accessibility.HasNoSeriousViolation(page);
        await Screenshots.Take(page, "wechat-simulator", forReadme: true);

        await Say(page, "查进度");
        await Hears(page, "开始处理");
        Assert.Equal([number], CaseNumber().Matches(await page.Locator("#talk").InnerTextAsync()).Select(match => match.Value).Distinct());
        Assert.Empty(errors);
    }

    [SkippableFact]
    public async Task Places_voice_menu_and_a_lost_answer_reach_the_bot()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start();
        var page = await Open(bot);

        await page.Locator("#menu button").First.ClickAsync();
        await Hears(page, "请说说是什么问题");
        await page.GetByRole(AriaRole.Button, new() { Name = "语音" }).ClickAsync();
        await page.Locator("#voices input").FillAsync("楼道灯坏了");
        await page.GetByRole(AriaRole.Button, new() { Name = "发送语音" }).ClickAsync();
        await Hears(page, "在什么位置");
        // Its answer is lost on the way; the platform asks again and gets what was lost.
        await page.Locator("#network").SelectOptionAsync("lost-once");
        await page.GetByRole(AriaRole.Button, new() { Name = "位置", Exact = true }).ClickAsync();
        await page.Locator("#places select").SelectOptionAsync(new SelectOptionValue { Label = "翠湖苑3栋" });
        await page.GetByRole(AriaRole.Button, new() { Name = "发送位置" }).ClickAsync();
        await Assertions.Expect(page.Locator("#talk")).ToContainTextAsync("第 1 次送达没有得到回答", new() { Timeout = Patience });
        await Hears(page, "位置：翠湖苑3栋");
        await page.Locator("#network").SelectOptionAsync("");
        await page.Locator("#twice").CheckAsync();
        await Say(page, "确认提交");
        await Hears(page, "收到了，编号");
        await Assertions.Expect(page.Locator("#talk")).ToContainTextAsync("微信又送了一次，回答和上次一样", new() { Timeout = Patience });
        await page.Locator("#twice").UncheckAsync();
        await page.Locator("#video").ClickAsync();
        await Hears(page, "视频");
        await page.Locator("#network").SelectOptionAsync("slow");
        await Say(page, "查进度");
        await Assertions.Expect(page.Locator("#line .push").Last.Locator("summary").First)
            .ToHaveTextAsync(new Regex("^第 1 次送达 · 已回答 · [2-4]\\d{3} 毫秒$"), new() { Timeout = Patience });

        // Everything is still there after a reload; somebody else begins with nothing.
        await page.ReloadAsync();
        await Hears(page, "收到了，编号");
        await page.Locator("#somebody").ClickAsync();
        await Assertions.Expect(page.Locator("#talk li")).ToHaveCountAsync(0);
    }

    private async Task<IPage> Open(RunningBot bot)
    {
        var page = await (await browser.NewPerson(Window.Desktop)).NewPageAsync();
        await page.GotoAsync((await bot.PrintedAddress("/dev/wechat")).AbsoluteUri);
        return page;
    }

    private static async Task Say(IPage page, string words)
    {
        await page.Locator("#say input").FillAsync(words);
        await page.Locator("#say button").ClickAsync();
    }

    private static Task Hears(IPage page, string words) =>
        Assertions.Expect(page.Locator("#talk .bot", new() { HasText = words }).Last).ToBeVisibleAsync(new() { Timeout = Patience });

    [GeneratedRegex(@"\d{6}-\d{4,}")]
    private static partial Regex CaseNumber();
}
