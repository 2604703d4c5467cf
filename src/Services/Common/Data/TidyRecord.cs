using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Common.Data;

/// <summary>
/// Removes what only served to do things once: keys of acts that no conversation can ask for any more, because its state has
/// run out before, and messages long delivered.
/// </summary>
public sealed class TidyRecord(IDbContextFactory<CommunityDb> contexts, TimeProvider time) : IJob
{
    /// <summary>A draft taken up on its last day must find the acts that it has done.</summary>
    private static readonly TimeSpan KeysAreKept = SavedState.KeptFor + TimeSpan.FromDays(5);
    private static readonly TimeSpan MessagesAreKept = TimeSpan.FromDays(180);

    public async Task Run(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var (keys, messages) = (now - KeysAreKept, now - MessagesAreKept);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<Operation>().Where(o => o.At < keys).ExecuteDeleteAsync(ct);
        await db.Set<OutboxMessage>().Where(m => m.FinishedAt < messages).ExecuteDeleteAsync(ct);
    }
}
