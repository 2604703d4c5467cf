using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.Story;

[Collection(BrowserCollection.Name)]
public sealed class StoryTests(BrowserFixture browser)
{
    private static readonly (string, string) AskSoon = ("Cases:AskForRatingAfter", "00:00:03");

    [SkippableFact]
    public async Task A_report_is_seen_through_in_two_browsers()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start(AskSoon);
        await using var story = new Story(bot, browser);
        foreach (var (name, go) in story.Steps) await Told(name, go);
        Assert.Empty(Twice(await story.Resident.BotTexts()));
    }

    [SkippableFact]
    public async Task Killed_between_every_two_steps_the_story_goes_on()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start(AskSoon);
        await using var story = new Story(bot, browser);
        foreach (var (name, go) in story.Steps)
        {
            await Told(name, go);
            await bot.KillAndRun();
            await story.WorkerReloads();
        }
        // Nothing lost, nothing repeated: the history a fresh page gets is what was said, each once.
        await story.Resident.Reload();
        await story.Resident.Page.GetByText("已重新办理").First.WaitForAsync();
        Assert.Empty(Twice(await story.Resident.BotTexts()));
        Assert.Equal(["3栋2单元楼道灯坏了三天了", "确认提交", "查进度", "不满意", "晚上还是不亮"], (await story.Resident.OwnTexts()).Where(text => text.Length > 0));
    }

    [SkippableFact]
    public async Task A_correction_an_interruption_and_a_danger_in_the_browser()
    {
        BrowserFixture.Needed();
        await using var bot = await RunningBot.Start();
        await using var chat = await browser.NewResident(bot);
        await chat.WaitForBotText("您好");
        await chat.Say("翠湖苑3栋2单元的楼道灯坏了三天了");
        await chat.WaitForBotText("翠湖苑3栋2单元");
        await chat.Say("不是3栋，是5栋");
        await chat.WaitForBotText("位置改成「翠湖苑5栋2单元」了");
        await chat.WaitForBotText("位置：翠湖苑5栋2单元");
        await chat.Say("我上次报的那个电梯弄好没得");
        await chat.WaitForBotText("我们接着来");
        await chat.Tap("确认提交");
        await chat.WaitForBotText("收到了，编号");
        await chat.Say("楼下有人晕倒了");
        await chat.WaitForBotText("120");
        await chat.WaitForBotText("马上联系您");
        await chat.Screenshot("correction");
    }

    private static async Task Told(string step, Func<Task> go)
    {
        try
        {
            await go();
        }
        catch (Exception problem)
        {
            throw new InvalidOperationException($"The story broke where {step}: {problem.Message}", problem);
        }
    }

    private static IEnumerable<string> Twice(IEnumerable<string> said) =>
        said.GroupBy(text => text).Where(same => same.Count() > 1).Select(same => same.Key);
}
