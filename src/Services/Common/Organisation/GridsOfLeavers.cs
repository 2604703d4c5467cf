using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Common.Organisation;

/// <summary>
/// Grids of somebody who leaves go to the substitute of a leave that the person is on, else to the duty queue of their room; whoever
/// counted on the person as a substitute has none.
/// </summary>
public sealed class GridsOfLeavers(TimeProvider time) : IStaffLeaving
{
    public async Task Leaving(CommunityDb db, StaffUser who, StaffActor by, CancellationToken ct)
    {
        var next = await Next(db, who, ct);
        foreach (var grid in await Grids(db, who, ct)) grid.WorkerId = next?.Id;
        foreach (var leave in await Covered(db, who).AsTracking().ToListAsync(ct)) leave.SubstituteId = null;
    }

    public async Task<IReadOnlyList<string>> Foretell(CommunityDb db, StaffUser who, CancellationToken ct)
    {
        var lines = new List<string>();
        List<string> grids = [.. (await Grids(db, who, ct)).Select(grid => grid.Name)];
        if (grids.Count > 0) lines.Add($"{grids.Count} 个网格（{string.Join("、", grids)}） → {(await Next(db, who, ct))?.DisplayName ?? "社区值班"}");
        var covered = await Covered(db, who).CountAsync(ct);
        if (covered > 0) lines.Add($"替同事代班 {covered} 次 → 社区值班");
        return lines;
    }

    /// <summary>Not those that whoever asks has given to somebody else already, in this context.</summary>
    private static async Task<IEnumerable<Grid>> Grids(CommunityDb db, StaffUser who, CancellationToken ct) =>
        (await db.Set<Grid>().AsTracking().Where(g => g.WorkerId == who.Id).OrderBy(g => g.Name).ToListAsync(ct)).Where(g => g.WorkerId == who.Id);

    private IQueryable<StaffLeave> Covered(CommunityDb db, StaffUser who)
    {
        var now = time.GetUtcNow();
        return db.Set<StaffLeave>().Where(l => l.SubstituteId == who.Id && l.Until > now);
    }

    private async Task<StaffUser?> Next(CommunityDb db, StaffUser who, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var substitute = await (from leave in db.Set<StaffLeave>()
                                where leave.StaffId == who.Id && leave.From <= now && now < leave.Until
                                join one in db.Users on leave.SubstituteId equals one.Id
                                select one).AsNoTracking().FirstOrDefaultAsync(ct);
        return substitute is null || StaffAccounts.IsClosed(substitute, now) ? null : substitute;
    }
}
