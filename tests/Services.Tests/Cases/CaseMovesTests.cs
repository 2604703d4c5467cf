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
        Assert.Null(subject.Resolve(Wang, "换好了", [], Start.AddHours(3)));
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
        Assert.NotNull(subject.Resolve(Wang, "  ", [], Start));
        Assert.Equal(CaseState.Claimed, subject.State);
    }

    /// <summary>Whatever is tried in whatever order: each thing done leaves its rows, a refusal leaves none, somebody always has the case.</summary>
    [Fact]
    public void Random_moves_lose_no_row_and_leave_no_case_to_nobody() => Gen.Select(Gen.Bool, Gen.Int[0, 7].Array[0, 40]).Sample((owned, moves) =>
    {
        var subject = Dispatched(owned ? Wang.Id : null);
        foreach (var move in moves)
        {
            var (rows, state) = (subject.Log.Count, subject.State);
            var refusal = Try(subject, move);
            Assert.Equal(subject.Log.Count, subject.Version);
            Assert.Equal(Enumerable.Range(1, subject.Version), subject.Log.Select(row => row.Seq));
            Assert.True(refusal is null ? subject.Log.Count > rows : subject.Log.Count == rows && subject.State == state);
            Assert.Equal(subject.State, subject.Log[^1].To);
            Assert.True(subject.UnitId != Guid.Empty && (subject.OwnerId is not null || subject.State == CaseState.Dispatched));
            Assert.Equal(subject.ClosedAt is null, subject.State.IsOpen());
            for (var i = 1; i < subject.Log.Count; i++) Assert.Equal(subject.Log[i - 1].To, subject.Log[i].From);
        }
    });

    [Fact]
    public void Long_words_are_cut_where_the_field_ends_and_never_inside_a_letter()
    {
        var opening = new NewCase("问题上报", new string('长', 59) + "😀😀", "x", new Spot("某处", null, null, null), 3, []);
        var subject = Case.Open("260302-0001", opening, new ConversationId("web", "r"), Start, Start.AddDays(3));
        Assert.Equal(new string('长', 59) + "…", subject.Title);
    }

    private static string? Try(Case subject, int move) => move switch
    {
        0 => subject.Dispatch(new Responsible(Guid.CreateVersion7(Start), "社区", Wang.Id, Wang.Name), Start),
        1 => subject.Claim(Wang, Start),
        2 => subject.Claim(Li, Start),
        3 => subject.Note(Li, "在看", [], Start),
        4 => subject.Resolve(Wang, "好了", [], Start),
        5 => subject.Confirm(Satisfaction.Satisfied, "", Start),
        6 => subject.Reopen(Satisfaction.VeryDissatisfied, "没好", Start, Start.AddDays(1)),
        _ => subject.Resolve(Li, "", [], Start),
    };

    private static void Close(Case subject)
    {
        subject.Claim(Wang, Start);
        subject.Resolve(Wang, "好了", [], Start);
    }

    private static Case Dispatched(Guid? owner)
    {
        var opening = new NewCase("问题上报", "路灯", "路灯不亮", new Spot("3栋", null, null, null), 3, []);
        var subject = Case.Open("260302-0001", opening, new ConversationId("web", "r"), Start, Start.AddDays(3));
        subject.Dispatch(new Responsible(Wang.UnitId, "翠湖社区", owner, owner is null ? null : Wang.Name), Start);
        return subject;
    }
}
