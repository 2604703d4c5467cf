using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// Somebody leaves, or goes to another unit: in one transaction every service hands on what is the person's. Whoever has left cannot
/// sign in any more, and sessions that are open end.
/// </summary>
public sealed class Departures(OrganisationChanges changes, OrganisationRights rights, IEnumerable<IStaffLeaving> owners, TimeProvider time)
{
    private static readonly OrganisationOutcome Gone = OrganisationOutcome.Refused("这个人已经离开了，请刷新再看。");

    /// <summary>What would be handed to whom, a line for each kind of thing; empty for whoever may not ask, or when there is nothing.</summary>
    public Task<IReadOnlyList<string>> Foretell(Guid staffId, Guid? successorId, StaffActor actor, CancellationToken ct) =>
        changes.Try<IReadOnlyList<string>>(async (db, token) =>
        {
            if (await Find(db, staffId, actor, token) is not { } who) return [];
            var successor = await Successor(db, who, successorId, token);
            var handed = await HandGrids(db, who, successor, token);
            var rest = await Foretell(db, who, token);
            return handed.Count == 0 ? rest : [$"{handed.Count} 个网格（{string.Join("、", handed)}） → {successor!.DisplayName}", .. rest];
        }, ct);

    /// <summary>
    /// The person has left. Grids go to <paramref name="successorId"/>, when given, who must be there and of a unit that the grids are in.
    /// Nobody says so of themselves.
    /// </summary>
    public Task<OrganisationOutcome> Leave(Guid staffId, Guid? successorId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (staffId == actor.Id) return OrganisationOutcome.Refused("不能把自己标为离开，请另一位管理人员来做。");
        if (await Find(db, staffId, actor, token) is not { } who) return OrganisationOutcome.NotAllowed;
        if (who.LeftAt is not null) return Gone;
        var successor = await Successor(db, who, successorId, token);
        if (successorId is not null && (successor is null || !GridWork.MayWork(successor.Role))) return OrganisationOutcome.Refused("接手的人不在这个单位，或者不管网格，请另选一位。");
        if (await WouldLeaveNoAdmin(db, who, token)) return OrganisationOutcome.Refused("这是最后一位管理员，请先定另一位管理员。");
        await HandGrids(db, who, successor, token);
        await HandOn(db, who, actor, token);
        Close(who, time.GetUtcNow());
        return OrganisationOutcome.Done($"{who.DisplayName}已离开，账号已停用。", who.Id);
    }, ct);

    /// <summary>The person works in another unit from now on; what was theirs stays with the old one.</summary>
    public Task<OrganisationOutcome> Move(Guid staffId, Guid unitId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (await Find(db, staffId, actor, token) is not { } who || !await rights.May(actor, unitId, token)) return OrganisationOutcome.NotAllowed;
        if (who.LeftAt is not null) return Gone;
        if (await db.Set<Unit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == unitId && u.ClosedAt == null, token) is not { } unit)
            return OrganisationOutcome.Refused("这个单位已经不在了，请刷新再看。");
        if (who.UnitId == unitId) return OrganisationOutcome.Refused($"{who.DisplayName}本来就在“{unit.Name}”。");
        if (OrganisationWords.WrongRole(who.Role, unit.Level) is { } wrong) return OrganisationOutcome.Refused($"{wrong}。");
        await HandOn(db, who, actor, token);
        who.UnitId = unitId;
        return OrganisationOutcome.Done($"{who.DisplayName}现在在“{unit.Name}”。", who.Id);
    }, ct);

    /// <summary>Every service hands on what is the person's, in the caller's transaction.</summary>
    internal async Task HandOn(CommunityDb db, StaffUser who, StaffActor by, CancellationToken ct)
    {
        foreach (var owner in owners) await owner.Leaving(db, who, by, ct);
    }

    /// <summary>What would be handed to whom, as the caller's context has it.</summary>
    internal async Task<IReadOnlyList<string>> Foretell(CommunityDb db, StaffUser who, CancellationToken ct)
    {
        var lines = new List<string>();
        foreach (var owner in owners) lines.AddRange(await owner.Foretell(db, who, ct));
        return lines;
    }

    /// <summary>No way in any more: sessions end with the stamp, passwords and links meet a closed account.</summary>
    internal static void Close(StaffUser who, DateTimeOffset now) =>
        (who.LeftAt, who.LockoutEnabled, who.LockoutEnd, who.SecurityStamp) =
            (now, true, DateTimeOffset.MaxValue, RandomNumberGenerator.GetHexString(32));

    /// <summary>Without an admin nobody could mend anything.</summary>
    internal static async Task<bool> WouldLeaveNoAdmin(CommunityDb db, StaffUser who, CancellationToken ct) =>
        who.Role == Role.Admin && !await db.Users.AnyAsync(s => s.Id != who.Id && s.Role == Role.Admin && s.LeftAt == null, ct);

    /// <summary>Null for whoever is not the actor's to change.</summary>
    private async Task<StaffUser?> Find(CommunityDb db, Guid staffId, StaffActor actor, CancellationToken ct) =>
        await db.Users.AsTracking().SingleOrDefaultAsync(s => s.Id == staffId, ct) is { } who
        && OrganisationRights.MayGive(actor, who.Role) && await rights.May(actor, who.UnitId, ct) ? who : null;

    private static async Task<StaffUser?> Successor(CommunityDb db, StaffUser who, Guid? successorId, CancellationToken ct) =>
        successorId is { } id && id != who.Id
            ? await db.Users.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.UnitId == who.UnitId && s.LeftAt == null, ct) : null;

    /// <summary>The names of the grids that go to the successor; none without one.</summary>
    private static async Task<IReadOnlyList<string>> HandGrids(CommunityDb db, StaffUser who, StaffUser? successor, CancellationToken ct)
    {
        if (successor is null) return [];
        var grids = await db.Set<Grid>().AsTracking().Where(g => g.WorkerId == who.Id).OrderBy(g => g.Name).ToListAsync(ct);
        foreach (var grid in grids) grid.WorkerId = successor.Id;
        return grids.ConvertAll(grid => grid.Name);
    }
}
