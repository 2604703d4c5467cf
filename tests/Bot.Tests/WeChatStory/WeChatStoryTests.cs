using WuShe.Bot.Tests.Browser;
using WuShe.Fakes;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>The main job on WeChat: a resident sees a report through, told of each of the worker's steps by customer-service message.</summary>
[Collection(BrowserCollection.Name)]
public sealed class WeChatStoryTests(BrowserFixture browser)
{
    private static readonly (string, string) AskSoon = ("Cases:AskForRatingAfter", "00:00:03");

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_report_is_seen_through(bool killedBetweenSteps)
    {
        BrowserFixture.Needed();
        await using var world = await WeChatWorld.Start(settings: [AskSoon, ("WeChat:Limits:MessagesAfterMessage", killedBetweenSteps ? "10" : "5")]);
        var resident = world.NewPerson();
        var number = "";
        WorkerPage? worker = null;
        (string Name, Func<Task> Go)[] steps =
        [
            ("the resident follows", async () => Says("您好", await resident.Do("subscribe"))),
            ("the resident says what is wrong", async () => Says("照片", await resident.Say("3栋2单元楼道灯坏了三天了"))),
            ("the resident sends a photo", async () => Says("照片：1 张", await resident.SendPhoto(Pictures.Stairwell))),
            ("the resident confirms", async () =>
            {
                var receipt = await resident.Say("1");
                Says("由网格员 王负责", receipt);
                number = WeChatPerson.CaseNumber().Match(receipt).Value;
                // A repetition (see below) spends one of the five messages that the platform allows.
                if (killedBetweenSteps) world.Platform.Spoke(resident.OpenId, allowed: 10);
            }),
            ("the worker signs in and sees the photo", async () =>
            {
                worker = await WorkerPage.SignIn(browser, world.Bot, "wang");
                await worker.SeesPicture(number);
            }),
            ("the worker claims it", () => worker!.Claim(number)),
            ("the resident is told of the claim", () => resident.Gets("接单")),
            ("the worker writes a note", () => worker!.Note(number, "已联系电工，今天下午来换灯。")),
            ("the resident is told of the note", () => resident.Gets("今天下午来换灯")),
            ("the worker closes it with a photo", () => worker!.Close(number, "灯泡已换，请您晚上看看亮不亮。", Pictures.Stairwell)),
            ("the resident is told of the close", () => resident.Gets("灯泡已换")),
            ("the resident is asked", async () => Says("4. 不满意", await resident.Gets("您满意吗"))),
            ("the resident is not satisfied", async () => Says("哪里不对", await resident.Say("4"))),
            ("the resident says why", async () => Says($"已重新办理，编号还是 {number}", await resident.Say("晚上还是不亮"))),
            ("the worker reads it", () => worker!.Sees(number, "timeline", "晚上还是不亮")),
        ];
        try
        {
            foreach (var (name, go) in steps)
            {
                try
                {
                    await go();
                }
                catch (Exception problem)
                {
                    throw new InvalidOperationException($"The story broke where {name}: {problem.Message}", problem);
                }
                if (killedBetweenSteps) await world.Bot.KillAndRun();
            }
            Assert.Equal([number], await resident.Cases());
            // Claim, note, close, its photo, the question: each of them once.
            var received = killedBetweenSteps ? WithoutRepetitionByKill(resident.Received) : resident.Received;
            Assert.Equal(["text", "text", "text", "image", "text"], received.Select(delivery => delivery.Type));
            Assert.Equal([0xFF, 0xD8, 0xFF], received[3].Picture![..3]);
            Assert.All(resident.Received.Where(delivery => delivery.Type == "text"), delivery => Assert.Contains(number, delivery.Text, StringComparison.Ordinal));
        }
        finally
        {
            if (worker is not null) await worker.DisposeAsync();
        }
    }

    /// <summary>
    /// The one repetition that cannot be avoided: a process killed between the platform's yes and its own note of it sends
    /// that message again, and the platform knows no key that would tell the two apart. So a message may come once more,
    /// directly behind itself; a third time, or after something else, is a fault.
    /// </summary>
    private static List<WeChatDelivery> WithoutRepetitionByKill(IReadOnlyList<WeChatDelivery> received)
    {
        var once = new List<WeChatDelivery>();
        for (var i = 0; i < received.Count; i++)
        {
            once.Add(received[i]);
            if (i + 1 < received.Count && (received[i].Type, received[i].Text) == (received[i + 1].Type, received[i + 1].Text)) i++;
        }
        return once;
    }

    private static void Says(string words, string answer) => Assert.Contains(words, answer, StringComparison.Ordinal);
}
