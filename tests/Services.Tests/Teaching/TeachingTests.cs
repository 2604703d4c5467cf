using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;
using WuShe.Services.Teaching;
using WuShe.Services.Tests.Cases;
using Desk = WuShe.Services.Teaching.Teaching;

namespace WuShe.Services.Tests.Teaching;

/// <summary>From a sentence that was not understood to a model that understands it, on both databases.</summary>
public sealed class TeachingTests
{
    public static TheoryData<bool> Databases => [false, true];

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task What_was_not_understood_is_kept_without_what_is_personal_and_counted(bool postgres)
    {
        await using var world = await Begin(postgres);
        await Hear(world, "那个疙瘩扯拐了嘛，电话13812345678", "那个疙瘩扯拐了嘛, 电话13912345679", "12345", "👍");
        var group = Assert.Single(await world.Get<Desk>().Open(world.Li, default));
        var saying = Assert.Single(group.Sayings);
        Assert.Equal(2, saying.Times);
        Assert.Equal("那个疙瘩扯拐了嘛，电话＊", saying.Words);
    }

    [Fact]
    public async Task Grid_workers_and_lawyers_do_not_teach()
    {
        await using var world = await Begin(postgres: false);
        await Hear(world, "那个疙瘩扯拐了嘛");
        var desk = world.Get<Desk>();
        Assert.Empty(await desk.Open(world.Wang, default));
        var saying = (await desk.Open(world.Li, default)).Single().Sayings.Single();
        Assert.False((await desk.Teach(saying.Id, Intents.None, null, world.Wang, default)).Done);
        Assert.False((await desk.Dismiss(saying.Id, world.Chen, default)).Done);
        Assert.False((await world.Get<Trainings>().Ask(world.Wang, default)).Done);
    }

    [Fact]
    public async Task A_decision_can_be_taken_back()
    {
        await using var world = await Begin(postgres: false);
        await Hear(world, "那个疙瘩扯拐了嘛");
        var desk = world.Get<Desk>();
        var saying = (await desk.Open(world.Li, default)).Single().Sayings.Single();
        Assert.False((await desk.Teach(saying.Id, Intents.Report, null, world.Li, default)).Done);
        Assert.False((await desk.Teach(saying.Id, "nonsense", null, world.Li, default)).Done);
        Assert.True((await desk.Teach(saying.Id, Intents.Report, "elevator", world.Li, default)).Done);
        Assert.Empty(await desk.Open(world.Li, default));
        Assert.Equal(1, await world.Get<Trainings>().Waiting(default));
        Assert.True((await desk.Undo(saying.Id, world.Li, default)).Done);
        Assert.Single(await desk.Open(world.Li, default));
        Assert.True((await desk.Dismiss(saying.Id, world.Li, default)).Done);
        Assert.Equal(0, await world.Get<Trainings>().Waiting(default));
    }

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task What_was_taught_is_understood_after_a_training(bool postgres)
    {
        const string said = "嗦啰不转了";
        await using var world = await Begin(postgres);
        var understanding = world.Get<ModelUnderstanding>();
        string[] ways = [said, "我们这的嗦啰又不转了", "嗦啰不转了咋个办", "嗦啰转不动嘞"];
        await Hear(world, ways);
        var desk = world.Get<Desk>();
        foreach (var saying in (await desk.Open(world.Li, default)).SelectMany(group => group.Sayings))
            await desk.Teach(saying.Id, Intents.Report, "facilities", world.Li, default);

        Assert.True((await world.Get<Trainings>().Ask(world.Li, default)).Done);
        Assert.False((await world.Get<Trainings>().Ask(world.Li, default)).Done);
        await world.Get<TrainWhenAsked>().Run(default);
        var run = Assert.Single(await world.Get<Trainings>().Last(world.Li, default));
        Assert.Equal(TrainingState.Accepted, run.State);
        Assert.Equal(ways.Length, run.Taught);
        Assert.Equal(0, await world.Get<Trainings>().Waiting(default));

        Assert.False(understanding.Read(said) is { Category: [{ Code: "facilities" }, ..] });
        Assert.True(await world.Get<ModelInUse>().Follow(default));
        Assert.False(await world.Get<ModelInUse>().Follow(default));
        Assert.Equal((Intents.Report, "facilities"), (understanding.Read(said).Intent.Code, understanding.Read(said).Category[0].Code));
    }

    [Fact]
    public void What_was_taught_says_nothing_of_danger_places_and_times()
    {
        var (own, before, heldApart) = (SmallMaterial.Trained, SmallMaterial.Model, OwnUtterances.HeldApart());
        // People who say what a sentence means say neither that nobody is in danger nor that it names no place.
        var lessons = own.Where(one => one.Danger is not null || one.Place is not null).Select(one => new Lesson(one.Text, one.Intent, one.Category)).ToList();
        Assert.Contains(lessons, lesson => before.Read(lesson.Text).Danger is not null);
        var after = ModelTrainer.Train(own, lessons);
        Assert.All(heldApart, one => Assert.Equal((before.Read(one.Text).Place, before.Read(one.Text).Time), (after.Read(one.Text).Place, after.Read(one.Text).Time)));
        Assert.InRange(Accuracy.Of(after, heldApart).DangerRecall, Accuracy.Of(before, heldApart).DangerRecall, 1);
    }

