using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>Adds grids and micro-grids, and says who works in them. An outline is taken from the sheet or given as GeoJSON (WGS-84).</summary>
public sealed class GridWork(OrganisationChanges changes, OrganisationRights rights, TimeProvider time)
{
    /// <summary>Without <paramref name="aroundId"/> a grid, else a micro-grid inside that one.</summary>
    public Task<OrganisationOutcome> Add(Guid roomId, Guid? aroundId, string name, string outline, Guid? workerId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (!await rights.May(actor, roomId, token)) return OrganisationOutcome.NotAllowed;
        if (!await db.Set<Unit>().AnyAsync(u => u.Id == roomId && u.Level == UnitLevel.Room && u.ClosedAt == null, token)) return OrganisationOutcome.Refused("网格只能建在社工室下面。");
        var around = aroundId is null ? null : await db.Set<Grid>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == aroundId && g.RoomId == roomId && g.ParentId == null, token);
        if (aroundId is not null && around is null) return OrganisationOutcome.Refused("微网格要建在本社区的网格里面。");
        var grid = new Grid { Id = Guid.CreateVersion7(time.GetUtcNow()), RoomId = roomId, ParentId = aroundId, Name = name.Trim(), WorkerId = workerId, Outline = Units.OrNull(outline) };
        if (await Wrong(db, grid, token) is { } wrong) return OrganisationOutcome.Refused(wrong);
        db.Add(grid);
        return OrganisationOutcome.Done($"已新增“{grid.Name}”。", grid.Id);
    }, ct);

    /// <summary>Changes name, worker (null: the duty queue of the room) and outline; what is open stays with whoever has it.</summary>
    public Task<OrganisationOutcome> Edit(Guid gridId, string name, string outline, Guid? workerId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (await db.Set<Grid>().AsTracking().SingleOrDefaultAsync(g => g.Id == gridId, token) is not { } grid || !await rights.May(actor, grid.RoomId, token))
            return OrganisationOutcome.NotAllowed;
        (grid.Name, grid.WorkerId, grid.Outline) = (name.Trim(), workerId, Units.OrNull(outline));
        return await Wrong(db, grid, token) is { } wrong ? OrganisationOutcome.Refused(wrong) : OrganisationOutcome.Done($"“{grid.Name}”已保存。", grid.Id);
    }, ct);

    private static async Task<string?> Wrong(CommunityDb db, Grid grid, CancellationToken ct)
    {
        if (grid.Name.Length is 0 or > OrganisationLimits.Name) return $"请写名称，最多 {OrganisationLimits.Name} 个字。";
        if (await db.Set<Grid>().AnyAsync(g => g.Id != grid.Id && g.RoomId == grid.RoomId && g.Name == grid.Name, ct)) return $"这里已经有“{grid.Name}”了。";
        if (grid.WorkerId is { } worker && await db.Users.AsNoTracking().SingleOrDefaultAsync(s => s.Id == worker, ct) is var who
            && WrongWorker(who, grid.RoomId, await db.Set<Unit>().Where(u => u.Id == grid.RoomId).Select(u => u.ParentId).SingleOrDefaultAsync(ct)) is { } wrong) return $"{wrong}。";
        if (grid.Outline is null) return null;
        var outlines = new OutlineCheck();
        foreach (var other in await db.Set<Grid>().AsNoTracking().Where(g => g.Id != grid.Id && g.Outline != null).ToListAsync(ct)) outlines.Known(other, other.Name);
        return outlines.Wrong(grid, grid.Name) is { } refusal ? $"{refusal}。" : null;
    }

    /// <summary>Whether somebody with that role works in grids.</summary>
    internal static bool MayWork(Role role) => role is Role.Grid or Role.SocialWorker or Role.StationLead;

    /// <summary>Why that person cannot be a grid's worker, or null.</summary>
    internal static string? WrongWorker(StaffUser? who, Guid roomId, Guid? stationId) =>
        who is null || who.LeftAt is not null ? "网格员已经离开，或者没有这个人"
        : !MayWork(who.Role) ? $"{who.DisplayName}是{who.Role.Chinese()}，不能当网格员"
        : who.UnitId != roomId && who.UnitId != stationId ? $"{who.DisplayName}不在这个社区" : null;
}
