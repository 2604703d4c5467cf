using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>A unit that a case may be given to, and the people there who work on cases.</summary>
public sealed record TargetUnit(Guid Id, string Name, IReadOnlyList<TargetPerson> People);

/// <summary>A member of staff, as colleagues read the name.</summary>
public sealed record TargetPerson(Guid Id, string Name);

/// <summary>To whom a lead may give cases: own unit and what is below it, and the units above.</summary>
public sealed class StaffTargets(IDbContextFactory<CommunityDb> contexts, IOrganisation organisation)
{
    public async Task<IReadOnlyList<TargetUnit>> For(StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var units = await db.Set<Unit>().AsNoTracking().Where(u => u.ClosedAt == null).OrderBy(u => u.Level).ThenBy(u => u.Name).Select(u => new { u.Id, u.Name }).ToListAsync(ct);
        var people = (await db.Users.AsNoTracking().Where(s => s.Role != Role.Lawyer && s.Role != Role.Admin && s.LeftAt == null)
            .OrderBy(s => s.DisplayName).Select(s => new { s.Id, s.DisplayName, s.UnitId }).ToListAsync(ct)).ToLookup(s => s.UnitId);
        List<TargetUnit> targets = [];
        foreach (var unit in units)
            if (actor.Role == Role.Admin || await organisation.IsWithin(unit.Id, actor.UnitId, ct) || await organisation.IsWithin(actor.UnitId, unit.Id, ct))
                targets.Add(new TargetUnit(unit.Id, unit.Name, [.. people[unit.Id].Select(s => new TargetPerson(s.Id, s.DisplayName))]));
        return targets;
    }
}
