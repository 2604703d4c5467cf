using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Routing;

/// <summary>What a rule must be like, each with the sentence that refuses.</summary>
internal static class RuleChecks
{
    /// <summary>The first thing that cannot be so, or null.</summary>
    public static string? Refusal(RuleTerms terms, RoutePlan plan, OrganisationSnapshot organisation, IReadOnlyList<KindFacts> kinds)
    {
        if (terms.Name.Length == 0) return "请给规则写个名字，办事经过里会写上它。";
        if (terms.Name.Length > RoutingRule.MaxName) return $"规则的名字太长了，最多 {RoutingRule.MaxName} 个字。";
        if (terms.Name.Any(char.IsControl)) return "规则的名字请写在一行里。";
        if (terms.Category.Length > 0 && kinds.All(kind => kind.Code != terms.Category)) return "没有这个类别，请重新选。";
        return Place(terms, organisation) ?? Time(terms) ?? Target(terms, plan, organisation);
    }

    private static string? Place(RuleTerms terms, OrganisationSnapshot organisation)
    {
        if (terms is { UnitId: not null, GridId: not null }) return "地点只能选一个：单位或者网格。";
        if (terms.UnitId is { } unit && !organisation.Units.ContainsKey(unit)) return "没有这个单位，请重新选。";
        return terms.GridId is { } grid && !organisation.Grids.ContainsKey(grid) ? "没有这个网格，请重新选。" : null;
    }

    private static string? Time(RuleTerms terms)
    {
        if (terms.From is null != terms.To is null) return "开始和结束的时间要一起写。";
        if (terms.From is { } from && from == terms.To) return "开始和结束的时间不能一样。";
        return Enum.IsDefined(terms.Hours) ? null : "请选上班时间、下班时间，或者都算。";
    }

    private static string? Target(RuleTerms terms, RoutePlan plan, OrganisationSnapshot organisation) => terms.Target switch
    {
        RuleTarget.GridWorker => null,
        RuleTarget.RoleInRoom or RuleTarget.RoleInStation => RuleNames.Roles.Any(one => one.Role == terms.Role) ? null : "请选派给哪种人。",
        RuleTarget.Person => plan.People.ContainsKey(terms.TargetId ?? Guid.Empty) ? null : "没有这个人，请从名单里选。",
        RuleTarget.Unit => organisation.Units.ContainsKey(terms.TargetId ?? Guid.Empty) ? null : "没有这个单位，请从名单里选。",
        _ => "请选派给谁。",
    };
}
