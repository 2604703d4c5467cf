using CsCheck;
using WuShe.Dialogs;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseMovesTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);
    private static readonly StaffActor Wang = new(Guid.CreateVersion7(Start), "网格员 王", Role.Grid, Guid.CreateVersion7(Start));
    private static readonly StaffActor Li = new(Guid.CreateVersion7(Start), "社工 李", Role.SocialWorker, Wang.UnitId);

    [Fact]
    public void The_way_of_a_case_is_logged_step_by_step()
    {
        var subject = Dispatched(Wang.Id);
        Assert.Null(subject.Claim(Wang, Start.AddHours(1)));
        Assert.Null(subject.Note(Wang, "已联系电工", [new AttachmentRef("p")], Start.AddHours(2)));
        Assert.Null(subject.Resolve(Wang, false, "换好了", [], Start.AddHours(3)));
        Assert.Null(subject.Confirm(Satisfaction.Satisfied, "", Start.AddHours(4)));
        Assert.Equal(
            [CaseState.Accepted, CaseState.Dispatched, CaseState.Claimed, CaseState.Claimed, CaseState.Resolved, CaseState.Confirmed],
            subject.Log.Select(row => row.To));
        Assert.Equal("p", Assert.Single(subject.Pictures, picture => picture.Seq == 4).FileId);
        Assert.Equal(4, subject.Rating);
    }

    [Fact]
    public void A_second_rating_replaces_the_first_and_the_log_keeps_both()
    {
        var subject = Dispatched(Wang.Id);
        Close(subject);
        subject.Confirm(Satisfaction.Fair, "", Start);
        Assert.Null(subject.Confirm(Satisfaction.VerySatisfied, "很快", Start));
        Assert.Equal(5, subject.Rating);
        Assert.Equal(["一般", "非常满意。很快"], subject.Log.Where(row => row.To == CaseState.Confirmed).Select(row => row.Note));
    }

    [Fact]
    public void A_reopened_case_is_back_with_its_worker()
    {
        var subject = Dispatched(Wang.Id);
        Close(subject);
        Assert.Null(subject.Reopen(Satisfaction.NotSolved, "还是不亮", Start, Start.AddDays(3)));
        Assert.Equal((CaseState.Claimed, Wang.Id, (DateTimeOffset?)null), (subject.State, subject.OwnerId, subject.ClosedAt));
        Assert.Equal([CaseState.Reopened, CaseState.Claimed], subject.Log.TakeLast(2).Select(row => row.To));
    }

    [Theory]
    [InlineData("claim", "接单")]
    [InlineData("note", "写进展")]
    [InlineData("confirm", "评价")]
    public void An_illegal_move_is_refused_in_words(string move, string named)
    {
        var subject = Dispatched(null);
        if (move == "claim") Close(subject);
        var refusal = move switch
        {
            "claim" => subject.Claim(Li, Start),
            "note" => subject.Note(Li, "在看", [], Start),
            _ => subject.Confirm(Satisfaction.Fair, "", Start),
        };
        Assert.Contains(named, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_is_not_closed_without_words()
    {
        var subject = Dispatched(null);
        subject.Claim(Wang, Start);
        Assert.NotNull(subject.Resolve(Wang, false, "  ", [], Start));
        Assert.Equal(CaseState.Claimed, subject.State);
    }

    /// <summary>
    /// Whatever is tried in whatever order: each thing done leaves its rows, a refusal leaves none, somebody or a queue always
    /// has the case, the log fits together and its hashes, too.
    /// </summary>
    [Fact]
    public void Random_moves_lose_no_row_and_leave_no_case_to_nobody() => Gen.Select(Gen.Bool, Gen.Int[0, Moves.Length - 1].Array[0, 60]).Sample((owned, moves) =>
    {
        var subject = Dispatched(owned ? Wang.Id : null);
        var now = Start;
        foreach (var move in moves)
        {
            now = now.AddMinutes(37);
            var (rows, state, chain) = (subject.Log.Count, subject.State, subject.Chain);
            var refusal = Moves[move](subject, now);
            Assert.Equal(subject.Log.Count, subject.Version);
            Assert.Equal(Enumerable.Range(1, subject.Version), subject.Log.Select(row => row.Seq));
            Assert.True(refusal is null ? subject.Log.Count > rows : subject.Log.Count == rows && subject.State == state && subject.Chain == chain);
            Assert.Equal(subject.State, subject.Log[^1].To);
            Assert.NotEqual(Guid.Empty, subject.UnitId);
            Assert.True(subject.OwnerId is not null || subject.State is not (CaseState.Claimed or CaseState.Suspended));
            Assert.Equal(subject.ClosedAt is null, subject.State.IsOpen());
            Assert.Equal(subject.StoppedAt is not null, subject.State is CaseState.Returned or CaseState.Suspended or CaseState.Merged);
            Assert.Equal(subject.MergedIntoId is not null, subject.State == CaseState.Merged);
            Assert.True(subject.ExtensionAsked is null || subject.State is CaseState.Claimed or CaseState.Suspended);
            Assert.False(subject.State is CaseState.Reopened or CaseState.Extended or CaseState.Supervised, "stays in a state that is only passed through");
            for (var i = 1; i < subject.Log.Count; i++) Assert.Equal(subject.Log[i - 1].To, subject.Log[i].From);
            Assert.True(Fits(subject));
        }
    }, iter: 10_000);

    [Fact]
    public void A_row_changed_or_taken_out_does_not_fit_the_chain()
    {
        var subject = Dispatched(Wang.Id);
        Close(subject);
        Assert.True(Fits(subject));
        var rows = subject.Log.ToList();
        Assert.False(Fits(subject, [.. rows.Where(row => row.Seq != 2)]));
        var other = new CaseEvent(subject.Id, 2, rows[1].At, new CaseActor(null, "系统"), rows[1].Move, rows[1].From, rows[1].To, "网格员 赵") { Hash = rows[1].Hash };
        Assert.False(Fits(subject, [rows[0], other, .. rows.Skip(2)]));
    }

    [Fact]
    public void What_its_category_demands_is_asked_for_at_the_close()
    {
        var subject = Dispatched(Wang.Id, CaseRules.Usual with { Closing = ClosingNeeds.Photo | ClosingNeeds.SignOff });
        subject.Claim(Wang, Start);
        Assert.Contains("照片", subject.Resolve(Wang, false, "好了", [], Start), StringComparison.Ordinal);
        Assert.Contains("签字", subject.Resolve(Wang, false, "好了", [new AttachmentRef("after")], Start), StringComparison.Ordinal);
        Assert.Null(subject.Resolve(Li, true, "好了", [new AttachmentRef("after")], Start));
    }

    [Fact]
    public void An_extension_is_given_once_and_only_as_it_was_asked_for()
    {
        var subject = Dispatched(Wang.Id);
        subject.Claim(Wang, Start);
        Assert.NotNull(subject.Extend(Li, "", Start, Start.AddDays(9)));
        Assert.NotNull(subject.AskExtension(Wang, 30, "等配件", Start));
        Assert.Null(subject.AskExtension(Wang, 3, "等配件", Start));
        Assert.Null(subject.Extend(Li, "", Start, Start.AddDays(9)));
        Assert.Equal((CaseState.Claimed, Start.AddDays(9)), (subject.State, subject.DueAt));
        Assert.Contains("延期过一次", subject.AskExtension(Wang, 3, "还要等", Start), StringComparison.Ordinal);
    }

    [Fact]
    public void After_seven_days_a_case_is_not_opened_again()
    {
        var subject = Dispatched(Wang.Id);
        Close(subject);
        Assert.Null(subject.Settle(Start.AddDays(7)));
        Assert.Contains("超过七天", subject.Reopen(Satisfaction.NotSolved, "", Start.AddDays(8), Start.AddDays(9)), StringComparison.Ordinal);
        Assert.Equal(CaseState.Resolved, subject.State);
    }

    [Fact]
    public void Long_words_are_cut_where_the_field_ends_and_never_inside_a_letter()
    {
        var opening = new NewCase("问题上报", new string('长', 59) + "😀😀", "x", new Spot("某处", null, null, null), 3, []);
        var subject = Case.Open("260302-0001", opening, new ConversationId("web", "r"), Start, Start.AddDays(3));
        Assert.Equal(new string('长', 59) + "…", subject.Title);
    }

    private static readonly Responsible ToWang = new(Wang.UnitId, "翠湖社区", Wang.Id, Wang.Name);
    private static readonly Responsible ToDuty = new(Wang.UnitId, "翠湖社区", null, null);

    private static readonly Func<Case, DateTimeOffset, string?>[] Moves =
    [
        (subject, now) => subject.Dispatch(ToWang, now),
        (subject, now) => subject.Claim(Wang, now),
        (subject, now) => subject.Claim(Li, now),
        (subject, now) => subject.Note(Li, "在看", [], now),
        (subject, now) => subject.Add("还是不亮", [new AttachmentRef("q")], 0, now),
        (subject, now) => subject.Resolve(Wang, false, "好了", [], now),
        (subject, now) => subject.Resolve(Li, true, "", [], now),
        (subject, now) => subject.Confirm(Satisfaction.Satisfied, "", now),
        (subject, now) => subject.Reopen(Satisfaction.VeryDissatisfied, "没好", now, now.AddDays(1)),
        (subject, now) => subject.Return(Wang, "不归我", now),
        (subject, now) => subject.Return(Wang, " ", now),
        (subject, now) => subject.Judge(Li, ToWang, "归网格", now, now.AddDays(3)),
        (subject, now) => subject.Assign(Li, ToDuty, "换人", now, now.AddDays(3)),
        (subject, now) => subject.Release(ToDuty, "没有动静", now, now.AddDays(3)),
        (subject, now) => subject.AskExtension(Wang, 2, "等配件", now),
        (subject, now) => subject.Extend(Li, "", now, now.AddDays(5)),
        (subject, now) => subject.DeclineExtension(Li, "不用", now),
        (subject, now) => subject.Suspend(Wang, now.AddDays(2), "下雨", now),
        (subject, now) => subject.Resume(null, now, now.AddDays(4)),
        (subject, now) => subject.Supervise(Li, "快办", now),
        (subject, now) => subject.Withdraw("不用了", now),
        (subject, now) => subject.Merge(Li, Dispatched(null), "", now),
        (subject, now) => subject.Split(Li, "不是一回事", now, now.AddDays(3)),
        (subject, now) => subject.Settle(now),
        (subject, now) => subject.Reclassify(Li, CaseScope.Private, "自家的", now),
        (subject, now) => subject.Remark(CaseMove.Escalate, null, "过半了", now),
    ];

    private static bool Fits(Case subject, IReadOnlyList<CaseEvent>? log = null)
    {
        var before = CaseChain.Start;
        foreach (var row in log ?? subject.Log)
        {
            var next = CaseChain.Next(before, row, subject.Pictures.Where(p => p.Seq == row.Seq).OrderBy(p => p.Position).Select(p => p.FileId));
            if (!next.SequenceEqual(row.Hash)) return false;
            before = next;
        }

        return before.SequenceEqual(subject.Chain);
    }

    private static void Close(Case subject)
    {
        subject.Claim(Wang, Start);
        subject.Resolve(Wang, false, "好了", [], Start);
    }

    private static Case Dispatched(Guid? owner, CaseRules? rules = null)
    {
        var opening = new NewCase("问题上报", "路灯", "路灯不亮", new Spot("3栋", null, null, null), 3, []) { Rules = rules ?? CaseRules.Usual };
        var subject = Case.Open("260302-0001", opening, new ConversationId("web", "r"), Start, Start.AddDays(3));
        subject.Dispatch(new Responsible(Wang.UnitId, "翠湖社区", owner, owner is null ? null : Wang.Name), Start);
        return subject;
    }
}
