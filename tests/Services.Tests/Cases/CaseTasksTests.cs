using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

/// <summary>Revisits after low ratings, sub-tasks with owners of their own, and what comes after the seven days.</summary>
public sealed class CaseTasksTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData(Satisfaction.VeryDissatisfied, 1)]
    [InlineData(Satisfaction.Dissatisfied, 1)]
    [InlineData(Satisfaction.Fair, 0)]
    [InlineData(Satisfaction.NotSolved, 0)]
    public async Task The_two_lowest_ratings_open_a_revisit(Satisfaction level, int revisits)
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        await Rate(world, number, level);
        Assert.Equal(revisits, (await Tasks(world).Waiting(world.Sun, None)).Count);
        Assert.Empty(await Tasks(world).Waiting(world.Wang, None));
        Assert.Equal(revisits, (await LookAtDuesTests.Rows(world)).Count(row => row == "Revisit 03-23 18:00"));
    }

    [Fact]
    public async Task A_revisit_is_the_leads_to_do_and_when_it_is_late_they_are_told()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        await Rate(world, number, Satisfaction.Dissatisfied);
        var task = Assert.Single(await Tasks(world).Of(number, world.Sun, None));
        Assert.Equal(CaseResult.NotAllowed, (await Tasks(world).Finish(task.Id, world.Wang, "去过了", None)).Result);
        Assert.Equal(CaseResult.Refused, (await Tasks(world).Finish(task.Id, world.Sun, " ", None)).Result);

        await LookAtDuesTests.Until(world, 24, 9, 0);
        Assert.Contains(await LookAtDuesTests.Notices(world, world.Sun), words => words.StartsWith("回访到期了", StringComparison.Ordinal));
        Assert.DoesNotContain(await LookAtDuesTests.Rows(world), row => row.StartsWith("Revisit", StringComparison.Ordinal));

        Assert.Equal(CaseResult.Done, (await Tasks(world).Finish(task.Id, world.Sun, "当面道歉，居民满意", None)).Result);
        Assert.Equal(CaseResult.Refused, (await Tasks(world).Finish(task.Id, world.Sun, "又去", None)).Result);
        Assert.Empty(await Tasks(world).Waiting(world.Sun, None));
        var log = (await LookAtDuesTests.Stored(world)).Log;
        Assert.Contains(log, row => row.Move == CaseMove.Task && row.Note == "回访完成：当面道歉，居民满意");
    }

    [Fact]
    public async Task A_sub_task_has_its_own_owner_and_the_case_is_not_closed_without_it()
    {
        await using var world = await CaseWorld.Begin();
        var number = await LookAtDuesTests.Working(world);
        var tasks = Tasks(world);
        Assert.Equal(CaseResult.Done, (await tasks.Add(number, world.Wang, "买灯泡", world.Zhao.Id, new DateOnly(2026, 3, 3), None)).Result);
        Assert.Contains("SubTask 03-03 18:00", await LookAtDuesTests.Rows(world));
        Assert.Contains(await LookAtDuesTests.Notices(world, world.Zhao), words => words.Contains("买灯泡", StringComparison.Ordinal));
        Assert.Contains("子任务没有完成", (await world.Work.Close(number, world.Wang, "好了", [], None)).Words, StringComparison.Ordinal);

        // The owner is no worker of the case: it sees the task, not the case.
        Assert.Null(await world.Work.Open(number, world.Zhao, None));
        var task = Assert.Single(await tasks.Waiting(world.Zhao, None));
        Assert.True(task.Mine && !task.Gives);
        Assert.Equal(CaseResult.NotAllowed, (await tasks.Finish(task.Id, world.Stranger, "不是我的", None)).Result);

        await LookAtDuesTests.Until(world, 4, 9, 0);
        Assert.Contains(await LookAtDuesTests.Notices(world, world.Zhao), words => words.StartsWith("子任务到期了", StringComparison.Ordinal));
        Assert.Equal(CaseResult.Done, (await tasks.Finish(task.Id, world.Zhao, "买来了", None)).Result);
        Assert.Equal(CaseResult.Done, (await world.Work.Close(number, world.Wang, "好了", [], None)).Result);
    }

    [Fact]
    public async Task A_task_is_given_to_people_of_the_cases_units_alone()
    {
        await using var world = await CaseWorld.Begin();
        var number = await LookAtDuesTests.Working(world);
        var (tasks, day) = (Tasks(world), new DateOnly(2026, 3, 3));
        Assert.Equal(CaseResult.Refused, (await tasks.Add(number, world.Wang, "x", world.Stranger.Id, day, None)).Result);
        Assert.Equal(CaseResult.Refused, (await tasks.Add(number, world.Wang, "x", world.Chen.Id, day, None)).Result);
        Assert.Equal(CaseResult.Refused, (await tasks.Add(number, world.Wang, " ", world.Zhao.Id, day, None)).Result);
        Assert.Equal(CaseResult.Refused, (await tasks.Add(number, world.Wang, "x", world.Zhao.Id, new DateOnly(2026, 2, 27), None)).Result);
        Assert.Equal(CaseResult.Refused, (await tasks.Add(number, world.Li, "x", world.Zhao.Id, day, None)).Result);
        Assert.Equal(CaseResult.NotAllowed, (await tasks.Add(number, world.Zhao, "x", world.Zhao.Id, day, None)).Result);
        await using (var db = world.CreateDbContext()) Assert.Equal(0, await db.Set<CaseTask>().CountAsync());

        await tasks.Add(number, world.Wang, "买灯泡", world.Zhao.Id, day, None);
        var task = Assert.Single(await tasks.Of(number, world.Wang, None));
        Assert.Equal(CaseResult.NotAllowed, (await tasks.Assign(task.Id, world.Li, world.Li.Id, None)).Result);
        Assert.Equal(CaseResult.Done, (await tasks.Assign(task.Id, world.Wang, world.Li.Id, None)).Result);
        Assert.Single(await tasks.Waiting(world.Li, None));
        Assert.Empty(await tasks.Waiting(world.Zhao, None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task After_seven_days_a_case_is_not_opened_again_whether_the_job_came_or_not(bool job)
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        Assert.False((await world.Cases.ToRate(number, CaseWorld.Resident(), None))!.TooLate);
        await LookAtDuesTests.Until(world, 9, 9, 0, job);
        Assert.True((await world.Cases.ToRate(number, CaseWorld.Resident(), None))!.TooLate);
        Assert.Equal(RatingResult.TooLate, (await Rate(world, number, Satisfaction.NotSolved)).Result);
        Assert.Empty(await Tasks(world).Waiting(world.Sun, None));
        Assert.Equal(RatingResult.TooLate, (await Rate(world, number, Satisfaction.VeryDissatisfied)).Result);
        Assert.Single(await Tasks(world).Waiting(world.Sun, None));
        var subject = await LookAtDuesTests.Stored(world, number);
        Assert.Equal((CaseState.Resolved, 0), (subject.State, subject.Reopens));
        Assert.Equal(RatingResult.Thanked, (await Rate(world, number, Satisfaction.Satisfied)).Result);
    }

    [Fact]
    public async Task The_same_trouble_becomes_a_new_case_that_names_the_old_one()
    {
        await using var world = await CaseWorld.Begin();
        var number = await Closed(world);
        await LookAtDuesTests.Until(world, 20, 9, 0);
        Assert.Null(await world.Cases.OpenAnew(number, "又黑了", CaseWorld.Resident("somebody else"), new IdempotencyKey("x"), None));
        var anew = await world.Cases.OpenAnew(number, "又黑了", CaseWorld.Resident(), new IdempotencyKey("anew"), None);
        Assert.Equal(anew, await world.Cases.OpenAnew(number, "又黑了", CaseWorld.Resident(), new IdempotencyKey("anew"), None));
        var (old, subject) = (await LookAtDuesTests.Stored(world, number), await LookAtDuesTests.Stored(world, anew!.Number));
        Assert.Equal($"{number} 办好后又出问题：又黑了", subject.Words);
        Assert.Equal((old.Kind, old.Title, old.GridId, old.Place, old.LimitWorkingDays), (subject.Kind, subject.Title, subject.GridId, subject.Place, subject.LimitWorkingDays));
        // An open one is added to, not opened anew.
        Assert.Null(await world.Cases.OpenAnew(anew.Number, "又黑了", CaseWorld.Resident(), new IdempotencyKey("y"), None));
    }

    private static CaseTasks Tasks(CaseWorld world) => world.Get<CaseTasks>();

    private static async Task<string> Closed(CaseWorld world)
    {
        var number = await LookAtDuesTests.Working(world);
        await world.Work.Close(number, world.Wang, "换好了", [], None);
        return number;
    }

    private static Task<RatingOutcome> Rate(CaseWorld world, string number, Satisfaction level) =>
        world.Cases.Rate(number, level, "还是黑的", CaseWorld.Resident(), new IdempotencyKey(Guid.CreateVersion7().ToString()), None);
}
