using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Dialogs.Tests.Samples;

namespace WuShe.Dialogs.Tests.Engine;

/// <summary>What becomes of open runs: new versions, idle people, a full stack, failed acts.</summary>
public sealed partial class ConversationsTests
{
    [Fact]
    public async Task New_version_restarts_an_open_run_with_an_apology()
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "电梯", "5栋");
        talker.Deploy(SampleDialogs.Report(_reports, version: 2));

        var replies = await talker.Say("没有照片");

        Assert.Equal([Phrases.Restarted("问题上报"), "您要反映哪类问题？"], replies.Select(reply => reply.Text));
    }

    [Fact]
    public async Task New_version_does_not_repeat_an_act_that_may_have_been_done()
    {
        _reports.FailSubmits = 1;
        var talker = await AtConfirmation();
        await talker.Say("确认提交");
        talker.Deploy(SampleDialogs.Report(_reports, version: 2));

        var replies = await talker.Say("重试");

        Assert.Equal(Phrases.BrokenOff("问题上报"), replies[0].Text);
        Assert.Single(_reports.Keys);
    }

    [Fact]
    public async Task Reworded_question_is_asked_again_and_other_answers_stay()
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "电梯", "5栋", "没有照片");
        talker.Deploy(SampleDialogs.Report(_reports, wording: "哪类问题呢？"));

        var replies = await talker.Say("跳过");
        Assert.Equal([Phrases.QuestionChanged, "哪类问题呢？"], replies.Select(reply => reply.Text));

        replies = await talker.Say("电梯");
        Assert.Equal("还有要补充的吗？", replies[0].Text);
    }

    [Fact]
    public async Task Dialog_that_is_gone_is_dropped_with_an_apology()
    {
        var talker = NewTalker();
        await talker.SayAll("律师", "报修", "电梯");
        talker.Deploy(SampleDialogs.Lawyer);

        var replies = await talker.Say("5栋");

        Assert.Equal([Phrases.Gone, Phrases.GoOn("约律师"), "想约哪一天？"], replies.Select(reply => reply.Text));
    }

    [Fact]
    public async Task Idle_person_is_reminded_once_and_the_run_expires_with_a_kind_word()
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "电梯");

        Assert.Empty(await Idle(talker, hours: 1));
        var reminder = await Idle(talker, hours: 1.5);
        Assert.Equal([Phrases.Remind("问题上报"), "在什么位置？可发定位或楼号。"], reminder.Select(reply => reply.Text));
        Assert.Empty(await Idle(talker, hours: 1));
        Assert.True(SavedState.HasOpenDialog(talker.Store.State(talker.Id)));
        Assert.Empty(await Idle(talker, hours: 30 * 24));
        Assert.False(SavedState.HasOpenDialog(talker.Store.State(talker.Id)));

        var replies = await talker.Say("律师");
        Assert.Equal([Phrases.Expired("问题上报"), "想约哪一天？"], replies.Select(reply => reply.Text));
        Assert.Single(await talker.Say("周一"));
    }

    [Fact]
    public async Task Look_up_left_open_is_not_reminded_of()
    {
        var talker = NewTalker();
        await talker.Say("查进度");

        Assert.Empty(await Idle(talker, hours: 3));
    }

    [Fact]
    public async Task Answer_to_a_reminder_goes_on_where_it_was()
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "电梯");
        await Idle(talker, hours: 3);

        Assert.StartsWith("有照片吗", (await talker.Say("5栋"))[0].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opening_while_the_stack_is_full_waits_until_there_is_room()
    {
        var talker = NewTalker();
        await talker.SayAll("报修", "律师", "查进度");

        Assert.Empty(await talker.Send(Input.Open("progress", "260302-0001")));
        var replies = await talker.SayAll("取消", "取消", "取消");

        Assert.Equal([Phrases.Cancelled("问题上报"), "260302-0001 正在处理。"], replies.Select(reply => reply.Text));
    }

    [Fact]
    public async Task Human_dialog_interrupts_and_the_question_comes_back()
    {
        var human = Scripted.Entry(async chat => chat.Say("马上有人来。" + await chat.Ask("why", Text.Of("什么事？"))), name: "human", title: "找工作人员")
            with
        { HandsOver = true, OnMenu = false };
        var talker = new Talker(SampleDialogs.Report(_reports), human);

        var replies = await talker.SayAll("报修", "转人工", "急事");

        Assert.Equal(["马上有人来。急事", Phrases.GoOn("问题上报"), "您要反映哪类问题？"], replies.Select(reply => reply.Text));
    }

    [Fact]
    public async Task Way_to_a_person_is_open_when_the_stack_is_full_and_when_an_act_failed()
    {
        var human = Scripted.Entry(async chat => chat.Say("马上来。" + await chat.Ask("why", Text.Of("什么事？"))), name: "human", title: "找工作人员")
            with
        { HandsOver = true };
        _reports.FailSubmits = 1;
        var talker = new Talker(new DialogCatalog([.. SampleDialogs.All(_reports), human])) { Twice = false };
        await talker.SayAll("查进度", "律师", "报修", "电梯", "5栋", "没有照片", "跳过", "确认提交");

        Assert.Equal("什么事？", (await talker.Say("转人工"))[0].Text);
        Assert.Equal(["马上来。急事", Phrases.GoOn("问题上报"), "已受理，编号 260302-0002。"], (await talker.Say("急事")).Take(3).Select(reply => reply.Text));
    }

    [Fact]
    public async Task Question_after_a_failed_act_is_answered_as_ever()
    {
        var fails = 1;
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            await chat.Perform("act", (_, _) => Task.FromResult(1));
            await chat.Fetch("read", new { n = 1 }, _ => fails-- > 0 ? throw new InvalidOperationException("away") : Task.FromResult(1));
            chat.Say(await chat.Ask("a", Text.Of("怎么样？")));
        }))
        { Twice = false };

        var replies = await talker.SayAll("scripted", "重试", "好");

        Assert.Equal("好", Assert.Single(replies).Text);
        Assert.Equal(1, talker.Store.Seals);
    }

    [Fact]
    public async Task Answer_whose_type_can_no_longer_be_read_is_asked_again()
    {
        var talker = new Talker(Scripted.Entry(async chat =>
        {
            await chat.Ask("a", Text.Of("甲？"));
            await chat.Ask("b", Text.Of("乙？"));
        }))
        { Twice = false };
        await talker.SayAll("scripted", "一");
        var state = StateFormat.Read(talker.Store.State(talker.Id));
        state.Runs[0].Entries[0] = state.Runs[0].Entries[0] with { Value = "{\"other\":1}"u8.ToArray() };
        talker.Store.Put(talker.Id, StateFormat.Write(state));

        Assert.Equal("甲？", (await talker.Say("二"))[^1].Text);
        Assert.Equal("乙？", (await talker.Say("一"))[^1].Text);
    }
}
