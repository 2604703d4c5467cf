using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Teaching;

/// <summary>Asks for a training and tells how the last ones went. For whoever may teach.</summary>
public sealed class Trainings(IDbContextFactory<CommunityDb> contexts, TimeProvider time)
{
    private const int Shown = 5;

    /// <summary>The last trainings, newest first, without the models themselves.</summary>
    public async Task<IReadOnlyList<TrainedModel>> Last(StaffActor actor, CancellationToken ct)
    {
        if (!Teaching.May(actor)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<TrainedModel>().AsNoTracking().OrderByDescending(m => m.Id).Take(Shown).Select(m => new TrainedModel
        {
            Id = m.Id,
            State = m.State,
            AskedBy = m.AskedBy,
            AskedAt = m.AskedAt,
            BegunAt = m.BegunAt,
            FinishedAt = m.FinishedAt,
            Taught = m.Taught,
            IntentBefore = m.IntentBefore,
            IntentAfter = m.IntentAfter,
            CategoryBefore = m.CategoryBefore,
            CategoryAfter = m.CategoryAfter,
            DangerBefore = m.DangerBefore,
            DangerAfter = m.DangerAfter,
            AlarmsBefore = m.AlarmsBefore,
            AlarmsAfter = m.AlarmsAfter,
        }).ToListAsync(ct);
    }

    /// <summary>How many taught sentences no training has taken in yet.</summary>
    public async Task<int> Waiting(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var since = await db.Set<TrainedModel>().Where(m => m.State == TrainingState.Accepted).MaxAsync(m => (DateTimeOffset?)m.BegunAt, ct);
        return await db.Set<UnclearSaying>().CountAsync(s => s.State == SayingState.Taught && (since == null || s.TaughtAt > since), ct);
    }

    /// <summary>Asks for a training; one at a time.</summary>
    public async Task<TeachingOutcome> Ask(StaffActor actor, CancellationToken ct)
    {
        if (!Teaching.May(actor)) return new TeachingOutcome(false, "这一页由社工、站长和管理员处理。");
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<TrainedModel>().AnyAsync(m => m.State == TrainingState.Asked || m.State == TrainingState.Running, ct))
            return new TeachingOutcome(false, "已经在训练了，请等一等。");
        var now = time.GetUtcNow();
        db.Add(new TrainedModel { Id = Guid.CreateVersion7(now), AskedBy = actor.Name, AskedAt = now });
        await db.SaveChangesAsync(ct);
        return new TeachingOutcome(true, "开始训练，大约要半分钟。可以离开这一页，不会中断。");
    }
}
