using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Routing;

/// <summary>Who may change which rule: admins all, leads of a centre or station those about places of their own unit.</summary>
internal sealed class RuleRights(StaffActor actor, OrganisationSnapshot organisation, RoutePlan plan)
{
    public static bool May(StaffActor actor) => actor.Role is Role.Admin or Role.Centre or Role.StationLead;

    /// <summary>Whether the unit is the actor's or below it.</summary>
    public bool IsMine(Guid unitId) =>
        actor.Role == Role.Admin || RoutePlan.Upwards(unitId, organisation).Any(unit => unit.Id == actor.UnitId);

    /// <summary>Whether the actor may give things to the unit's queue: the own ones, and partners (物业, 供水 …), who stand beside the tree's three levels.</summary>
    public bool MayGiveTo(Unit unit) => IsMine(unit.Id) || unit.Level == UnitLevel.Partner;

    /// <summary>Null when the actor may have such a rule, else why not.</summary>
    public string? Refusal(RuleTerms terms)
    {
        if (!May(actor)) return "派单规则由管理员、指导中心和站长来定。";
        if (actor.Role == Role.Admin) return null;
        var at = terms.GridId is { } grid ? organisation.Grids.GetValueOrDefault(grid)?.RoomId : terms.UnitId;
        if (at is not { } unitId || !IsMine(unitId)) return "您只能定本单位的规则，请把地点选在本单位里面。";
        if (terms.Target == RuleTarget.Unit && organisation.Units.TryGetValue(terms.TargetId ?? Guid.Empty, out var unit) && !MayGiveTo(unit)) return "您只能派给本单位和合作单位。";
        if (terms.Target == RuleTarget.Person && plan.People.TryGetValue(terms.TargetId ?? Guid.Empty, out var person) && !IsMine(person.UnitId)) return "您只能派给本单位的人。";
        return null;
    }
}
