using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Routing;

/// <summary>What is to be said of a rule beside its terms.</summary>
public enum RuleMark
{
    None = 0,

    /// <summary>An earlier rule takes everything it could have.</summary>
    Never,

    /// <summary>It has what an earlier rule cannot give anybody.</summary>
    Reserve,

    /// <summary>Its place, category, person or unit is not there any more.</summary>
    Gone,
}

/// <summary>Finds rules that never, or only in reserve, decide anything.</summary>
internal static class RuleMarks
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>The mark of <paramref name="rule"/> and the name of the rule before it, where there is one. <paramref name="ranked"/> is in the order of trying.</summary>
    public static (RuleMark Mark, string Because) Of(
        RankedRule rule, IReadOnlyList<RankedRule> ranked, RoutePlan plan, OrganisationSnapshot organisation, Func<string, bool> isCategory)
    {
        if (IsGone(rule.Terms, plan, organisation, isCategory)) return (RuleMark.Gone, "");
        var reserve = "";
        foreach (var earlier in ranked.TakeWhile(one => one.Id != rule.Id).Select(one => one.Terms))
        {
            if (!Covers(earlier, rule.Terms, organisation) || IsGone(earlier, plan, organisation, isCategory)) continue;
            if (earlier.TakesAll) return (RuleMark.Never, earlier.Name);
            if (reserve.Length == 0) reserve = earlier.Name;
        }
        return reserve.Length > 0 ? (RuleMark.Reserve, reserve) : (RuleMark.None, "");
    }

    /// <summary>Whether <paramref name="wide"/> holds whenever <paramref name="narrow"/> does.</summary>
    public static bool Covers(RuleTerms wide, RuleTerms narrow, OrganisationSnapshot organisation) =>
        (wide.Category.Length == 0 || wide.Category == narrow.Category)
        && (wide.Hours == RuleHours.Any || wide.Hours == narrow.Hours)
        && CoversPlace(wide, narrow, organisation) && CoversTime(wide, narrow);

    private static bool IsGone(RuleTerms terms, RoutePlan plan, OrganisationSnapshot organisation, Func<string, bool> isCategory) =>
        (terms.Category.Length > 0 && !isCategory(terms.Category))
        || (terms.UnitId is { } unit && !organisation.Units.ContainsKey(unit))
        || (terms.GridId is { } grid && !organisation.Grids.ContainsKey(grid))
        || (terms.Target == RuleTarget.Unit && !organisation.Units.ContainsKey(terms.TargetId ?? Guid.Empty))
        || (terms.Target == RuleTarget.Person && !plan.People.ContainsKey(terms.TargetId ?? Guid.Empty));

    private static bool CoversPlace(RuleTerms wide, RuleTerms narrow, OrganisationSnapshot organisation)
    {
        if (wide.GridId is { } grid) return narrow.GridId == grid;
        if (wide.UnitId is not { } unit) return true;
        var at = narrow.GridId is { } within ? organisation.Grids.GetValueOrDefault(within)?.RoomId : narrow.UnitId;
        return RoutePlan.Upwards(at, organisation).Any(one => one.Id == unit);
    }

    private static bool CoversTime(RuleTerms wide, RuleTerms narrow)
    {
        if (wide.From is not { } from || wide.To is not { } to) return true;
        if (narrow.From is not { } begin || narrow.To is not { } end) return false;
        return Length(from, begin) + Length(begin, end) <= Length(from, to);
    }

    /// <summary>From one time of day to the next time that the other comes.</summary>
    private static TimeSpan Length(TimeOnly from, TimeOnly to) => to >= from ? to.ToTimeSpan() - from.ToTimeSpan() : to.ToTimeSpan() + Day - from.ToTimeSpan();
}
