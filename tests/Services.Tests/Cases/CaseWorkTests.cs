using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseWorkTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task A_case_is_seen_claimed_noted_and_closed_and_the_resident_told_each_time()
    {
        await using var world = await CaseWorld.Begin();
        var opened = await world.Open(world.East.Id);
        Assert.Equal(("260302-0001", "网格员 王"), (opened.Number, opened.OwnerName));
        Assert.Equal("新的问题上报：公共照明：路灯不亮", Assert.Single(await world.Work.Notices(world.Wang, None)).Words);

        var line = Assert.Single((await world.Work.Inbox(world.Wang, new CaseFilter(CaseShelf.Waiting), None)).Lines);
        Assert.Equal((opened.Number, "翠湖社区", "网格员 王", 1, false), (line.Number, line.UnitName, line.OwnerName, line.Pictures, line.Overdue));

        Assert.Equal(CaseResult.Done, (await world.Work.Claim(opened.Number, world.Wang, None)).Result);
        Assert.Equal(CaseResult.Done, (await world.Work.Note(opened.Number, world.Wang, "联系了电工", [], None)).Result);
        Assert.Equal(CaseResult.Done, (await world.Work.Close(opened.Number, world.Wang, "换好了", [new("after1"), new("after2")], None)).Result);

        var owed = await world.Owed();
        Assert.Equal(4, owed.Count);
        Assert.All(owed, message => Assert.Equal("web:r1", message.To));
        Assert.Contains("由网格员 王接单了", CaseWorld.Words(owed[0]), StringComparison.Ordinal);
        Assert.Contains("网格员 王：联系了电工", CaseWorld.Words(owed[1]), StringComparison.Ordinal);
        Assert.Contains("办好了", CaseWorld.Words(owed[2]), StringComparison.Ordinal);
        Assert.Equal("照片 2/2", CaseWorld.Words(owed[3]));
        var follow = Assert.Single(await world.Owed(dialogs: true));
        Assert.Contains("rate-case", follow.Content, StringComparison.Ordinal);
        Assert.Equal(world.Time.GetUtcNow().AddHours(1), follow.DueAt);
        Assert.Equal(4, world.Changed.Count);

        var view = await world.Work.Open(opened.Number, world.Wang, None);
        Assert.Equal(["photo"], view!.Pictures.Select(picture => picture.Id));
        Assert.Equal(["after1", "after2"], view.History[^1].Pictures.Select(picture => picture.Id));
        Assert.Equal([null, CaseState.Accepted, CaseState.Dispatched, CaseState.Claimed, CaseState.Claimed], view.History.Select(step => step.From));
        Assert.Equal(("翠湖东", (string?)null, false), (view.Place.GridName, view.Place.Outline, view.Rights.Work));
        Assert.Single((await world.Work.Inbox(world.Wang, new CaseFilter(CaseShelf.Closed), None)).Lines);
    }

    [Fact]
    public async Task Rights_follow_unit_grid_and_role()
    {
        await using var world = await CaseWorld.Begin();
        var own = (await world.Open(world.East.Id)).Number;
        var queue = (await world.Open(world.Vacant.Id)).Number;
        var nowhere = (await world.Open(null)).Number;

        await Sees(world, world.Wang, own, queue);
        await Sees(world, world.Zhao, queue);
        await Sees(world, world.Li, own, queue);
        await Sees(world, world.Sun, own, queue);
        await Sees(world, world.Admin, own, queue, nowhere);
        await Sees(world, world.Chen);
        await Sees(world, world.Stranger);
        await Sees(world, world.Wang with { Role = Role.Resident });
        await Sees(world, world.Admin with { Role = Role.Centre }, own, queue, nowhere);
    }

    [Fact]
    public async Task Somebody_elses_case_and_no_case_get_the_same_answer()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        foreach (var actor in new[] { world.Zhao, world.Chen, world.Stranger })
        {
            var refused = await world.Work.Claim(number, actor, None);
            Assert.Equal(CaseResult.NotAllowed, refused.Result);
            Assert.Equal(await world.Work.Claim("260302-9999", actor, None), refused);
            Assert.Equal(CaseResult.NotAllowed, (await world.Work.Note(number, actor, "x", [], None)).Result);
            Assert.Equal(CaseResult.NotAllowed, (await world.Work.Close(number, actor, "x", [], None)).Result);
        }

        Assert.Null(await world.Cases.Story(number, CaseWorld.Resident("r2"), None));
        Assert.Null(await world.Cases.Story("0001", CaseWorld.Resident("r2"), None));
        Assert.Empty(await world.Cases.OpenOf(CaseWorld.Resident("r2"), None));
        Assert.Empty(await world.Owed());
    }

    [Fact]
    public async Task Only_the_owner_or_who_answers_for_the_unit_works_on_a_claimed_case()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        Assert.Equal(CaseResult.Refused, (await world.Work.Close(number, world.Wang, "好了", [], None)).Result);
        await world.Work.Claim(number, world.Wang, None);
        var refused = await world.Work.Close(number, world.Li, "好了", [], None);
        Assert.Equal((CaseResult.Conflict, "这件事现在由网格员 王办理（处理中）。"), (refused.Result, refused.Words));
        Assert.Equal(CaseResult.Conflict, (await world.Work.Claim(number, world.Li, None)).Result);
        Assert.Equal(CaseResult.Refused, (await world.Work.Close(number, world.Sun, " ", [], None)).Result);
        Assert.Equal(CaseResult.Done, (await world.Work.Close(number, world.Sun, "好了", [], None)).Result);
    }

    [Fact]
    public Task Two_claim_at_once_and_one_has_it() => TwoClaim(null);

    [SkippableFact]
    public async Task Two_claim_at_once_and_one_has_it_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await TwoClaim(CaseWorld.Postgres);
    }

    [Fact]
    public async Task A_read_notice_is_gone_and_nobody_reads_anothers()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Open(world.Vacant.Id);
        var mine = Assert.Single(await world.Work.Notices(world.Zhao, None));
        var wangs = await world.Work.Notices(world.Wang, None);
        Assert.Equal(2, wangs.Count);
        await world.Work.Read(wangs[1].Id, world.Zhao, None);
        Assert.Equal(2, (await world.Work.Notices(world.Wang, None)).Count);
        await world.Work.Read(mine.Id, world.Zhao, None);
        Assert.Empty(await world.Work.Notices(world.Zhao, None));
        Assert.Empty(await world.Work.Notices(world.Chen, None));
    }

    [Fact]
    public async Task The_inbox_is_searched_and_sorted_by_due_date()
    {
        await using var world = await CaseWorld.Begin();
        var late = (await world.Open(world.East.Id)).Number;
        world.Time.Advance(TimeSpan.FromDays(5));
        var fresh = (await world.Open(world.East.Id)).Number;
        var page = await world.Work.Inbox(world.Li, new CaseFilter(CaseShelf.Open), None);
        Assert.Equal([(late, true), (fresh, false)], page.Lines.Select(line => (line.Number, line.Overdue)));
        Assert.Equal(fresh, Assert.Single((await world.Work.Inbox(world.Li, new CaseFilter(CaseShelf.Open, fresh[^9..]), None)).Lines).Number);
        Assert.Equal(2, (await world.Work.Inbox(world.Li, new CaseFilter(CaseShelf.Open, "路灯", Page: 1), None)).Total);
        Assert.Empty((await world.Work.Inbox(world.Li, new CaseFilter(CaseShelf.Mine), None)).Lines);
    }

    private static async Task TwoClaim(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        var number = (await world.Open(world.Vacant.Id)).Number;
        // Both read the case before either saves: the faster one acts in the middle of the slower one's step.
        var meanwhile = new Meanwhile(world.Get<ITransactions>(), () => world.Work.Claim(number, world.Zhao, None));
        var steps = new CaseSteps(meanwhile, world.Get<CaseReading>(), world.Get<CaseTimetable>(), world.Get<CaseCards>(), world);
        var work = new CaseWork(steps, world.Get<CaseReading>(), world.Get<CaseLetters>(), world.Get<CaseClock>());
        var slower = await work.Claim(number, world.Wang, None);
        Assert.Equal((CaseResult.Conflict, "这件事现在由网格员 赵办理（处理中）。"), (slower.Result, slower.Words));
        await using var db = world.CreateDbContext();
        var subject = await db.Set<Case>().Include(c => c.Log).SingleAsync(c => c.Number == number);
        Assert.Equal((world.Zhao.Id, 3), (subject.OwnerId, subject.Log.Count));
    }

    private static async Task Sees(CaseWorld world, StaffActor actor, params string[] numbers)
    {
        var page = await world.Work.Inbox(actor, new CaseFilter(CaseShelf.Open), None);
        Assert.Equal(numbers.Order(), page.Lines.Select(line => line.Number).Order());
        foreach (var number in new[] { "260302-0001", "260302-0002", "260302-0003" })
            Assert.Equal(numbers.Contains(number), await world.Work.Open(number, actor, None) is not null);
        Assert.Equal(numbers.Length > 0, await world.Work.MaySeePicture("photo", actor, None));
    }
}
