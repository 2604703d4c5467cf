namespace WuShe.Bot.Tests.WeChatStory;

/// <summary>The platform sends again what was not answered in time; nothing may happen twice or be answered otherwise.</summary>
public sealed class WeChatRedeliveryTests
{
    [Fact]
    public async Task A_push_sent_again_gets_the_identical_answer_and_acts_once()
    {
        await using var world = await WeChatWorld.Start();
        var resident = world.NewPerson();
        foreach (var words in new[] { "3栋2单元楼道灯坏了三天了", "没有照片" })
        {
            var first = await resident.Say(words);
            Assert.Equal(first, await resident.Again());
        }
        // The one that opens the case: twice more while the first is still running, once after it.
        var confirmed = resident.Say("确认提交");
        var answers = await Task.WhenAll(confirmed, resident.Again(), resident.Again());
        Assert.Contains("收到了，编号", answers[0], StringComparison.Ordinal);
        Assert.Single(answers.Distinct());
        Assert.Equal(answers[0], await resident.Again());
        var last = resident.Last;
        Assert.Single(await resident.Cases());

        await world.Bot.KillAndRun();
        Assert.Equal(answers[0], await resident.Post(last));
        Assert.Single(await resident.Cases());
        Assert.Empty(resident.Received);
    }

    [Fact]
    public async Task A_push_that_was_cut_off_by_a_kill_is_acted_on_once()
    {
        await using var world = await WeChatWorld.Start();
        foreach (var wait in new[] { 0, 5, 20 })
        {
            var resident = world.NewPerson();
            await resident.Say("3栋2单元楼道灯坏了三天了");
            await resident.Say("没有照片");
            var cut = resident.Say("确认提交");
            await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System);
            await world.Bot.Kill();
            try
            {
                await cut;
            }
            catch (HttpRequestException)
            {
                // Killed while it was at work.
            }
            await world.Bot.Run();
            // The dead process's lock may outlast the 4.5 s of a direct answer: then the receipt follows.
            if (await resident.Again() is { Length: > 0 } direct) Assert.Contains("收到了，编号", direct, StringComparison.Ordinal);
            else await resident.Gets("收到了，编号");
            Assert.Single(await resident.Cases());
            Assert.InRange(resident.Received.Count, 0, 1);
        }
    }

    [Fact]
    public async Task What_is_not_ready_in_time_follows_as_customer_service_messages()
    {
        await using var world = await WeChatWorld.Start(settings: ("WeChat:ReplyWithin", "00:00:00.0000001"));
        var resident = world.NewPerson();
        // A turn may still win the race against so short a limit: then its answer is direct. Late ones are success and follow.
        var late = 0;
        foreach (var (words, expected) in new[]
        {
            ("3栋2单元楼道灯坏了三天了", "照片"), ("没有照片", "请您核对"), ("改位置", "什么位置"), ("翠湖苑5栋", "请您核对"), ("确认提交", "收到了，编号"),
        })
        {
            var direct = await resident.Say(words);
            if (direct.Length == 0)
            {
                late++;
                await resident.Gets(expected);
            }
            else
            {
                Assert.Contains(expected, direct, StringComparison.Ordinal);
            }
            // The platform hears nothing new when it asks again: not the words that followed, for nobody is told twice.
            Assert.Equal(direct, await resident.Again());
        }
        Assert.InRange(late, 1, 5);
        await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        Assert.Equal(late, resident.Received.Count);
    }
}
