using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Tests.Samples;

namespace WuShe.Dialogs.Tests.Engine;

public sealed partial class ConversationsTests
{
    private readonly SampleReports _reports = new();

    [Fact]
    public async Task Message_seen_before_gets_the_same_replies_and_acts_once()
    {
        var talker = await AtConfirmation();
        var turn = talker.NewTurn(Input.Say("确认提交"));

        var first = await talker.Engine.Run(turn, default);
        var second = await talker.Engine.Run(turn, default);

        Assert.False(first.Repeated);
        Assert.True(second.Repeated);
        Assert.Equal(Transcript.Show(first.Replies), Transcript.Show(second.Replies));
        Assert.Single(_reports.Keys);
    }

    [Fact]
    public async Task State_is_sealed_before_something_is_performed()
    {
        var talker = await AtConfirmation();
        var keysAtSeal = -1;
        talker.Store.AfterSeal = () => keysAtSeal = _reports.Keys.Count;

        await talker.Say("确认提交");

        Assert.Equal(0, keysAtSeal);
        Assert.Equal(1, talker.Store.Seals);
    }

    [Fact]
    public async Task Perform_that_fails_is_tried_again_with_the_same_key()
    {
        _reports.FailSubmits = 1;
        var talker = await AtConfirmation();

        var failed = await talker.Say("确认提交");
        Assert.Equal(["重试", "算了"], failed[^1].Options);
        await talker.Say("返回");

        Assert.Equal(2, _reports.Keys.Count);
        Assert.Single(_reports.Keys.Distinct());
        Assert.Single(_reports.Stored);
    }

    [Fact]
    public async Task Process_that_dies_between_seal_and_commit_goes_on_with_the_same_key()
    {
        var talker = await AtConfirmation();
        var turn = talker.NewTurn(Input.Say("确认提交"));
        talker.Store.AfterSeal = () => throw new OperationCanceledException("killed");
        await Assert.ThrowsAsync<SealException>(() => Die(talker, turn));
        talker.Store.AfterSeal = null;

        var left = await Unfinished(talker);
        var result = await talker.Engine.Run(left with { Owes = true }, default);

        Assert.True(result.Late);
        Assert.Equal(["正在提交。", "已受理，编号 260302-0002。"], result.Replies.Select(reply => reply.Text));
        Assert.Single(_reports.Stored);
        Assert.False(SavedState.HasOpenDialog(talker.Store.State(talker.Id)));
    }

    [Fact]
    public async Task Process_that_dies_after_the_act_does_not_act_twice()
    {
        var talker = await AtConfirmation();
        var before = talker.Store.State(talker.Id);
        var turn = talker.NewTurn(Input.Say("确认提交"));
        byte[] sealedState = [];
        talker.Store.AfterSeal = () => sealedState = talker.Store.State(talker.Id);
        var first = await talker.Engine.Run(turn, default);
        talker.Store.Put(talker.Id, sealedState);
        talker.Store.Forget(turn);

        var again = await talker.Engine.Run(turn, default);

        Assert.NotEqual(before, sealedState);
        Assert.Equal(Transcript.Show(first.Replies), Transcript.Show(again.Replies));
        Assert.Equal(2, _reports.Keys.Count);
        Assert.Single(_reports.Stored);
    }

    [Fact]
    public async Task Lost_lock_runs_the_turn_anew_with_one_effect()
    {
        var talker = await AtConfirmation();
        talker.Store.LosesLock = 2;

        var replies = await talker.Say("确认提交");

        Assert.Contains("已受理", replies[^1].Text, StringComparison.Ordinal);
        Assert.Single(_reports.Stored);
    }

    [Fact]
    public async Task Lock_lost_again_and_again_ends_in_a_timeout()
    {
        var talker = NewTalker();
        talker.Store.LosesLock = 3;

        await Assert.ThrowsAsync<TimeoutException>(() => talker.Say("报修"));
    }

    [Fact]
    public async Task Replies_are_late_when_the_channel_stopped_waiting()
    {
        var talker = NewTalker();
        var window = new ReplyWindow();
        Assert.True(window.TryClose());

        var turn = talker.NewTurn(Input.Say("报修"));
        var late = await talker.Engine.Run(turn with { Window = window }, default);
        var again = await talker.Engine.Run(turn with { Window = new ReplyWindow() }, default);
        var direct = await talker.Engine.Run(talker.NewTurn(Input.Say("电梯")) with { Window = new ReplyWindow() }, default);

        Assert.True(late.Late);
        Assert.False(direct.Late);
        // A re-delivery of the late turn finds somebody waiting again, but its replies are under way already.
        Assert.True(again is { Late: true, Repeated: true });
        Assert.Equal("报修", (await Unfinished(talker)).Input.Text);
    }

