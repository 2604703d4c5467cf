using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Common.Data;

/// <summary>
/// Removes what only served to do things once: keys of acts no conversation can ask for any more (they expire after a
/// day), and messages long delivered.
/// </summary>
public sealed class TidyRecord(IDbContextFactory<CommunityDb> contexts, TimeProvider time) : IJob
{
    private static readonly TimeSpan KeysAreKept = TimeSpan.FromDays(30);
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
