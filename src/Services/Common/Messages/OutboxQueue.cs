using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Messages;

/// <summary>
/// Hands out what is due, each row to one worker at a time on however many instances: taking a row moves its next attempt
/// past the lease in one UPDATE that only one can win. A worker that dies leaves the row to be taken when the lease is over.
/// </summary>
public sealed class OutboxQueue(IDbContextFactory<CommunityDb> contexts, IParkedMarks parked, TimeProvider time)
{
    /// <summary>How long a worker has for a delivery before another may take it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Takes at most <paramref name="most"/> rows, the first in line of each person: a row waits for earlier ones to the
    /// same conversation unless those were refused.
    /// </summary>
    internal async Task<IReadOnlyList<OutboxMessage>> Take(int most, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var owed = db.Set<OutboxMessage>().Where(m => m.FinishedAt == null);
        var keys = await owed
            .Where(m => m.NextAttemptAt <= now && (m.Parked || !owed.Any(e =>
                e.To == m.To && !e.Parked && e.DueAt <= now
                && (e.DueAt < m.DueAt || (e.DueAt == m.DueAt && e.Order < m.Order)))))
            .OrderBy(m => m.DueAt).ThenBy(m => m.Order)
            .Select(m => m.Key).Take(most).ToListAsync(ct);
        if (keys.Count == 0) return [];

        var lease = Guid.CreateVersion7(now);
        var until = now + Lease;
        await owed.Where(m => keys.Contains(m.Key) && m.NextAttemptAt <= now)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.NextAttemptAt, until)
                .SetProperty(m => m.Lease, lease)
                .SetProperty(m => m.Attempts, m => m.Attempts + 1), ct);
        return await owed.AsNoTracking().Where(m => keys.Contains(m.Key) && m.Lease == lease)
            .OrderBy(m => m.DueAt).ThenBy(m => m.Order).ToListAsync(ct);
    }

    /// <summary>Writes what became of a row, unless another worker has taken it since.</summary>
    internal async Task Note(OutboxMessage row, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<OutboxMessage>()
            .Where(m => m.Key == row.Key && m.Lease == row.Lease && m.FinishedAt == null)
            .ExecuteUpdateAsync(set => set
                .SetProperty(m => m.NextAttemptAt, row.NextAttemptAt)
                .SetProperty(m => m.Attempts, row.Attempts)
                .SetProperty(m => m.Parked, row.Parked)
                .SetProperty(m => m.FinishedAt, row.FinishedAt)
                .SetProperty(m => m.DeliveredAt, row.DeliveredAt)
                .SetProperty(m => m.Outcome, row.Outcome), ct);
        if (row is { Parked: true, FinishedAt: null }) await parked.Set(row.To);
    }

    /// <summary>The next words of the person are worth a look, though nothing waits for them here.</summary>
    internal Task Mark(string conversation) => parked.Set(conversation);

    /// <summary>
    /// The person can be reached again (wrote, came back): what was refused in this conversation is tried now, in the order
    /// it was owed. False, at the price of one look at the marks, when nothing was.
    /// </summary>
    public async Task<bool> Reconsider(string conversation, CancellationToken ct)
    {
        if (!await parked.Clear(conversation)) return false;
        var now = time.GetUtcNow();
        // What is being tried at this moment is left to whoever tries it.
        var leased = now + Lease;
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<OutboxMessage>()
            .Where(m => m.FinishedAt == null && m.Parked && m.To == conversation && m.NextAttemptAt > leased)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAttemptAt, now).SetProperty(m => m.Parked, false), ct);
        return true;
    }

    /// <summary>Whether something due in this conversation is still under way: what is said now must not overtake it.</summary>
    internal async Task<bool> IsBehind(string conversation, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<OutboxMessage>().AnyAsync(m => m.FinishedAt == null && !m.Parked && m.To == conversation && m.DueAt <= now, ct);
    }

    /// <summary>When the oldest row that is due fell due; null when nothing is. Parked rows do not count: nothing can be done about them.</summary>
    internal async Task<DateTimeOffset?> OldestDue(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<OutboxMessage>()
            .Where(m => m.FinishedAt == null && !m.Parked && m.DueAt <= now)
            .MinAsync(m => (DateTimeOffset?)m.DueAt, ct);
    }
}
