using CsCheck;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Tests.Cases;

/// <summary>Whatever happens to a case in whatever order, with the job after each step, something of it is always due and its log fits.</summary>
public sealed class DueHistoriesTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly Func<CaseWorld, string, Task>[] Steps =
    [
        (world, number) => world.Work.Claim(number, world.Wang, None),
        (world, number) => world.Work.Claim(number, world.Li, None),
        (world, number) => world.Work.Note(number, world.Wang, "在看", [], None),
        (world, number) => world.Work.Close(number, world.Sun, "好了", [], None),
        (world, number) => Leading(world).Return(number, world.Sun, "不归我", None),
        (world, number) => Leading(world).Judge(number, world.Sun, world.Lake.Id, world.Zhao.Id, "归西边", None),
        (world, number) => Leading(world).Assign(number, world.Sun, world.Station.Id, world.Sun.Id, "换人", None),
        (world, number) => Leading(world).AskExtension(number, world.Sun, 2, "等配件", None),
        (world, number) => Leading(world).AllowExtension(number, world.Sun, "", None),
        (world, number) => Leading(world).Suspend(number, world.Sun, BeijingTime.DateOf(world.Time.GetUtcNow()).AddDays(4), "下雨", None),
        (world, number) => Leading(world).Resume(number, world.Sun, None),
        (world, number) => Leading(world).Supervise(number, world.Sun, "快办", None),
        (world, number) => world.Cases.Add(number, "还在坏", [], CaseWorld.Resident(), Key(), None),
        (world, number) => world.Cases.Rate(number, Satisfaction.Dissatisfied, "没好", CaseWorld.Resident(), Key(), None),
        (world, number) => world.Cases.Rate(number, Satisfaction.NotSolved, "没好", CaseWorld.Resident(), Key(), None),
        (world, number) => world.Cases.Rate(number, Satisfaction.Satisfied, "", CaseWorld.Resident(), Key(), None),
        (world, number) => world.Get<CaseTasks>().Add(number, world.Sun, "买灯", world.Zhao.Id, BeijingTime.DateOf(world.Time.GetUtcNow()).AddDays(2), None),
        async (world, number) =>
        {
            foreach (var task in await world.Get<CaseTasks>().Of(number, world.Sun, None))
                await world.Get<CaseTasks>().Finish(task.Id, world.Sun, "做了", None);
        },
        (world, number) => world.Cases.Withdraw(number, "不用了", CaseWorld.Resident(), Key(), None),
    ];

    private static readonly Gen<(int Step, int Minutes)> Gens = Gen.Select(
        Gen.Frequency((18, Gen.Int[0, Steps.Length - 2]), (1, Gen.Const(Steps.Length - 1))),
        Gen.Frequency((3, Gen.Int[1, 300]), (2, Gen.Int[300, 3_000]), (1, Gen.Int[3_000, 20_000])));

    [Fact]
    public Task Random_histories_always_leave_something_due() => Histories(null, 40);

    [SkippableFact]
    public async Task Random_histories_always_leave_something_due_in_PostgreSQL()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await Histories(CaseWorld.Postgres, 15);
    }

    private static async Task Histories(string? postgres, int iterations)
    {
        await using var world = await CaseWorld.Begin(postgres);
        await Gens.Array[1, 25].SampleAsync(async history =>
        {
            var number = (await world.Open(world.East.Id)).Number;
            foreach (var (step, minutes) in history)
            {
                world.Time.Advance(TimeSpan.FromMinutes(minutes));
                // The job once before and twice after: it may be lost and come next time, or come twice.
                if (minutes % 2 == 0) await LookAtDuesTests.Look(world);
                await Steps[step](world, number);
                await LookAtDuesTests.Look(world);
                await LookAtDuesTests.Look(world);
                await Check(world, number);
            }
        }, iter: iterations, threads: 1);
    }

    private static async Task Check(CaseWorld world, string number)
    {
        await using var db = world.CreateDbContext();
        var subject = await db.Set<Case>().AsNoTracking().Include(c => c.Log).Include(c => c.Pictures).SingleAsync(c => c.Number == number);
        var rows = await db.Set<CaseDue>().AsNoTracking().Where(d => d.CaseId == subject.Id).ToListAsync();
        Assert.Null(CaseVerification.Flaw(subject));
        Assert.All(rows, row => Assert.True(row.DueAt > world.Time.GetUtcNow(), $"{row.Kind} was left over"));
        var own = rows.Where(row => !CaseTimetable.IsOfTasks(row.Kind)).ToList();
        if (subject.State.IsOpen()) Assert.NotEmpty(own);
        else Assert.All(own, row => Assert.Equal(CaseDueKind.Silence, row.Kind));
        Assert.True(own.Count <= 2);
        Assert.True(subject.State.IsOpen() || rows.TrueForAll(row => row.Kind != CaseDueKind.SubTask));
        Assert.Equal(subject.SettledAt is null && subject.State is (CaseState.Resolved or CaseState.Confirmed), own.Any(row => row.Kind == CaseDueKind.Silence));
        Assert.All(
            subject.Log.Where(row => (row.Move is CaseMove.Escalate or CaseMove.Release) && row.ActorId is null && !row.Note.Contains("次退单", StringComparison.Ordinal)),
            row => Assert.True(world.Get<IWorkingHours>().IsOpen(row.At, subject.UnitId), $"{row.Note} at {BeijingTime.At(row.At)}"));
    }

    private static CaseLeading Leading(CaseWorld world) => world.Get<CaseLeading>();

    private static IdempotencyKey Key() => new(Guid.CreateVersion7().ToString());
}
