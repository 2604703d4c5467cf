using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;

namespace WuShe.Integrations.Databases;

/// <summary>Brings the database to the schema this build expects.</summary>
public sealed class DatabaseMigrator(IDbContextFactory<CommunityDb> contexts, DatabaseChoice choice)
{
    /// <summary>At start: applies migrations to the embedded database; on a server only says which are missing.</summary>
    public async Task<IReadOnlyList<string>> AtStart(CancellationToken ct)
    {
        var missing = await Missing(ct);
        if (choice.Kind == DatabaseKind.Server || missing.Count == 0) return missing;
        await ForgetDeadLock(ct);
        await Migrate(ct);
        return [];
    }

    /// <summary>
    /// A process killed while it migrated leaves its lock in the file, and EF would wait for it for ever
    /// (learn.microsoft.com, "SQLite limitations", abandoned lock). The data directory serves one process: the lock is dead.
    /// </summary>
    private async Task ForgetDeadLock(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
    }

    /// <summary>Applies what is missing (<c>db migrate</c>) and returns the names. Safe to run on several instances at once.</summary>
    public async Task<IReadOnlyList<string>> Migrate(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var missing = await Missing(ct);
        await db.Database.MigrateAsync(ct);
        return missing;
    }

    private async Task<IReadOnlyList<string>> Missing(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return [.. await db.Database.GetPendingMigrationsAsync(ct)];
    }
}
