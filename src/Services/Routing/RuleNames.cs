using System.Globalization;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Routing;

/// <summary>A name that may be chosen and what it stands for.</summary>
public sealed record NamedId(Guid Id, string Name);

/// <summary>The names of what rules speak of, as the console shows and takes them.</summary>
public sealed class RuleNames
{
    /// <summary>Roles that a rule may name.</summary>
    public static IReadOnlyList<(Role Role, string Name)> Roles { get; } =
        [(Role.Grid, "网格员"), (Role.SocialWorker, "社工"), (Role.Lawyer, "律师"), (Role.StationLead, "站长")];

    private readonly Dictionary<Guid, string> _names;

    internal RuleNames(OrganisationSnapshot organisation, RoutePlan plan, IReadOnlyList<KindFacts> kinds, Func<Guid, bool> mine, Func<Unit, bool> given)
    {
        Kinds = [.. kinds.Select(kind => (kind.Code, kind.Name))];
        var units = organisation.Units.Values.OrderBy(unit => unit.Level).ThenBy(unit => unit.Name, StringComparer.Ordinal).ToList();
        var grids = organisation.Grids.Values.OrderBy(grid => grid.Name, StringComparer.Ordinal).ToList();
        Units = [.. units.Where(unit => mine(unit.Id)).Select(unit => new NamedId(unit.Id, Path(unit, organisation)))];
        Grids = [.. grids.Where(grid => mine(grid.RoomId)).Select(grid => new NamedId(grid.Id, InRoom(grid, organisation)))];
        TargetUnits = [.. units.Where(given).Select(unit => new NamedId(unit.Id, Path(unit, organisation)))];
        People = [.. plan.People.Values.Where(person => mine(person.UnitId)).OrderBy(person => person.Name, StringComparer.Ordinal)
            .Select(person => new NamedId(person.Id, $"{person.Name}（{organisation.Units.GetValueOrDefault(person.UnitId)?.Name}）"))];
        _names = [];
        foreach (var unit in units) _names[unit.Id] = unit.Name;
        foreach (var grid in grids) _names[grid.Id] = grid.Name;
        foreach (var person in plan.People.Values) _names[person.Id] = person.Name;
    }

    public IReadOnlyList<(string Code, string Name)> Kinds { get; }

    /// <summary>Units and grids that a rule may be about.</summary>
    public IReadOnlyList<NamedId> Units { get; }
    public IReadOnlyList<NamedId> Grids { get; }

    /// <summary>Whom a rule may name.</summary>
    public IReadOnlyList<NamedId> TargetUnits { get; }
    public IReadOnlyList<NamedId> People { get; }

    public string When(RuleTerms terms)
    {
        List<string> parts =
        [
            terms.Category.Length == 0 ? "所有类别" : Kinds.FirstOrDefault(kind => kind.Code == terms.Category).Name ?? "已经没有的类别",
            (terms.GridId ?? terms.UnitId) is { } place ? Name(place) : "所有地方",
        ];
        if (terms.Hours != RuleHours.Any) parts.Add(terms.Hours == RuleHours.OnDuty ? "上班时间" : "下班时间");
        if (terms is { From: { } from, To: { } to }) parts.Add(string.Create(CultureInfo.InvariantCulture, $"{from:HH\\:mm}到{to:HH\\:mm}"));
        return string.Join("，", parts);
    }

    public string Who(RuleTerms terms) => terms.Target switch
    {
        RuleTarget.GridWorker => "所在网格的网格员",
        RuleTarget.RoleInRoom => $"所在社区的{RoleName(terms.Role)}",
        RuleTarget.RoleInStation => $"所在社工站的{RoleName(terms.Role)}",
        RuleTarget.Person => Name(terms.TargetId ?? Guid.Empty),
        _ => $"{Name(terms.TargetId ?? Guid.Empty)}值班人员",
    };

    private static string RoleName(Role? role) => Roles.FirstOrDefault(one => one.Role == role).Name ?? "工作人员";

    private string Name(Guid id) => _names.GetValueOrDefault(id, "已经不在的人或单位");

    /// <summary>With those above it as far down as the topmost, so that two of one name are told apart.</summary>
    private static string Path(Unit unit, OrganisationSnapshot organisation) =>
        string.Join('/', RoutePlan.Upwards(unit.Id, organisation).Reverse().Select(one => one.Name));

    private static string InRoom(Grid grid, OrganisationSnapshot organisation) =>
        organisation.Units.TryGetValue(grid.RoomId, out var room) ? $"{Path(room, organisation)}/{grid.Name}" : grid.Name;
}