    [Fact]
    public async Task Window_claimed_once_stays_claimed_when_the_lock_is_lost()
    {
        var talker = NewTalker();
        talker.Store.LosesLock = 1;
        var window = new ReplyWindow();

        var result = await talker.Engine.Run(talker.NewTurn(Input.Say("报修")) with { Window = window }, default);

        Assert.False(result.Late);
        Assert.False(window.TryClose());
    }

    [Fact]
    public async Task Turn_goes_on_to_its_commit_when_the_caller_hangs_up()
    {
        using var hangsUp = new CancellationTokenSource();
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            await chat.Fetch("read", new { n = 1 }, async ct =>
            {
                await hangsUp.CancelAsync();
                ct.ThrowIfCancellationRequested();
                return 1;
            });
            chat.Say("完");
        }))
        { Twice = false };

        var result = await talker.Engine.Run(talker.NewTurn(Input.Say("scripted")), hangsUp.Token);

        Assert.Equal("完", result.Replies[0].Text);
    }

    [Fact]
    public async Task State_of_a_report_at_its_confirmation_fits_in_4_kilobytes()
    {
        var talker = NewTalker();
        var opening = "3栋2单元楼道灯坏了三天了，晚上黑得看不见路，" + new string('很', 180);
        await talker.Say(opening);
        await talker.Send(Transcript.Parse("[位置 29.563009,106.551556 重庆市渝中区解放碑街道民权路社区南门]"));
        await talker.Send(Transcript.Parse("[图片 " + string.Join(' ', Enumerable.Range(0, 4).Select(i => $"0198f2c4a7b07a3e8d5b6c1f2e3d4a{i:00}")) + "]"));
        await talker.Say("请尽快修理，家里有八十岁的老人，谢谢你们。");

        var size = talker.Store.State(talker.Id).Length;

        Assert.InRange(size, 1, 4096);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(17)]
    [InlineData(60)]
    public async Task Corrupt_state_begins_anew_with_an_apology(int at)
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "电梯");
        var state = talker.Store.State(talker.Id).ToArray();
        state[at] ^= 0x55;
        talker.Store.Put(talker.Id, state);

        var replies = await talker.Say("5栋");

        Assert.Equal(Phrases.StateLost, replies[0].Text);
    }

    [Fact]
    public async Task Hostile_words_are_handled_and_cuts_are_told()
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "电梯");

        var replies = await talker.Say(string.Concat(Enumerable.Repeat("😀\u0000\ud800好", 5000)));

        Assert.Equal(Phrases.TooLong, replies[0].Text);
        Assert.Equal(Phrases.CutAt(100), replies[1].Text);
        Assert.StartsWith("有照片吗", replies[2].Text, StringComparison.Ordinal);
        Assert.InRange(talker.Store.State(talker.Id).Length, 1, 4096);
    }

    [Theory]
    [InlineData("a", "甲", "x", "a", "乙", "y", "named a")]
    [InlineData("a", "甲", "x", "b", "乙", "x", "a and b")]
    [InlineData("a", "甲", "x", "b", "甲", "y", "a and b")]
    [InlineData("a", "甲", "x", "b", "乙", "取消", "understands in its own way")]
    public void Clashing_dialogs_stop_the_start(string name1, string title1, string phrase1, string name2, string title2, string phrase2, string says)
    {
        DialogEntry[] entries =
        [
            new(name1, title1, 1, new SampleLawyerDialog()) { OpensOn = [phrase1] },
            new(name2, title2, 1, new SampleLawyerDialog()) { OpensOn = [phrase2] },
        ];

        var error = Assert.Throws<ArgumentException>(() => new DialogCatalog(entries));

        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private Talker NewTalker() => new(SampleDialogs.All(_reports)) { Twice = false };

    private async Task<Talker> AtConfirmation()
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "电梯", "5栋", "没有照片", "跳过");
        return talker;
    }

    private static async Task<IReadOnlyList<Message>> Idle(Talker talker, double hours)
    {
        talker.Time.Advance(TimeSpan.FromHours(hours));
        var result = await talker.Engine.Run(talker.Engine.IdleCheck(talker.Id), default);
        Assert.Equal(result.Replies.Count > 0, result.Late);
        return result.Replies;
    }

    private static async Task<Turn> Unfinished(Talker talker)
    {
        await foreach (var turn in talker.Store.Unfinished(TimeSpan.Zero, default)) return turn;
        throw new InvalidOperationException("No turn is unfinished.");
    }

    private static async Task Die(Talker talker, Turn turn)
    {
        try
        {
            await talker.Engine.Run(turn, default);
        }
        finally
        {
            talker.Store.Crash();
        }
    }
}
