using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

/// <summary>Imports in a world, and what the record holds before and after.</summary>
internal static class ImportWorld
{
    public static Task<ImportReport> Try(this CaseWorld world, OrganisationSheet sheet, StaffActor? by = null) =>
        world.Get<OrganisationImport>().Try(sheet, by ?? world.Admin, default);

    public static async Task<ImportReport> Import(this CaseWorld world, OrganisationSheet sheet, StaffActor? by = null)
    {
        var tried = await world.Try(sheet, by);
        return tried.CanApply ? await world.Get<OrganisationImport>().Apply(sheet, tried.Fingerprint, by ?? world.Admin, default) : tried;
    }

    /// <summary>Everything an import could change, as text.</summary>
    public static async Task<string> All(this CaseWorld world)
    {
        await using var db = world.CreateDbContext();
        var units = await db.Set<Unit>().AsNoTracking().OrderBy(u => u.Id).Select(u => $"{u.Id} {u.Code} {u.Name} {u.ParentId} {u.ClosedAt}").ToListAsync();
        var grids = await db.Set<Grid>().AsNoTracking().OrderBy(g => g.Id).Select(g => $"{g.Id} {g.Code} {g.Name} {g.RoomId} {g.ParentId} {g.WorkerId} {g.Outline}").ToListAsync();
        var staff = await db.Users.AsNoTracking().OrderBy(s => s.Id).Select(s => $"{s.Id} {s.UserName} {s.DisplayName} {s.Role} {s.UnitId} {s.DutyHours} {s.LeftAt} {s.SecurityStamp}").ToListAsync();
        return string.Join('\n', [.. units, .. grids, .. staff]);
    }

    public static async Task<T> One<T>(this CaseWorld world, System.Linq.Expressions.Expression<Func<T, bool>> which) where T : class
    {
        await using var db = world.CreateDbContext();
        return await db.Set<T>().AsNoTracking().SingleAsync(which);
    }
}
