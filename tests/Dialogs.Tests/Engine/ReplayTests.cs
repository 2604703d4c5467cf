using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Tests.Samples;

namespace WuShe.Dialogs.Tests.Engine;

public sealed class ReplayTests
{
    private static readonly Question<string> A = Text.Of("甲？");
    private static readonly Question<string> B = Text.Of("乙？");

    [Fact]
    public async Task Foreign_await_is_refused_by_name()
    {
        var never = new TaskCompletionSource();
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            await chat.Ask("a", A);
            await never.Task;
        }));
        await talker.Say("scripted");

        var replies = await talker.Say("答");

        Assert.All(talker.Logged, error => Assert.IsType<ForeignAwaitException>(error));
        Assert.Contains("scripted", talker.Logged[0].Message, StringComparison.Ordinal);
        Assert.Equal([Phrases.Trouble, "甲？"], replies.Select(reply => reply.Text));
    }

    [Fact]
    public async Task Foreign_await_that_goes_on_later_cannot_speak_into_another_turn()
    {
        var gate = new TaskCompletionSource();
        var late = new TaskCompletionSource<Exception>();
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            await gate.Task;
            try
            {
                await chat.Ask("a", A);
            }
            catch (InvalidOperationException error)
            {
                late.TrySetResult(error);
            }
        }));

        await talker.Say("scripted");
        gate.SetResult();

        Assert.Contains("after its turn", (await late.Task).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helper_that_is_not_awaited_is_refused()
    {
        static async Task<string> Helper(Chat chat) => await chat.Ask("a", A);
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            var forgotten = Helper(chat);
            await chat.Ask("b", B);
            await forgotten;
        }));

        var replies = await talker.Say("scripted");

        Assert.NotEmpty(talker.Logged);
        Assert.Contains("while something else is waited for", talker.Logged[0].Message, StringComparison.Ordinal);
        Assert.Contains("出了点问题", replies[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_that_is_not_awaited_is_refused()
    {
        var talker = new Talker(Scripted.Entry(chat =>
        {
            chat.Ask("a", A);
            return Task.CompletedTask;
        }));

        await talker.Say("scripted");

        Assert.Contains("does not await", talker.Logged[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Helpers_go_on_under_a_synchronisation_context()
    {
        static async Task<string> Inner(Chat chat)
        {
            await chat.Fetch("read", new { n = 1 }, async _ =>
            {
                await Task.Yield();
                return 1;
            });
            return await chat.Ask("a", A);
        }

        static async Task<string> Outer(Chat chat) => await Inner(chat) + "！";
        var talker = new Talker(Scripted.Entry(async chat => chat.Say(await Outer(chat))));
        IReadOnlyList<Message> replies = [];
        foreach (var said in (string[])["scripted", "好"])
        {
            SynchronizationContext.SetSynchronizationContext(new Posting());
            var turn = talker.Say(said);
            SynchronizationContext.SetSynchronizationContext(null);
            replies = await turn;
        }

        Assert.Equal("好！", replies[0].Text);
    }

    [Fact]
    public async Task Repeated_key_counts_by_itself()
    {
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            List<string> said = [];
            for (var i = 0; i < 3; i++) said.Add(await chat.Ask("again", Text.Of($"第{i}个？")));
            chat.Say(string.Join('+', said));
        }));

        var replies = await talker.SayAll("scripted", "甲", "乙", "丙");

        Assert.Equal("甲+乙+丙", replies[^1].Text);
    }

    [Fact]
    public async Task More_than_twenty_questions_are_refused()
    {
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            while (true) await chat.Ask("again", A);
        }))
        { Twice = false };

        await talker.Say("scripted");
        for (var i = 0; i < 20; i++) await talker.Say("答");

        Assert.Contains("more than 20 questions", talker.Logged[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Harness_catches_a_dialog_that_is_not_deterministic()
    {
        var calls = 0;
        var talker = new Talker(Scripted.Entry(async chat => await chat.Ask("a", Text.Of($"问 {calls++}?"))));

        await Assert.ThrowsAsync<InvalidOperationException>(() => talker.Say("scripted"));
    }

    [Fact]
    public async Task Fetch_reads_once_for_the_same_inputs_and_again_for_others()
    {
        var reads = 0;
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            var a = await chat.Ask("a", A.Named("甲"));
            var read = await chat.Fetch("read", new { a }, _ => Task.FromResult(++reads));
            await chat.Ask("b", B);
            chat.Say($"{a}{read}");
        }))
        { Twice = false };

        await talker.SayAll("scripted", "一一", "再说一遍", "菜单");
        Assert.Equal(1, reads);
        await talker.Say("改甲 二二");
        Assert.Equal(2, reads);
        Assert.Equal("二二2", (await talker.Say("完"))[0].Text);
    }

    [Fact]
    public async Task Failing_fetch_keeps_the_question_open_and_says_so()
    {
        var reports = new SampleReports { FailReads = 2 };
        var talker = new Talker(SampleDialogs.Report(reports)) { Twice = false };

        var replies = await talker.SayAll("报修", "电梯", "5栋");
        Assert.Equal([Phrases.Trouble, "在什么位置？可发定位或楼号。"], replies.Select(reply => reply.Text));

        await talker.Say("6栋");
        Assert.StartsWith("有照片吗", (await talker.Say("7栋"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prefilled_answers_do_not_count_as_asked_and_are_put_after_a_correction()
    {
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            var a = await chat.Ask("a", A.Named("甲").From(true, "知道"));
            var b = await chat.Ask("b", Text.Of($"乙({chat.Asked})?"));
            chat.Say($"{a}{b}{chat.Asked}");
        }));

        Assert.Equal("乙(0)?", (await talker.Say("scripted"))[0].Text);
        Assert.Equal("甲？", (await talker.Say("返回"))[0].Text);
        Assert.Equal("乙(1)?", (await talker.Say("新的"))[0].Text);
        Assert.Equal("新的完2", (await talker.Say("完"))[0].Text);
    }

    private sealed class Posting : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => ThreadPool.QueueUserWorkItem(_ => d(state));
    }
}
