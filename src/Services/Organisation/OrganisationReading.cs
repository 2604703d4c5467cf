using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>What the console shows of the organisation: those who manage it see their own unit and what is below it, everybody themselves.</summary>
public sealed class OrganisationReading(OrganisationMap map, OrganisationRights rights, IDbContextFactory<CommunityDb> contexts, TimeProvider time)
{
    private const int MostInTree = 150;
    private const int MostChoices = 300;

    /// <summary>The actor's unit, for admins every topmost one, with what is below; empty for whoever manages nothing.</summary>
    public async Task<IReadOnlyList<UnitTree>> Tree(StaffActor actor, CancellationToken ct)
    {
        if (!OrganisationRights.Manages(actor)) return [];
        var now = await map.Current(ct);
        var below = Children(now);
        var left = MostInTree;
        return [.. now.Units.Values.Where(unit => unit.ClosedAt is null && (actor.Role == Role.Admin ? unit.ParentId is null : unit.Id == actor.UnitId))
            .OrderBy(unit => unit.Level).ThenBy(unit => unit.Id).Select(unit => Tree(now, unit, below, ref left))];
    }

    /// <summary>Units of the actor whose name or number has the words in it; at most <see cref="MostChoices"/>.</summary>
    public async Task<IReadOnlyList<UnitLine>> Find(string words, StaffActor actor, CancellationToken ct)
    {
        if (!OrganisationRights.Manages(actor) || words.Trim().Length == 0) return [];
        var now = await map.Current(ct);
        words = words.Trim();
        return [.. Mine(now, actor).Where(unit => unit.Name.Contains(words, StringComparison.Ordinal) || unit.Code == words)
            .OrderBy(unit => unit.Level).ThenBy(unit => unit.Id).Take(MostChoices).Select(unit => Line(now, unit))];
    }

    /// <summary>Null when there is no such unit, or it is not the actor's.</summary>
    public async Task<UnitView?> Unit(Guid id, StaffActor actor, CancellationToken ct)
    {
        var now = await map.Current(ct);
        if (!now.Units.TryGetValue(id, out var unit) || !await rights.May(actor, id, ct)) return null;
        var path = new List<UnitLine>();
        for (var at = unit; at.ParentId is { } next && now.Units.TryGetValue(next, out var above) && path.Count < 10 && await rights.May(actor, next, ct); at = above)
            path.Insert(0, Line(now, above));
        return new UnitView(
            Line(now, unit), unit.Code ?? "", unit.ClosedAt is not null, path,
            [.. now.Units.Values.Where(one => one.ParentId == id && one.ClosedAt is null).OrderBy(one => one.Id).Select(one => Line(now, one))],
            [.. now.PeopleOf[id].Where(person => !person.Left).OrderByDescending(person => person.Role).ThenBy(person => person.Id).Select(person => Line(now, person))],
            Grids(now, id));
    }