    [Fact]
    public async Task A_model_worse_than_the_products_own_is_refused_though_the_one_in_use_is_worse_still()
    {
        await using var world = await Begin(postgres: false);
        // Trained on a tenth: what many small losses would have come to.
        var worn = ModelTrainer.Train([.. SmallMaterial.Trained.Where((_, i) => i % 10 == 0)]);
        world.Get<ModelUnderstanding>().Use(worn);
        await TeachNonsense(world, SmallMaterial.Apart.Where(one => one.Intent == Intents.Report).Take(60));
        var run = await Train(world);
        Assert.True(run.IntentAfter > run.IntentBefore);
        Assert.Equal(TrainingState.Refused, run.State);
    }

    [Fact]
    public async Task A_training_that_broke_off_is_given_up_and_another_can_be_asked_for()
    {
        await using var world = await Begin(postgres: false);
        await using (var db = world.CreateDbContext())
        {
            var now = world.Time.GetUtcNow();
            db.Add(new TrainedModel { Id = Guid.CreateVersion7(now), AskedBy = "社工 李", AskedAt = now, BegunAt = now, State = TrainingState.Running });
            await db.SaveChangesAsync();
        }
        var (trainings, job) = (world.Get<Trainings>(), world.Get<TrainWhenAsked>());
        await job.Run(default);
        Assert.False((await trainings.Ask(world.Li, default)).Done);
        world.Time.Advance(TimeSpan.FromMinutes(11));
        await job.Run(default);
        Assert.Equal(TrainingState.Failed, Assert.Single(await trainings.Last(world.Li, default)).State);
        Assert.True((await trainings.Ask(world.Li, default)).Done);
    }

    [Fact]
    public async Task A_model_that_reads_worse_is_refused()
    {
        await using var world = await Begin(postgres: false);
        await TeachNonsense(world, SmallMaterial.Apart.Where(one => one.Intent == Intents.Report).Take(400));
        var run = await Train(world);
        Assert.Equal(TrainingState.Refused, run.State);
        Assert.True(run.IntentAfter < run.IntentBefore);
        Assert.False(await world.Get<ModelInUse>().Follow(default));
    }

    /// <summary>Somebody teaches that plain reports are chat.</summary>
    private static async Task TeachNonsense(CaseWorld world, IEnumerable<Utterance> reports)
    {
        await using var db = world.CreateDbContext();
        var at = world.Time.GetUtcNow();
        foreach (var one in reports)
            db.Add(new UnclearSaying { Id = Guid.CreateVersion7(), Words = one.Text.Length > 200 ? one.Text[..200] : one.Text, Same = Guid.NewGuid().ToString("N"), Guess = Intents.None, FirstAt = at, LastAt = at });
        await db.SaveChangesAsync();
        await db.Set<UnclearSaying>().ExecuteUpdateAsync(set => set.SetProperty(s => s.State, SayingState.Taught).SetProperty(s => s.Intent, Intents.None));
    }

    private static async Task<TrainedModel> Train(CaseWorld world)
    {
        await world.Get<Trainings>().Ask(world.Li, default);
        await world.Get<TrainWhenAsked>().Run(default);
        return Assert.Single(await world.Get<Trainings>().Last(world.Li, default));
    }

    private static async Task<CaseWorld> Begin(bool postgres)
    {
        Skip.If(postgres && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL");
        var world = await CaseWorld.Begin(postgres ? CaseWorld.Postgres : null, instead: services => services.AddSingleton(SmallMaterial.All));
        world.Get<ModelUnderstanding>().Use(SmallMaterial.Model);
        return world;
    }

    private static async Task Hear(CaseWorld world, params string[] sayings)
    {
        var notes = world.Get<UnclearNotes>();
        foreach (var said in sayings) notes.Note(said, Understood.Nothing);
        await notes.Run(default);
    }

    /// <summary>An eighth of the product's utterances: it teaches and measures the same things, and trains in seconds.</summary>
    private static class SmallMaterial
    {
        public static readonly List<Utterance> Trained = Eighth(OwnUtterances.Training());
        public static readonly List<Utterance> Apart = Eighth(OwnUtterances.HeldApart());
        public static readonly ModelUnderstanding Model = ModelTrainer.Train(Trained);
        public static readonly TrainingMaterial All = new() { Training = () => Trained, HeldApart = () => Apart, Floor = () => Model };

        private static List<Utterance> Eighth(IReadOnlyList<Utterance> all) => [.. all.Where((_, at) => at % 8 == 0)];
    }
}
