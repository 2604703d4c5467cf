using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Services.Routing;

/// <summary>Somebody who can be given something.</summary>
internal sealed record RoutePerson(Guid Id, string Name, Role Role, Guid UnitId);

/// <summary>A rule in memory, with how deep in the tree its place lies (0: any place).</summary>
internal sealed record RankedRule(Guid Id, int Position, int Version, RuleTerms Terms, int Depth)
{
    /// <summary>Whether the two may change places: neither is more specific.</summary>
    public bool RanksWith(RankedRule other) => Terms.Conditions == other.Terms.Conditions && Depth == other.Depth;
}

/// <summary>All rules in the order in which they are tried, and the people they may name, at one moment.</summary>
internal sealed class RoutePlan
{
    private static readonly RoutePerson[] Nobody = [];

    public required IReadOnlyList<RankedRule> Rules { get; init; }
    public required IReadOnlyDictionary<Guid, RoutePerson> People { get; init; }

    private Dictionary<(Guid, Role), RoutePerson[]>? _byRole;

    public IReadOnlyList<RoutePerson> In(Guid unitId, Role role) =>
        (_byRole ??= People.Values.GroupBy(person => (person.UnitId, person.Role))
            .ToDictionary(group => group.Key, group => group.OrderBy(person => person.Name, StringComparer.Ordinal).ToArray()))
        .GetValueOrDefault((unitId, role), Nobody);

    /// <summary>Most conditions first, then the smallest place, then as people arranged them.</summary>
    public static IReadOnlyList<RankedRule> Ranked(IEnumerable<RankedRule> rules) =>
        [.. rules.OrderByDescending(rule => rule.Terms.Conditions).ThenByDescending(rule => rule.Depth).ThenBy(rule => rule.Position).ThenBy(rule => rule.Id)];

    public static RankedRule Rank(Guid id, int position, int version, RuleTerms terms, OrganisationSnapshot organisation) =>
        new(id, position, version, terms, DepthOf(terms, organisation));

    /// <summary>The unit and those above it, the nearest first.</summary>
    public static IEnumerable<Unit> Upwards(Guid? unitId, OrganisationSnapshot organisation)
    {
        var at = unitId;
        for (var steps = 0; at is { } id && organisation.Units.TryGetValue(id, out var unit) && steps <= organisation.Units.Count; steps++)
        {
            yield return unit;
            at = unit.ParentId;
        }
    }

    private static int DepthOf(RuleTerms terms, OrganisationSnapshot organisation) => terms.GridId is { } grid
        ? 1 + Upwards(organisation.Grids.GetValueOrDefault(grid)?.RoomId, organisation).Count()
        : Upwards(terms.UnitId, organisation).Count();
}

/// <summary>Keeps the rules in memory. Another instance's changes are seen within ten seconds, one's own at once.</summary>
public sealed class RouteBook : IDisposable
{
    private readonly Remembered<RoutePlan> _remembered;

    public RouteBook(IDbContextFactory<CommunityDb> contexts, OrganisationMap map, TimeProvider time) =>
        _remembered = new Remembered<RoutePlan>(ct => Load(contexts, map, time, ct), time);

    /// <summary>Reads it anew; call it after a change.</summary>
    public Task Reload(CancellationToken ct) => _remembered.Reload(ct);

    public void Dispose() => _remembered.Dispose();

    internal ValueTask<RoutePlan> Current(CancellationToken ct) => _remembered.Current(ct);

    private static async Task<RoutePlan> Load(IDbContextFactory<CommunityDb> contexts, OrganisationMap map, TimeProvider time, CancellationToken ct)
    {
        var organisation = await map.Current(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rules = await db.Set<RoutingRule>().AsNoTracking().ToListAsync(ct);
        var staff = await db.Users.AsNoTracking()
            .Select(user => new { Person = new RoutePerson(user.Id, user.DisplayName, user.Role, user.UnitId), user.LeftAt, user.LockoutEnd }).ToListAsync(ct);
        var now = time.GetUtcNow();
        return new RoutePlan
        {
            Rules = RoutePlan.Ranked(rules.Select(rule => RoutePlan.Rank(rule.Id, rule.Position, rule.Version, rule.Terms, organisation))),
            People = staff.Where(one => !StaffAccounts.IsClosed(one.LeftAt, one.LockoutEnd, now)).ToDictionary(one => one.Person.Id, one => one.Person),
        };
    }
}
