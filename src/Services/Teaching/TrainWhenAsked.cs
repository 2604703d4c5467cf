using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Teaching;

/// <summary>
/// Trains on the product's own utterances and what staff have taught, measures the new model, the one in use and the one that
/// comes with the product on the held-apart utterances, and takes the new one only when it is worse than neither
/// (<see cref="Acceptance"/>). A training that a crash broke off is given up: staff ask for another.
/// </summary>
public sealed partial class TrainWhenAsked(
    IDbContextFactory<CommunityDb> contexts, ModelUnderstanding inUse, TrainingMaterial material, TimeProvider time,
    ILogger<TrainWhenAsked> logger) : IJob
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task Run(CancellationToken ct)
    {
        await GiveUpBroken(ct);
        if (await Take(ct) is not { } id) return;
        try
        {
            var taught = await Taught(ct);
            var trained = ModelTrainer.Train(material.Training(), taught);
            await Finish(id, taught.Count, trained, ct);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            Broke(problem);
            await Set(id, TrainingState.Running, TrainingState.Failed, ct);
        }
    }

    private async Task Finish(Guid id, int taught, ModelUnderstanding trained, CancellationToken ct)
    {
        var heldApart = material.HeldApart();
        var (before, after) = (Accuracy.Of(inUse, heldApart), Accuracy.Of(trained, heldApart));
        // The product's own is the floor: a loss too small to refuse, again and again, would add up.
        var good = Acceptance.IsNoWorse(after, before, heldApart)
            && Acceptance.IsNoWorse(after, Accuracy.Of(material.Floor(), heldApart), heldApart);
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<TrainedModel>().FirstOrDefaultAsync(m => m.Id == id && m.State == TrainingState.Running, ct) is not { } run) return;
        (run.Taught, run.FinishedAt) = (taught, time.GetUtcNow());
        (run.IntentBefore, run.IntentAfter, run.CategoryBefore, run.CategoryAfter) = (before.Intent, after.Intent, before.Category, after.Category);
        (run.DangerBefore, run.DangerAfter, run.AlarmsBefore, run.AlarmsAfter) = (before.DangerRecall, after.DangerRecall, before.FalseAlarms, after.FalseAlarms);
        run.State = good ? TrainingState.Accepted : TrainingState.Refused;
        if (good)
        {
            using var model = new MemoryStream();
            trained.Write(model);
            run.Model = model.ToArray();
        }
        await db.SaveChangesAsync(ct);
    }

    private async Task<List<Lesson>> Taught(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sayings = await db.Set<UnclearSaying>().AsNoTracking().Where(s => s.State == SayingState.Taught).OrderBy(s => s.Id).ToListAsync(ct);
        return sayings.ConvertAll(s => new Lesson(s.Words, s.Intent!, s.Category));
    }

    /// <summary>Takes the training that was asked for; only one instance can.</summary>
    private async Task<Guid?> Take(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var asked = await db.Set<TrainedModel>().Where(m => m.State == TrainingState.Asked).OrderBy(m => m.Id).Select(m => (Guid?)m.Id).FirstOrDefaultAsync(ct);
        if (asked is not { } id) return null;
        var now = time.GetUtcNow();
        return await db.Set<TrainedModel>().Where(m => m.Id == id && m.State == TrainingState.Asked)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, TrainingState.Running).SetProperty(m => m.BegunAt, now), ct) > 0 ? id : null;
    }

    private async Task GiveUpBroken(CancellationToken ct)
    {
        var since = time.GetUtcNow() - Longest;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<TrainedModel>().Where(m => m.State == TrainingState.Running && m.BegunAt < since)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.State, TrainingState.Failed), ct);
    }

    private async Task Set(Guid id, TrainingState from, TrainingState to, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<TrainedModel>().Where(m => m.Id == id && m.State == from).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, to), ct);
    }

    [LoggerMessage(5001, LogLevel.Error, "A training broke off; the model in use stays.")]
    private partial void Broke(Exception problem);
}
