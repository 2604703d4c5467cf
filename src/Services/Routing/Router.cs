using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Routing;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Routing;

/// <summary>
/// Finds who gets something. The most specific rule that holds decides; one that names nobody who is there passes on to the
/// next. Without a rule 三事 decides: 大事 go with the grid's worker, 小事 and what is left of 私事 to the community's people.
/// </summary>
public sealed class Router(RouteBook book, OrganisationMap map, IOrganisation organisation, IProblemKinds kinds, IRouteDuty duty) : IRouting
{
    /// <summary>The log has room for the first few.</summary>
    private const int MostPassed = 200;

    public async ValueTask<RouteTaken> Route(RouteQuestion question, CancellationToken ct)
    {
        var (plan, now) = (await book.Current(ct), await map.Current(ct));
        // Where the place is unknown, the unit that its channel speaks for is.
        var fallback = await organisation.ResponsibleFor(question.Place.GridId, question.Channel, ct);
        var where = new Where(plan, now, question, now.Grids.GetValueOrDefault(question.Place.GridId ?? Guid.Empty), fallback.UnitId);
        var passed = "";
        foreach (var rule in plan.Rules)
        {
            if (!await Holds(rule.Terms, where, ct)) continue;
            if (await Target(rule.Terms, where, ct) is { } found)
                return new RouteTaken(found, $"{passed}按规则“{rule.Terms.Name}”派给{Named(found)}。");
            if (passed.Length < MostPassed) passed += $"规则“{rule.Terms.Name}”要派的人现在不在，往下看。";
        }

        var (responsible, reason) = await ByScope(where, fallback, ct);
        return new RouteTaken(responsible, passed + reason);
    }

    public async ValueTask<bool> TakesAll(string category, CancellationToken ct) =>
        (await book.Current(ct)).Rules.Any(rule => TakesAll(rule.Terms, category));

    internal static bool TakesAll(RuleTerms rule, string category) =>
        rule.TakesAll && (rule.Category.Length == 0 || rule.Category == category)
        && rule.Conditions == (rule.Category.Length > 0 ? 1 : 0);

    /// <summary>Who has it, as people read it.</summary>
    internal static string Named(Responsible who) => who.StaffName ?? $"{who.UnitName}值班人员";

    private async ValueTask<bool> Holds(RuleTerms rule, Where where, CancellationToken ct)
    {
        if (rule.Category.Length > 0 && rule.Category != where.Question.Category) return false;
        if (rule.GridId is { } grid && where.Grid?.Id != grid) return false;
        if (rule.UnitId is { } unit && !RoutePlan.Upwards(where.UnitId, where.Organisation).Any(one => one.Id == unit)) return false;
        if (!rule.IsAt(TimeOnly.FromDateTime(BeijingTime.At(where.Question.At).DateTime))) return false;
        return rule.Hours == RuleHours.Any
            || await duty.IsOnDuty(where.UnitId, where.Question.At, ct) == (rule.Hours == RuleHours.OnDuty);
    }

    /// <summary>Null: nobody of whom the rule speaks is there.</summary>
    private async ValueTask<Responsible?> Target(RuleTerms rule, Where where, CancellationToken ct) => rule.Target switch
    {
        RuleTarget.GridWorker => await Person(where.Grid?.WorkerId, where.Grid?.RoomId, where, ct),
        RuleTarget.RoleInRoom => await InUnit(where.UnitAt(UnitLevel.Room), rule.Role, where, ct),
        RuleTarget.RoleInStation => await InUnit(where.UnitAt(UnitLevel.Station), rule.Role, where, ct),
        RuleTarget.Person => await Person(rule.TargetId, null, where, ct),
        _ => where.Organisation.Units.GetValueOrDefault(rule.TargetId ?? Guid.Empty) is { } unit ? new Responsible(unit.Id, unit.Name, null, null) : null,
    };

    /// <summary>In the unit given or, without one, in the person's own.</summary>
    private async ValueTask<Responsible?> Person(Guid? id, Guid? unitId, Where where, CancellationToken ct)
    {
        if (!where.Plan.People.TryGetValue(id ?? Guid.Empty, out var person)) return null;
        if (!where.Organisation.Units.TryGetValue(unitId ?? person.UnitId, out var unit)) return null;
        return await duty.IsAvailable(person.Id, where.Question.At, ct) ? new Responsible(unit.Id, unit.Name, person.Id, person.Name) : null;
    }

    private async ValueTask<Responsible?> InUnit(Unit? unit, Role? role, Where where, CancellationToken ct)
    {
        if (unit is null || role is not { } wanted) return null;
        List<RoutePerson> there = [];
        foreach (var person in where.Plan.In(unit.Id, wanted))
            if (await duty.IsAvailable(person.Id, where.Question.At, ct)) there.Add(person);
        return there switch
        {
            [] => null,
            [var only] => new Responsible(unit.Id, unit.Name, only.Id, only.Name),
            _ => new Responsible(unit.Id, unit.Name, null, null),
        };
    }

    private async ValueTask<(Responsible, string)> ByScope(Where where, Responsible fallback, CancellationToken ct)
    {
        var kind = where.Question.Category.Length > 0 ? await kinds.Find(where.Question.Category, ct) : null;
        var scope = where.Question.Scope.Length > 0 ? where.Question.Scope : kind?.Scope;
        switch (scope)
        {
            case ProblemKind.Government:
                var department = kind is { Department.Length: > 0 } ? $"，主管部门是{kind.Department}" : "";
                return (fallback, $"这是大事{department}，由{Named(fallback)}跟进。");
            case ProblemKind.Community or ProblemKind.Private:
                var own = await OwnPeople(kind?.Role ?? "", where, fallback, ct);
                return (own, scope == ProblemKind.Community
                    ? $"这是小事，社区自己办，派给{Named(own)}。"
                    : $"这是私事，居民还要人来，派给{Named(own)}。");
            default:
                return (fallback, $"没有专门的规则，按位置派给{Named(fallback)}。");
        }
    }

    /// <summary>The community's people: the grid's worker where the category says so, else the one of the role, else the room's queue.</summary>
    private async ValueTask<Responsible> OwnPeople(string role, Where where, Responsible fallback, CancellationToken ct)
    {
        if (role is "" or "grid") return fallback;
        var named = role == "station-lead"
            ? await InUnit(where.UnitAt(UnitLevel.Station), Role.StationLead, where, ct)
            : await InUnit(where.UnitAt(UnitLevel.Room), Role.SocialWorker, where, ct);
        return named ?? fallback with { StaffId = null, StaffName = null };
    }

    /// <summary>What is asked, with the place's grid where it is known and its unit: the grid's room, or the channel's unit.</summary>
    private sealed record Where(RoutePlan Plan, OrganisationSnapshot Organisation, RouteQuestion Question, Grid? Grid, Guid UnitId)
    {
        public Unit? UnitAt(UnitLevel level) => RoutePlan.Upwards(UnitId, Organisation).FirstOrDefault(unit => unit.Level == level);
    }
}
