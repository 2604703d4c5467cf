using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Routing;

namespace WuShe.Services.ProblemReports;

/// <summary>A category as the editor shows it. <paramref name="Version"/> 0: as the product has it.</summary>
public sealed record EditableKind(ProblemKind Kind, int Version)
{
    public bool Changed => Version > 0;
}

/// <summary>What became of a change, with a sentence in Chinese for whoever made it.</summary>
public sealed record CatalogueOutcome(bool Done, string Words);

/// <summary>The console's work with the catalogue, for admins. Cases that are open keep the rules they were opened with.</summary>
public sealed class CatalogueEditing(
    CatalogueInUse catalogue, IRouting routing, ITransactions transactions, IDbContextFactory<CommunityDb> contexts, TimeProvider time)
{
    private static readonly Catalogue Default = new();
    private static readonly CatalogueOutcome NotAllowed = new(false, "类别由管理员来改。");
    private static readonly CatalogueOutcome Meanwhile = new(false, "刚才有人改过这一类，下面是新的。请看过再改。");

    public static bool May(StaffActor actor) => actor.Role == Role.Admin;

    /// <summary>What a report may be by its nature, with the limits.</summary>
    public static IReadOnlyList<ProblemNature> Natures => Default.Natures;

    /// <summary>All categories in the order they are offered; none for whoever may not edit.</summary>
    public async Task<IReadOnlyList<EditableKind>> List(StaffActor actor, CancellationToken ct)
    {
        if (!May(actor)) return [];
        await catalogue.Reload(ct);
        await using var db = await contexts.CreateDbContextAsync(ct);
        var versions = await db.Set<CategoryChange>().AsNoTracking().ToDictionaryAsync(change => change.Code, change => change.Version, ct);
        return [.. (await catalogue.Current(ct)).Kinds.Select(kind => new EditableKind(kind, versions.GetValueOrDefault(kind.Code)))];
    }

    /// <summary>
    /// Takes the category as it was filled in; its code, words and button stay the product's. Refused with the reason, and
    /// nothing changed, when a field cannot be so. <paramref name="version"/> is that of the <see cref="EditableKind"/> edited.
    /// </summary>
    public async Task<CatalogueOutcome> Save(ProblemKind wanted, int version, StaffActor actor, CancellationToken ct)
    {
        if (!May(actor)) return NotAllowed;
        if (Default.Find(wanted.Code) is not { } was) return new CatalogueOutcome(false, "没有这一类。");
        wanted = CategoryRules.Trimmed(wanted);
        if (CategoryRules.Refusal(wanted, await catalogue.Current(ct)) is { } refusal) return new CatalogueOutcome(false, refusal);
        if (wanted.Role.Length == 0 && !await routing.TakesAll(wanted.Code, ct))
            return new CatalogueOutcome(false, $"“{wanted.Name}”没有人管：请选一个负责角色，或者先在派单规则里加一条，管它所有的地点和时间，派给一个单位。");
        var fields = CategoryFields.Between(was, wanted);
        return await Change(wanted.Code, version, $"“{wanted.Name}”改好了，新上报的按这个办。", (db, known) =>
        {
            if (fields == new CategoryFields())
            {
                if (known is not null) db.Remove(known);
                return;
            }
            var row = known ?? new CategoryChange { Code = wanted.Code, Fields = "" };
            if (known is null) db.Add(row);
            (row.Fields, row.Version, row.ChangedById, row.ChangedAt) = (fields.ToJson(), row.Version + 1, actor.Id, time.GetUtcNow());
        }, ct);
    }

    /// <summary>Makes the category as the product has it.</summary>
    public async Task<CatalogueOutcome> Reset(string code, int version, StaffActor actor, CancellationToken ct)
    {
        if (!May(actor)) return NotAllowed;
        if (Default.Find(code) is not { } was) return new CatalogueOutcome(false, "没有这一类。");
        var others = (await catalogue.Current(ct)).Kinds.Where(kind => kind.Code != code);
        if (others.Any(kind => kind.Name == was.Name)) return new CatalogueOutcome(false, $"现在有别的类别叫“{was.Name}”，请先改那一类。");
        return await Change(code, version, $"“{was.Name}”恢复成原来的样子了。", (db, known) =>
        {
            if (known is not null) db.Remove(known);
        }, ct);
    }

    private async Task<CatalogueOutcome> Change(
        string code, int version, string done, Action<CommunityDb, CategoryChange?> change, CancellationToken ct)
    {
        CatalogueOutcome outcome;
        try
        {
            outcome = await transactions.Run(async (db, token) =>
            {
                var known = await db.Set<CategoryChange>().AsTracking().SingleOrDefaultAsync(one => one.Code == code, token);
                if ((known?.Version ?? 0) != version) return Meanwhile;
                change(db, known);
                return new CatalogueOutcome(true, done);
            }, ct);
        }
        catch (DbUpdateException)
        {
            outcome = Meanwhile;
        }
        await catalogue.Reload(ct);
        return outcome;
    }
}
