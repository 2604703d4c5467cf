using Microsoft.Extensions.Logging;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// Brings the organisation up to date with a sheet: first tried, row by row, then confirmed. Rows are added or changed; only a row that
/// says so is removed, and what no row names stays. While one row is wrong nothing is changed. Imported again, it changes nothing.
/// </summary>
public sealed partial class OrganisationImport(
    ITransactions transactions, Departures departures, OrganisationMap map, TimeProvider time, ILogger<OrganisationImport> log)
{
    private const string Moved = "在您看的时候，组织有了变动。这是现在的结果，请再看一遍。";

    /// <summary>What would be done. Admins import everything, station leads and the centre what is in their own unit.</summary>
    public Task<ImportReport> Try(OrganisationSheet sheet, StaffActor actor, CancellationToken ct) => transactions.Run(async (db, token) =>
    {
        var report = await new ImportPlan(db, actor, departures, time.GetUtcNow()).Run(sheet, token);
        db.ChangeTracker.Clear();
        return report;
    }, ct);

    /// <summary>
    /// Does exactly what <see cref="Try"/> listed under that fingerprint, in one transaction. When the organisation has changed meanwhile and
    /// something else would be done, nothing is, and the report says so with the new list.
    /// </summary>
    public async Task<ImportReport> Apply(OrganisationSheet sheet, string fingerprint, StaffActor actor, CancellationToken ct)
    {
        var report = await transactions.Run(async (db, token) =>
        {
            var planned = await new ImportPlan(db, actor, departures, time.GetUtcNow()).Run(sheet, token);
            if (!planned.CanApply || planned.Fingerprint != fingerprint) db.ChangeTracker.Clear();
            return planned;
        }, ct);
        if (report.Refusal is null && report.Fingerprint != fingerprint) return report with { Refusal = Moved };
        if (!report.CanApply) return report;
        await map.Reload(ct);
        Imported(actor.Id, report.Added, report.Changed, report.Removed);
        return report;
    }

    [LoggerMessage(2300, LogLevel.Information, "{Staff} imported the organisation: {Added} added, {Changed} changed, {Removed} removed")]
    private partial void Imported(Guid staff, int added, int changed, int removed);
}
