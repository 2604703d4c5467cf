using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Teaching;

/// <summary>
/// Trains on the product's own utterances and what staff have taught, measures the model in use and the new one on the
/// held-apart utterances, and takes the new one only when it is not worse. A training that a crash broke off is asked for again.
/// </summary>
public sealed partial class TrainWhenAsked(
    IDbContextFactory<CommunityDb> contexts, ModelUnderstanding inUse, TimeProvider time, ILogger<TrainWhenAsked> logger) : IJob
{
    // A handful of the held-apart sentences turns over with any change of the data (a third of the standard error of a share);
    // of dangers, of which there are few, at most one.
    private const double Slack = 0.005;
    private const double DangerSlack = 0.01;
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    public async Task Run(CancellationToken ct)
    {
        await GiveUpBroken(ct);
        if (await Take(ct) is not { } id) return;
        try
        {
            var taught = await Taught(ct);
            var trained = ModelTrainer.Train([.. OwnUtterances.Training(), .. taught]);
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
        var heldApart = OwnUtterances.HeldApart();
        var (before, after) = (Accuracy.Of(inUse, heldApart), Accuracy.Of(trained, heldApart));
        var better = after.Intent >= before.Intent - Slack && after.Category >= before.Category - Slack
            && after.DangerRecall >= before.DangerRecall - DangerSlack && after.FalseAlarms <= before.FalseAlarms + Slack;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var run = await db.Set<TrainedModel>().FirstAsync(m => m.Id == id, ct);
        (run.Taught, run.FinishedAt) = (taught, time.GetUtcNow());
        (run.IntentBefore, run.IntentAfter, run.CategoryBefore, run.CategoryAfter) = (before.Intent, after.Intent, before.Category, after.Category);
        (run.DangerBefore, run.DangerAfter, run.AlarmsBefore, run.AlarmsAfter) = (before.DangerRecall, after.DangerRecall, before.FalseAlarms, after.FalseAlarms);
        run.State = better ? TrainingState.Accepted : TrainingState.Refused;
        if (better)
        {
            using var model = new MemoryStream();
            trained.Write(model);
            run.Model = model.ToArray();
        }
        await db.SaveChangesAsync(ct);
    }

    private async Task<List<Utterance>> Taught(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var sayings = await db.Set<UnclearSaying>().AsNoTracking().Where(s => s.State == SayingState.Taught).OrderBy(s => s.Id).ToListAsync(ct);
        return sayings.ConvertAll(s => new Utterance(s.Words, "taught", s.Intent!, s.Category, null, null, null));
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
