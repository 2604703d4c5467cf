using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

/// <summary>What happens to a case by the clock. The world begins on Monday, 2 March 2026, at 9:00; duty is 9–12 and 14–18.</summary>
public sealed partial class LookAtDuesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Opening_a_case_writes_two_rows_and_the_end_of_the_day_is_the_next_morning()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        Assert.Equal(["Contact 03-04 09:00", "Half 03-04 14:30"], await Rows(world));
    }

    [Fact]
    public async Task A_case_that_nobody_takes_up_goes_back_to_the_queue_and_the_lead_is_told()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        await Until(world, 3, 8, 59, job: false);
        await Look(world);
        Assert.Equal(world.Wang.Id, (await Stored(world)).OwnerId);

        await Until(world, 4, 9, 0);
        var subject = await Stored(world);
        Assert.Equal((CaseState.Dispatched, null), (subject.State, subject.OwnerId));
        Assert.Equal((CaseMove.Release, "翠湖社区值班人员：到时间还没有人联系居民"), (subject.Log[^1].Move, subject.Log[^1].Note));
        Assert.Contains("没有人联系居民", (await Notices(world, world.Sun)).Single(), StringComparison.Ordinal);
        Assert.Contains(await Notices(world, world.Wang), words => words.Contains("没有人联系居民", StringComparison.Ordinal));
        Assert.Equal(["Contact 03-06 09:00", "Half 03-04 14:30"], await Rows(world));

        // Nobody in the queue either: the lead hears it again.
        await Until(world, 6, 9, 0);
        Assert.Equal(2, (await Notices(world, world.Sun)).Count(words => words.Contains("没有人联系居民", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_claimed_case_without_a_step_for_a_working_day_goes_back_and_the_resident_is_not_bothered()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        Assert.Equal(["React 03-03 09:00", "Half 03-04 14:30"], await Rows(world));
        var told = (await ToResident(world)).Count;

        await Until(world, 3, 9, 0);
        var subject = await Stored(world);
        Assert.Equal((CaseState.Dispatched, null), (subject.State, subject.OwnerId));
        Assert.Contains("接单后没有动静", Assert.Single(await Notices(world, world.Sun)), StringComparison.Ordinal);
        Assert.Equal(told, (await ToResident(world)).Count);
        Assert.Equal(["Contact 03-05 09:00", "Half 03-04 14:30"], await Rows(world));
    }

    [Fact]
    public async Task A_step_of_its_worker_is_a_reaction_and_one_of_the_resident_is_not()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Cases.Add(number, "快一点", [], CaseWorld.Resident(), new IdempotencyKey("add"), None);
        Assert.Contains("React 03-03 09:00", await Rows(world));
        await world.Work.Note(number, world.Wang, "约了电工", [], None);
        Assert.Equal(["Half 03-04 14:30"], await Rows(world));
    }

    [Fact]
    public async Task Warnings_go_to_the_worker_and_a_late_case_goes_up_the_tree_always_within_duty_hours()
    {
        await using var world = await CaseWorld.Begin();
        await Working(world);
        List<string> seen = [];
        for (var i = 0; i < 7; i++)
        {
            var row = Assert.Single(await Rows(world));
            seen.Add(row);
            await ToNext(world);
        }

        Assert.Equal(
            ["Half 03-04 14:30", "Nearly 03-05 11:48", "Due 03-06 09:00", "Station 03-09 09:00", "Centre 03-10 09:00", "Again 03-17 09:00", "Again 03-24 09:00"], seen);
        var subject = await Stored(world);
        Assert.Equal(
            ["时限过半，3月5日（周四）前办结", "快到期了，3月5日（周四）前办结", "到期了，还没办结", "超时，已告诉负责人", "超时，已告诉社工站", "超时，已告诉指导中心", "一直没有办结，再次告诉指导中心", "一直没有办结，再次告诉指导中心"],
            subject.Log.Where(row => row.Move == CaseMove.Escalate).Select(row => row.Note));
        Assert.All(subject.Log.Where(row => row.Move == CaseMove.Escalate), row => Assert.True(world.Get<IWorkingHours>().IsOpen(row.At, subject.UnitId)));
        Assert.Equal(3, (await Notices(world, world.Wang)).Count(words => words.Contains("到期", StringComparison.Ordinal) || words.Contains("过半", StringComparison.Ordinal)));
        Assert.Equal(2, (await Notices(world, world.Sun)).Count(words => words.StartsWith("超时", StringComparison.Ordinal)));
        Assert.Equal(3, (await Notices(world, world.Admin)).Count);
    }

    [Fact]
    public async Task A_row_that_comes_at_night_waits_for_the_morning_and_of_an_emergency_it_does_not()
    {
        await using var world = await CaseWorld.Begin();
        await Working(world);
        var urgent = await Urgent(world, TimeSpan.FromMinutes(30));
        await using (var db = world.CreateDbContext())
            await db.Set<CaseDue>().ExecuteUpdateAsync(d => d.SetProperty(x => x.DueAt, Beijing(2, 23, 0)));
        await Until(world, 2, 23, 0);
        var rows = await Rows(world);
        Assert.Contains("Half 03-03 09:00", rows);
        Assert.Contains((await Stored(world, urgent)).Log, row => row.Note.EndsWith("到时间还没有人联系居民", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_emergency_is_looked_after_by_minutes()
    {
        await using var world = await CaseWorld.Begin();
        await Until(world, 7, 22, 0);
        await Urgent(world, TimeSpan.FromHours(2));
        Assert.Equal(["Contact 03-08 00:00", "Half 03-07 23:00"], await Rows(world));
        for (var i = 0; i < 3; i++) await ToNext(world);
        Assert.Contains("Contact 03-08 02:00", await Rows(world));
        Assert.Contains(await Notices(world, world.Sun), words => words.Contains("没有人联系居民", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_suspended_case_goes_on_when_duty_begins_on_its_date()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Working(world);
        var due = (await Stored(world)).DueAt;
        await world.Get<CaseLeading>().Suspend(number, world.Wang, new DateOnly(2026, 3, 4), "下雨", None);
        Assert.Equal(["Resume 03-04 09:00"], await Rows(world));
        await ToNext(world);
        var subject = await Stored(world);
        Assert.Equal((CaseState.Claimed, CaseMove.Resume, due.AddDays(4)), (subject.State, subject.Log[^1].Move, subject.DueAt));
        Assert.Contains((await ToResident(world)), words => words.Contains("又接着办了", StringComparison.Ordinal));
        Assert.StartsWith("Half", Assert.Single(await Rows(world)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judges_that_are_late_are_told_and_the_time_goes_on()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Working(world);
        await Until(world, 2, 10, 0);
        await world.Get<CaseLeading>().Return(number, world.Wang, "不归我", None);
        Assert.Equal(["JudgeLate 03-03 10:00"], await Rows(world));
        var seen = (await Notices(world, world.Sun)).Count;
        await ToNext(world);
        Assert.Equal(seen + 1, (await Notices(world, world.Sun)).Count);
        // Its date is a working day later than it was.
        Assert.Equal(["Half 03-05 14:30"], await Rows(world));
        await world.Get<CaseLeading>().Judge(number, world.Sun, world.Lake.Id, world.Zhao.Id, "归西边", None);
        Assert.Equal(["Contact 03-05 09:00", "Half 03-05 14:30"], await Rows(world));
    }

    [Fact]
    public async Task After_seven_days_of_silence_a_case_is_closed_for_good_and_asked_about_once_more_where_its_category_says_so()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Cases.Open(
            New(world) with { Rules = CaseRules.Usual with { AsksLater = true } }, CaseWorld.Resident(), new IdempotencyKey("later"), None)).Number;
        await world.Work.Claim(number, world.Wang, None);
        await world.Work.Close(number, world.Wang, "换好了", [], None);
        Assert.Equal(["Silence 03-09 09:00"], await Rows(world));
        await ToNext(world);
        Assert.Empty(await Rows(world));
        var subject = await Stored(world);
        Assert.Equal((CaseState.Resolved, CaseMove.Settle), (subject.State, subject.Log[^1].Move));
        var later = Assert.Single(await world.Owed(dialogs: true), row => OutboxContent.Read(row.Content).Dialog == AskLaterDialog.Name);
        Assert.Equal((number, Beijing(30, 9, 0)), (OutboxContent.Read(later.Content).Argument, later.DueAt));
    }

    [Fact]
    public async Task An_extended_case_is_warned_of_its_new_date()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Working(world);
        await ToNext(world);
        Assert.Equal(["Nearly 03-05 11:48"], await Rows(world));
        var leading = world.Get<CaseLeading>();
        await leading.AskExtension(number, world.Wang, 3, "等配件", None);
        await leading.AllowExtension(number, world.Sun, "", None);
        Assert.Equal(["Half 03-09 14:30"], await Rows(world));
    }

    [Fact]
    public Task Of_two_instances_that_look_at_once_one_does_it() => OnceOnly(null);

    [SkippableFact]
    public async Task Of_two_instances_that_look_at_once_one_does_it_in_PostgreSQL()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await OnceOnly(CaseWorld.Postgres);
    }

    private static async Task OnceOnly(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        for (var i = 0; i < 12; i++) await world.Open(world.East.Id);
        await using var other = world.Another();
        await Until(world, 4, 9, 0, job: false);
        await Task.WhenAll(world.Get<LookAtDues>().Run(None), other.GetRequiredService<LookAtDues>().Run(None));
        await Look(world);
        await using var db = world.CreateDbContext();
        foreach (var subject in await db.Set<Case>().AsNoTracking().Include(c => c.Log).Include(c => c.Pictures).ToListAsync())
        {
            Assert.Single(subject.Log, row => row.Move == CaseMove.Release);
            Assert.Null(CaseVerification.Flaw(subject));
        }

        Assert.Equal(12, await db.Set<StaffNotice>().CountAsync(n => n.StaffId == world.Sun.Id));
        Assert.Equal(24, await db.Set<CaseDue>().CountAsync());
    }

    [Fact]
    public async Task A_process_that_dies_before_the_commit_leaves_everything_to_the_next()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        await Until(world, 4, 9, 0, job: false);
        await new LookAtDues(
            new Dying(world.Get<ITransactions>()), world.Get<CaseDueSteps>(), world.Get<CaseTimetable>(), world.Get<IWorkingHours>(),
            world.Get<IDbContextFactory<CommunityDb>>(), world, world.Time, NullLogger<LookAtDues>.Instance).Run(None);
        Assert.Equal(["Contact 03-04 09:00", "Half 03-04 14:30"], await Rows(world));
        Assert.Equal(2, (await Stored(world)).Version);
        await Look(world);
        Assert.Null((await Stored(world)).OwnerId);
        Assert.Single(await Notices(world, world.Sun));
    }

    [Fact]
    public async Task A_row_without_a_case_goes_and_keeps_nobody_up()
    {
        await using var world = await CaseWorld.Begin();
        await using (var db = world.CreateDbContext())
        {
            db.Add(new CaseDue { CaseId = Guid.CreateVersion7(), Kind = CaseDueKind.Half, DueAt = world.Time.GetUtcNow() });
            await db.SaveChangesAsync();
        }

        await Look(world);
        Assert.Empty(await Rows(world));
    }
}
