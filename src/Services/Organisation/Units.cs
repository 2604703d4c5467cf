using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// Adds, renames, moves and closes units. Admins anywhere; station leads and people of the centre below their own unit. A change
/// counts at once here and within ten seconds on other instances.
/// </summary>
public sealed class Units(OrganisationChanges changes, OrganisationRights rights, TimeProvider time)
{
    private static readonly OrganisationOutcome Gone = OrganisationOutcome.Refused("这个单位已经不在了，请刷新再看。");

    /// <summary>Adds a unit under another; without one it stands at the top, which only admins put there.</summary>
    public Task<OrganisationOutcome> Add(Guid? parentId, UnitLevel level, string name, string code, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (!await MayPut(parentId, actor, token)) return OrganisationOutcome.NotAllowed;
        var parent = parentId is null ? null : await Find(db, parentId.Value, token);
        if (parentId is not null && parent is null) return Gone;
        if (OrganisationWords.WrongLevel(level, parent?.Level) is { } wrong) return OrganisationOutcome.Refused($"{wrong}。");
        var unit = new Unit { Id = Guid.CreateVersion7(time.GetUtcNow()), ParentId = parentId, Level = level, Name = name.Trim(), Code = OrNull(code) };
        if (await WrongName(db, unit, token) is { } refusal) return OrganisationOutcome.Refused(refusal);
        db.Add(unit);
        return OrganisationOutcome.Done($"已新增“{unit.Name}”。", unit.Id);
    }, ct);

    public Task<OrganisationOutcome> Rename(Guid unitId, string name, string code, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (!await rights.May(actor, unitId, token)) return OrganisationOutcome.NotAllowed;
        if (await Find(db, unitId, token) is not { } unit) return Gone;
        (unit.Name, unit.Code) = (name.Trim(), OrNull(code));
        if (await WrongName(db, unit, token) is { } refusal) return OrganisationOutcome.Refused(refusal);
        return OrganisationOutcome.Done($"已改为“{unit.Name}”。", unit.Id);
    }, ct);

    /// <summary>Moves the unit with everything below it. A place below itself, or under a level that it cannot be under, is refused.</summary>
    public Task<OrganisationOutcome> Move(Guid unitId, Guid? parentId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        // Whoever moves a unit has a say where it was and where it goes: nobody takes their own unit away from those above.
        if (!await rights.May(actor, unitId, token) || !await MayPut(parentId, actor, token)) return OrganisationOutcome.NotAllowed;
        if (await Find(db, unitId, token) is not { } unit) return Gone;
        if (actor.Role != Role.Admin && unitId == actor.UnitId) return OrganisationOutcome.NotAllowed;
        var parent = parentId is null ? null : await Find(db, parentId.Value, token);
        if (parentId is not null && parent is null) return Gone;
        if (await Above(db, parent, token) is { } above && above.Contains(unitId)) return OrganisationOutcome.Refused("不能移到自己或者自己的下级下面。");
        if (OrganisationWords.WrongLevel(unit.Level, parent?.Level) is { } wrong) return OrganisationOutcome.Refused($"{wrong}。");
        unit.ParentId = parentId;
        if (await WrongName(db, unit, token) is { } refusal) return OrganisationOutcome.Refused(refusal);
        return OrganisationOutcome.Done($"“{unit.Name}”现在属于“{parent?.Name ?? "最上级"}”。", unit.Id);
    }, ct);

    /// <summary>Closes a unit in which there is nobody and nothing any more; what was done there goes on naming it.</summary>
    public Task<OrganisationOutcome> Close(Guid unitId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (!await rights.May(actor, unitId, token) || (actor.Role != Role.Admin && unitId == actor.UnitId)) return OrganisationOutcome.NotAllowed;
        if (await Find(db, unitId, token) is not { } unit) return Gone;
        var units = await db.Set<Unit>().CountAsync(u => u.ParentId == unitId && u.ClosedAt == null, token);
        var grids = await db.Set<Grid>().CountAsync(g => g.RoomId == unitId, token);
        var people = await db.Users.CountAsync(s => s.UnitId == unitId && s.LeftAt == null, token);
        if (Left(units, grids, people) is { } left) return OrganisationOutcome.Refused($"“{unit.Name}”里还有{left}，请先移走。");
        unit.ClosedAt = time.GetUtcNow();
        return OrganisationOutcome.Done($"“{unit.Name}”已撤销。", unit.Id);
    }, ct);

    /// <summary>Takes a closed unit back.</summary>
    public Task<OrganisationOutcome> Reopen(Guid unitId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (!await rights.May(actor, unitId, token)) return OrganisationOutcome.NotAllowed;
        if (await db.Set<Unit>().AsTracking().SingleOrDefaultAsync(u => u.Id == unitId, token) is not { } unit) return Gone;
        unit.ClosedAt = null;
        return OrganisationOutcome.Done($"“{unit.Name}”已恢复。", unit.Id);
    }, ct);

    /// <summary>2 个下级单位、3 个网格; null when there is nothing left.</summary>
    internal static string? Left(int units, int grids, int people)
    {
        string[] left = [.. new[] { (units, "个下级单位"), (grids, "个网格"), (people, "个人") }.Where(one => one.Item1 > 0).Select(one => $" {one.Item1} {one.Item2}")];
        return left.Length == 0 ? null : string.Join("、", left);
    }

    private async ValueTask<bool> MayPut(Guid? parentId, StaffActor actor, CancellationToken ct) =>
        parentId is { } id ? await rights.May(actor, id, ct) : actor.Role == Role.Admin;

    private static Task<Unit?> Find(CommunityDb db, Guid id, CancellationToken ct) =>
        db.Set<Unit>().AsTracking().SingleOrDefaultAsync(u => u.Id == id && u.ClosedAt == null, ct);

    /// <summary>The unit and those above it, as the record has them now.</summary>
    private static async Task<HashSet<Guid>> Above(CommunityDb db, Unit? unit, CancellationToken ct)
    {
        var seen = new HashSet<Guid>();
        for (var at = unit; at is not null && seen.Add(at.Id);)
            at = at.ParentId is { } next ? await db.Set<Unit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == next, ct) : null;
        return seen;
    }

    private static async Task<string?> WrongName(CommunityDb db, Unit unit, CancellationToken ct)
    {
        if (unit.Name.Length is 0 or > OrganisationLimits.Name) return $"请写名称，最多 {OrganisationLimits.Name} 个字。";
        if (unit.Code?.Length > OrganisationLimits.Code) return $"编号最多 {OrganisationLimits.Code} 个字。";
        if (unit.Code is not null && await db.Set<Unit>().AnyAsync(u => u.Id != unit.Id && u.Code == unit.Code, ct)) return $"编号“{unit.Code}”已经有单位用了。";
        return await db.Set<Unit>().AnyAsync(u => u.Id != unit.Id && u.ParentId == unit.ParentId && u.Name == unit.Name && u.ClosedAt == null, ct)
            ? $"这里已经有“{unit.Name}”了。" : null;
    }

    internal static string? OrNull(string words) => words.Trim() is { Length: > 0 } some ? some : null;
}
