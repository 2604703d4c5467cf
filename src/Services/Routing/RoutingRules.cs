using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Routing;

/// <summary>A rule as the console lists it, in the order of trying. <paramref name="Because"/> names the rule that the mark speaks of.</summary>
public sealed record RuleLine(Guid Id, int Version, RuleTerms Terms, string When, string Who, RuleMark Mark, string Because, bool MayEdit, bool MayMoveUp, bool MayMoveDown);

/// <summary>All rules, and the names from which new ones are made.</summary>
public sealed record RuleList(IReadOnlyList<RuleLine> Rules, RuleNames Names);

/// <summary>Takes a change back: the rule as it was before, or null when it was not there.</summary>
public sealed record RuleUndo(Guid Id, int Version, RuleTerms? Before, int Position);

/// <summary>What became of a change, with a sentence in Chinese, and how to take it back when it was done.</summary>
public sealed record RuleOutcome(bool Done, string Words, RuleUndo? Undo = null);

/// <summary>The console's work with the rules. A change counts at once here and within ten seconds on other instances.</summary>
public sealed class RoutingRules(
    RouteBook book, OrganisationMap map, IProblemKinds kinds, ITransactions transactions, TimeProvider time)
{
    private static readonly RuleOutcome Meanwhile = new(false, "刚才有人改过规则，下面是新的。请看过再改。");

    public static bool May(StaffActor actor) => RuleRights.May(actor);

    /// <summary>Every rule: those of other units, too, since they may come before one's own. Null for whoever may not see them.</summary>
    public async Task<RuleList?> List(StaffActor actor, CancellationToken ct)
    {
        if (!May(actor)) return null;
        var (plan, organisation) = (await book.Current(ct), await map.Current(ct));
        var all = await kinds.All(ct);
        var rights = new RuleRights(actor, organisation, plan);
        var names = new RuleNames(organisation, plan, all, rights.IsMine, rights.MayGiveTo);
        var mine = plan.Rules.Select(rule => rights.Refusal(rule.Terms) is null).ToList();
        return new RuleList([.. plan.Rules.Select((rule, at) =>
        {
            var (mark, because) = RuleMarks.Of(rule, plan.Rules, plan, organisation, code => all.Any(kind => kind.Code == code));
            return new RuleLine(
                rule.Id, rule.Version, rule.Terms, names.When(rule.Terms), names.Who(rule.Terms), mark, because, mine[at],
                MayChange(at, at - 1), MayChange(at, at + 1));
        })], names);

        bool MayChange(int at, int other) =>
            other >= 0 && other < plan.Rules.Count && mine[at] && mine[other] && plan.Rules[at].RanksWith(plan.Rules[other]);
    }

    /// <summary>A new rule, the last of those as specific.</summary>
    public Task<RuleOutcome> Add(RuleTerms terms, StaffActor actor, CancellationToken ct) =>
        Put(Guid.CreateVersion7(time.GetUtcNow()), 0, terms, null, actor, $"规则“{terms.Name.Trim()}”加好了。", ct);

    /// <summary>Makes the rule of that <paramref name="version"/> what the terms say.</summary>
    public Task<RuleOutcome> Change(Guid id, int version, RuleTerms terms, StaffActor actor, CancellationToken ct) =>
        Put(id, version, terms, null, actor, $"规则“{terms.Name.Trim()}”改好了。", ct);

    public async Task<RuleOutcome> Delete(Guid id, int version, StaffActor actor, CancellationToken ct)
    {
        var rights = await Rights(actor, ct);
        var without = await Unrouted(rules => rules.Where(rule => rule.Id != id), ct);
        return await Act(async (db, token) =>
        {
            var known = await db.Set<RoutingRule>().AsTracking().SingleOrDefaultAsync(rule => rule.Id == id, token);
            if (known is null || known.Version != version) return Meanwhile;
            if (rights.Refusal(known.Terms) is { } refusal) return new RuleOutcome(false, refusal);
            if (without is not null) return new RuleOutcome(false, without);
            db.Remove(known);
            return new RuleOutcome(true, $"规则“{known.Name}”删掉了。", new RuleUndo(id, 0, known.Terms, known.Position));
        }, ct);
    }

    /// <summary>Takes back what was done; refused when somebody has changed the rule since.</summary>
    public Task<RuleOutcome> Undo(RuleUndo undo, StaffActor actor, CancellationToken ct) => undo.Before is { } before
        ? Put(undo.Id, undo.Version, before, undo.Position, actor, "撤销了，跟原来一样。", ct)
        : Delete(undo.Id, undo.Version, actor, ct);

    /// <summary>One place up or down among the rules that are as specific; the order of more specific ones is fixed.</summary>
    public async Task<RuleOutcome> Move(Guid id, bool up, StaffActor actor, CancellationToken ct)
    {
        var (plan, rights) = (await book.Current(ct), await Rights(actor, ct));
        var at = plan.Rules.ToList().FindIndex(rule => rule.Id == id);
        var other = up ? at - 1 : at + 1;
        if (at < 0 || other < 0 || other >= plan.Rules.Count) return new RuleOutcome(false, "这条规则不能再往那边移了。");
        if (!plan.Rules[at].RanksWith(plan.Rules[other])) return new RuleOutcome(false, "写得更细的规则总是先用，这两条不能换。");
        if ((rights.Refusal(plan.Rules[at].Terms) ?? rights.Refusal(plan.Rules[other].Terms)) is { } refusal) return new RuleOutcome(false, refusal);
        return await Act(async (db, token) =>
        {
            var (mine, theirs) = (plan.Rules[at], plan.Rules[other]);
            var pair = await db.Set<RoutingRule>().AsTracking().Where(rule => rule.Id == mine.Id || rule.Id == theirs.Id).ToListAsync(token);
            if (pair.Count != 2 || pair.Any(rule => rule.Version != (rule.Id == mine.Id ? mine.Version : theirs.Version))) return Meanwhile;
            (pair[0].Position, pair[1].Position) = (pair[1].Position, pair[0].Position);
            foreach (var rule in pair) rule.Version++;
            return new RuleOutcome(true, $"规则“{mine.Terms.Name}”{(up ? "上" : "下")}移了一位。");
        }, ct);
    }

    private async Task<RuleOutcome> Put(Guid id, int version, RuleTerms terms, int? position, StaffActor actor, string done, CancellationToken ct)
    {
        terms = terms with { Name = terms.Name.Trim() };
        var (plan, organisation, rights) = (await book.Current(ct), await map.Current(ct), await Rights(actor, ct));
        if (RuleChecks.Refusal(terms, plan, organisation, await kinds.All(ct)) is { } wrong) return new RuleOutcome(false, wrong);
        if (rights.Refusal(terms) is { } refusal) return new RuleOutcome(false, refusal);
        var wanted = RoutePlan.Rank(id, position ?? 0, version, terms, organisation);
        if (await Unrouted(rules => rules.Where(rule => rule.Id != id).Append(wanted), ct) is { } without) return new RuleOutcome(false, without);
        return await Act(async (db, token) =>
        {
            var known = await db.Set<RoutingRule>().AsTracking().SingleOrDefaultAsync(rule => rule.Id == id, token);
            if ((known?.Version ?? 0) != version) return Meanwhile;
            if (known is not null && rights.Refusal(known.Terms) is { } notMine) return new RuleOutcome(false, notMine);
            var undo = new RuleUndo(id, version + 1, known?.Terms, known?.Position ?? 0);
            if (known is null)
            {
                var last = await db.Set<RoutingRule>().MaxAsync(rule => (int?)rule.Position, token) ?? 0;
                db.Add(known = new RoutingRule { Id = id, Position = position ?? (last + 1) });
            }
            known.Change(terms, actor, time.GetUtcNow());
            return new RuleOutcome(true, done, undo);
        }, ct);
    }

    /// <summary>A sentence when the rules would leave a category to nobody that has no role of its own.</summary>
    private async Task<string?> Unrouted(Func<IEnumerable<RankedRule>, IEnumerable<RankedRule>> change, CancellationToken ct)
    {
        var rules = (await book.Current(ct)).Rules;
        var after = change(rules).ToList();
        var lost = (await kinds.All(ct)).FirstOrDefault(kind => kind.Role.Length == 0
            && rules.Any(rule => Router.TakesAll(rule.Terms, kind.Code)) && !after.Any(rule => Router.TakesAll(rule.Terms, kind.Code)));
        return lost is null ? null : $"“{lost.Name}”没有负责角色，全靠这条规则。请先在问题类别里给它选一个角色。";
    }

    private async Task<RuleRights> Rights(StaffActor actor, CancellationToken ct) => new(actor, await map.Current(ct), await book.Current(ct));

    private async Task<RuleOutcome> Act(Func<CommunityDb, CancellationToken, Task<RuleOutcome>> act, CancellationToken ct)
    {
        RuleOutcome outcome;
        try
        {
            outcome = await transactions.Run(act, ct);
        }
        catch (DbUpdateException)
        {
            outcome = Meanwhile;
        }
        await book.Reload(ct);
        return outcome;
    }
}
