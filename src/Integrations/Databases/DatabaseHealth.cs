using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WuShe.Services.Common.Data;

namespace WuShe.Integrations.Databases;

/// <summary>Ready when the database answers and has the schema this build expects.</summary>
internal sealed class DatabaseHealth(IDbContextFactory<CommunityDb> contexts) : IHealthCheck
{
    private volatile bool _migrated;

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (_migrated)
            {
                await db.Database.ExecuteSqlRawAsync("SELECT 1", cancellationToken);
                return HealthCheckResult.Healthy();
            }
            _migrated = !(await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
            return _migrated ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("Migrations are missing: run db migrate.");
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.", e);
        }
    }
}
