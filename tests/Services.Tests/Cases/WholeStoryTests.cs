using WuShe.Dialogs;
using WuShe.Dialogs.Tests.Harness;
using WuShe.Services.Cases;
using WuShe.Services.Tests.ProblemReports;

namespace WuShe.Services.Tests.Cases;

/// <summary>The dialogs over real casework: a resident talks, staff work, the record has it.</summary>
public sealed class WholeStoryTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_report_is_seen_through_until_the_resident_is_content()
    {
        await using var world = await CaseWorld.Begin();
        var talker = Talks.Talker(world.Cases);
        talker.Twice = false;
        talker.Time.SetUtcNow(world.Time.GetUtcNow());
        await talker.Send(Transcript.Parse("[图片 a] 3栋2单元楼道灯坏了三天了"));
        Assert.Contains("260302-0001", Text(await talker.Say("确认提交")), StringComparison.Ordinal);

        await world.Work.Claim("260302-0001", world.Admin, None);
        Assert.Contains("管理员", Text(await talker.Say("查进度")), StringComparison.Ordinal);
        await world.Work.Close("260302-0001", world.Admin, "换了灯泡", [], None);
        Assert.Contains("换了灯泡", Text(await talker.Say("260302-0001")), StringComparison.Ordinal);

        Assert.Single(await world.Owed(dialogs: true));
        Assert.Contains("您满意吗", Text(await talker.Send(Input.Open(CaseLetters.RateDialog, "260302-0001"))), StringComparison.Ordinal);
        await talker.Say("不满意");
        Assert.Contains("重新办理", Text(await talker.Say("还是不亮")), StringComparison.Ordinal);
        Assert.Equal(CaseState.Claimed, (await world.Work.Open("260302-0001", world.Admin, None))!.State);
        Assert.Empty(await talker.Send(Input.Open(CaseLetters.RateDialog, "260302-0001")));

        await world.Work.Close("260302-0001", world.Admin, "线路也换了", [], None);
        await talker.Say("评价");
        Assert.Contains("谢谢", Text(await talker.Say("1")), StringComparison.Ordinal);
        var view = await world.Work.Open("260302-0001", world.Admin, None);
        Assert.Equal((CaseState.Confirmed, 5, 9), (view!.State, view.Rating, view.History.Count));
    }

    private static string Text(IReadOnlyList<Message> replies) => string.Join('\n', replies.Select(reply => reply.Text));
}
