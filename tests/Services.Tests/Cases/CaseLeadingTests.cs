using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Organisation;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseLeadingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_returned_case_is_judged_and_the_time_with_the_judges_does_not_count()
    {
        await using var world = await CaseWorld.Begin();
        var leading = world.Get<CaseLeading>();
        var number = await Claimed(world);
        Assert.Equal(CaseResult.Refused, (await leading.Return(number, world.Wang, " ", None)).Result);
        Assert.Equal(CaseResult.Done, (await leading.Return(number, world.Wang, "这是物业的事", None)).Result);
        Assert.Equal(CaseResult.Refused, (await leading.Judge(number, world.Li, world.Lake.Id, null, "归社区", None)).Result);
        var due = (await Stored(world, number)).DueAt;

        world.Time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(number, Assert.Single((await world.Work.Inbox(world.Sun, new CaseFilter(CaseShelf.Judging), None)).Lines).Number);
        Assert.Equal(CaseResult.Done, (await leading.Judge(number, world.Sun, world.Lake.Id, world.Zhao.Id, "归西边网格", None)).Result);
        var judged = await Stored(world, number);
        Assert.Equal((CaseState.Dispatched, world.Zhao.Id), (judged.State, judged.OwnerId));
        Assert.Equal(due.AddDays(1), judged.DueAt);
        Assert.Contains((await world.Owed()).Select(CaseWorld.Words), words => words.Contains("已转给网格员 赵", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_third_refusal_calls_the_leads_together()
    {
        await using var world = await CaseWorld.Begin();
        var leading = world.Get<CaseLeading>();
        var number = await Claimed(world);
        for (var time = 1; time <= 3; time++)
        {
            Assert.Equal(CaseResult.Done, (await leading.Return(number, world.Wang, "不归我", None)).Result);
            Assert.Equal(time == 3, (await Stored(world, number)).Log.Any(row => row.Note.Contains("召集", StringComparison.Ordinal)));
            if (time < 3) await leading.Judge(number, world.Sun, world.Lake.Id, world.Wang.Id, "归他", None);
        }
    }

    [Fact]
    public async Task An_extension_is_asked_for_allowed_by_a_lead_and_told_to_the_resident()
    {
        await using var world = await CaseWorld.Begin();
        var leading = world.Get<CaseLeading>();
        var number = await Claimed(world);
        var due = (await Stored(world, number)).DueAt;
        Assert.Equal(CaseResult.Done, (await leading.AskExtension(number, world.Wang, 2, "等配件", None)).Result);
        Assert.Equal(CaseResult.Refused, (await leading.AllowExtension(number, world.Wang, "", None)).Result);
        Assert.Equal(CaseResult.Done, (await leading.AllowExtension(number, world.Sun, "", None)).Result);
        var extended = await Stored(world, number);
        Assert.True(extended.DueAt > due);
        Assert.Contains((await world.Owed()).Select(CaseWorld.Words), words => words.Contains("要多花几天", StringComparison.Ordinal) && words.Contains("等配件", StringComparison.Ordinal));
        Assert.Equal(CaseResult.Refused, (await leading.AskExtension(number, world.Wang, 2, "还要等", None)).Result);
    }

    [Fact]
    public async Task A_suspended_case_goes_on_with_its_time_and_a_supervised_one_stands_first()
    {
        await using var world = await CaseWorld.Begin();
        var leading = world.Get<CaseLeading>();
        var number = await Claimed(world);
        var later = (await world.Open(world.East.Id)).Number;
        var due = (await Stored(world, number)).DueAt;
        Assert.Equal(CaseResult.Done, (await leading.Suspend(number, world.Wang, new DateOnly(2026, 3, 9), "等材料", None)).Result);
        world.Time.Advance(TimeSpan.FromDays(2));
        Assert.Equal(CaseResult.Done, (await leading.Resume(number, world.Wang, None)).Result);
        Assert.Equal(due.AddDays(4), (await Stored(world, number)).DueAt);
        Assert.Equal(CaseResult.Refused, (await leading.Supervise(later, world.Wang, "快", None)).Result);
        Assert.Equal(CaseResult.Done, (await leading.Supervise(later, world.Sun, "今天要有结果", None)).Result);
        Assert.Equal(later, (await world.Work.Inbox(world.Sun, new CaseFilter(CaseShelf.Open), None)).Lines[0].Number);
        Assert.Equal(CaseState.Dispatched, (await Stored(world, later)).State);
    }

    [Fact]
    public async Task A_resident_takes_an_own_case_back_once_and_nobody_elses()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Claimed(world);
        Assert.False(await world.Cases.Withdraw(number, "不用了", CaseWorld.Resident("r2"), new IdempotencyKey("a"), None));
        Assert.True(await world.Cases.Withdraw(number, "不用了", CaseWorld.Resident(), new IdempotencyKey("b"), None));
        Assert.True(await world.Cases.Withdraw(number, "不用了", CaseWorld.Resident(), new IdempotencyKey("b"), None));
        Assert.Equal(CaseState.Withdrawn, (await Stored(world, number)).State);
        Assert.Equal(CaseResult.Refused, (await world.Work.Note(number, world.Wang, "在办", [], None)).Result);
    }

    [Fact]
    public async Task Whoever_leaves_leaves_no_case_without_an_owner_or_a_queue()
    {
        await using var world = await CaseWorld.Begin();
        var (open, closed) = (await Claimed(world), await Claimed(world));
        await world.Work.Close(closed, world.Wang, "好了", [], None);
        Assert.Equal(["1 个网格（翠湖东） → 社区值班", "1 件在办的案件 → 所在单位值班人员"], (await world.Get<Departures>().Foretell(world.Wang.Id, null, world.Sun, None)).Order());
        Assert.Equal(OrganisationResult.Done, (await world.Get<Departures>().Leave(world.Wang.Id, null, world.Sun, None)).Result);
        var left = await Stored(world, open);
        Assert.Equal((CaseState.Dispatched, null, world.Lake.Id), (left.State, left.OwnerId, left.UnitId));
        await world.Cases.Rate(closed, Satisfaction.NotSolved, "没好", CaseWorld.Resident(), new IdempotencyKey("r"), None);
        var back = await Stored(world, closed);
        Assert.Equal((CaseState.Dispatched, null), (back.State, back.OwnerId));
    }

    [Fact]
    public async Task A_case_given_to_somebody_who_has_just_left_is_handed_on()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await using (var db = world.CreateDbContext())
            await db.Users.Where(s => s.Id == world.Wang.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.LeftAt, world.Time.GetUtcNow()));
        await world.Get<CasesWithoutOwner>().Run(None);
        await world.Get<CasesWithoutOwner>().Run(None);
        var subject = await Stored(world, number);
        Assert.Equal((CaseState.Dispatched, null, 3), (subject.State, subject.OwnerId, subject.Log.Count));
    }

    private static async Task<string> Claimed(CaseWorld world)
    {
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        return number;
    }

    private static async Task<Case> Stored(CaseWorld world, string number)
    {
        await using var db = world.CreateDbContext();
        return await db.Set<Case>().AsNoTracking().Include(c => c.Log).SingleAsync(c => c.Number == number);
    }
}