    /// <summary>Null when there is nobody like that, or it is neither the actor nor somebody of theirs.</summary>
    public async Task<PersonView?> Person(Guid id, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(staff => staff.Id == id, ct) is not { } who) return null;
        var mine = await rights.May(actor, who.UnitId, ct);
        if (!mine && id != actor.Id) return null;
        var now = await map.Current(ct);
        var may = mine && OrganisationRights.MayGive(actor, who.Role) && who.LeftAt is null;
        var leaves = now.People.GetValueOrDefault(id)?.Leaves ?? [];
        return new PersonView(
            id, who.DisplayName, who.UserName ?? "", who.Role, who.UnitId, now.Units.GetValueOrDefault(who.UnitId)?.Name ?? "", who.DutyHours ?? "",
            who.LeftAt is not null, may, (may || id == actor.Id) && who.LeftAt is null, [.. leaves.Where(leave => leave.Until > time.GetUtcNow()).Select(leave => Line(now, leave))]);
    }

    /// <summary>Who may stand in for somebody: the open staff of the same unit and of those above it.</summary>
    public async Task<IReadOnlyList<OrganisationChoice>> Substitutes(Guid staffId, CancellationToken ct)
    {
        var now = await map.Current(ct);
        if (!now.People.TryGetValue(staffId, out var who)) return [];
        var found = new List<OrganisationChoice>();
        Guid? at = who.UnitId;
        for (var steps = 0; at is { } id && steps < 10; steps++)
        {
            found.AddRange(now.PeopleOf[id].Where(one => !one.Left && one.Id != staffId && (one.Role == Role.Lawyer) == (who.Role == Role.Lawyer))
                .OrderBy(one => one.Id).Select(one => new OrganisationChoice(one.Id, one.UnitId == who.UnitId ? one.Name : $"{one.Name}（{now.Units.GetValueOrDefault(id)?.Name}）")));
            at = now.Units.GetValueOrDefault(id)?.ParentId;
        }
        return found;
    }

    /// <summary>Who may take over from somebody: the open staff of the same unit.</summary>
    public async Task<IReadOnlyList<OrganisationChoice>> Colleagues(Guid staffId, CancellationToken ct)
    {
        var now = await map.Current(ct);
        return now.People.TryGetValue(staffId, out var who)
            ? [.. now.PeopleOf[who.UnitId].Where(one => !one.Left && one.Id != staffId && GridWork.MayWork(one.Role)).OrderBy(one => one.Id).Select(one => new OrganisationChoice(one.Id, one.Name))]
            : [];
    }

    /// <summary>Who of the unit, or of the one above it, may work in a grid.</summary>
    public async Task<IReadOnlyList<OrganisationChoice>> Workers(Guid roomId, CancellationToken ct)
    {
        var now = await map.Current(ct);
        var station = now.Units.GetValueOrDefault(roomId)?.ParentId;
        return [.. now.PeopleOf[roomId].Concat(station is { } id ? now.PeopleOf[id] : [])
            .Where(one => !one.Left && GridWork.MayWork(one.Role)).Select(one => new OrganisationChoice(one.Id, one.Name))];
    }

    /// <summary>Units that somebody or something can be moved to: those of the actor of these levels, by name.</summary>
    public async Task<IReadOnlyList<OrganisationChoice>> Places(StaffActor actor, IReadOnlyCollection<UnitLevel> levels, CancellationToken ct)
    {
        if (!OrganisationRights.Manages(actor)) return [];
        var now = await map.Current(ct);
        return [.. Mine(now, actor).Where(unit => levels.Contains(unit.Level)).OrderBy(unit => unit.Level).ThenBy(unit => unit.Name, StringComparer.Ordinal).Take(MostChoices)
            .Select(unit => new OrganisationChoice(unit.Id, unit.ParentId is { } above && now.Units.TryGetValue(above, out var parent) ? $"{unit.Name}（{parent.Name}）" : unit.Name))];
    }

    private static IEnumerable<Unit> Mine(OrganisationSnapshot now, StaffActor actor) =>
        (actor.Role == Role.Admin ? now.Units.Values : now.Below.GetValueOrDefault(actor.UnitId, []).Select(id => now.Units[id])).Where(unit => unit.ClosedAt is null);

    private static ILookup<Guid, Unit> Children(OrganisationSnapshot now) =>
        now.Units.Values.Where(unit => unit.ParentId is not null && unit.ClosedAt is null).OrderBy(unit => unit.Id).ToLookup(unit => unit.ParentId!.Value);

    private static UnitTree Tree(OrganisationSnapshot now, Unit unit, ILookup<Guid, Unit> below, ref int left)
    {
        left--;
        var children = below[unit.Id].ToList();
        var shown = new List<UnitTree>();
        foreach (var child in children)
        {
            if (left <= 0) break;
            shown.Add(Tree(now, child, below, ref left));
        }
        return new UnitTree(Line(now, unit), shown, children.Count - shown.Count);
    }

    private static UnitLine Line(OrganisationSnapshot now, Unit unit)
    {
        var all = now.Below.GetValueOrDefault(unit.Id, []);
        var open = all.Count(id => id != unit.Id && now.Units[id].ClosedAt is null);
        return new UnitLine(unit.Id, unit.Name, unit.Level, open, all.Sum(id => now.PeopleOf[id].Count(person => !person.Left)), all.Sum(id => now.GridsOf[id].Count()));
    }

    private PersonLine Line(OrganisationSnapshot now, Person person)
    {
        var leave = person.LeaveAt(time.GetUtcNow());
        return new PersonLine(person.Id, person.Name, person.Role, leave is null ? "" : $"请假：{Line(now, leave).Days}，代班：{Line(now, leave).Substitute}");
    }

    private LeaveLine Line(OrganisationSnapshot now, StaffLeave leave) => new(
        leave.Id, Leaves.Days(leave.From, leave.Until, time.GetUtcNow()),
        leave.SubstituteId is { } id && now.People.TryGetValue(id, out var substitute) ? substitute.Name : "社区值班", leave.From <= time.GetUtcNow());

    private static List<GridLine> Grids(OrganisationSnapshot now, Guid room)
    {
        var grids = now.GridsOf[room].OrderBy(grid => grid.Id).ToList();
        return [.. grids.Where(grid => grid.ParentId is null).SelectMany(grid => grids.Where(inner => inner.ParentId == grid.Id).Prepend(grid))
            .Select(grid => new GridLine(grid.Id, grid.Name, grid.ParentId, grid.WorkerId,
                grid.WorkerId is { } worker && now.People.TryGetValue(worker, out var person) ? person.Name : null, grid.Outline ?? ""))];
    }
}
