using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// How the cases of the actor's units stand: for those who lead and for social workers, of the own unit and what is below it;
/// grid workers see none, so that numbers compare units, not persons.
/// </summary>
public sealed class CaseDashboard(IDbContextFactory<CommunityDb> contexts, IOrganisation organisation, ICaseCategories categories)
{
    /// <summary>Null when the actor may not see it, or not that unit. Weeks, oldest first; units and categories by their number.</summary>
    public async Task<CaseOverview?> Read(StaffActor actor, CaseSlice slice, CancellationToken ct)
    {
        if (actor.Role is not (Role.SocialWorker or Role.StationLead or Role.Centre or Role.Admin)) return null;
        if (slice.UnitId is { } wanted && actor.Role != Role.Admin && !await organisation.IsWithin(wanted, actor.UnitId, ct)) return null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = db.Set<CaseWeek>().AsNoTracking().Where(w => w.Week >= slice.From && w.Week <= slice.To);
        Guid? top = slice.UnitId ?? (actor.Role == Role.Admin ? null : actor.UnitId);
        if (top is { } unit)
        {
            var below = await organisation.Below(unit, ct);
            rows = rows.Where(w => below.Contains(w.UnitId));
        }

        if (slice.Category is { } category) rows = rows.Where(w => w.Category == category);
        var units = await Sum(rows.GroupBy(w => w.UnitId)).ToListAsync(ct);
        var kinds = await Sum(rows.GroupBy(w => w.Category)).ToListAsync(ct);
        var weeks = await Sum(rows.GroupBy(w => w.Week)).ToListAsync(ct);
        var ids = units.ConvertAll(row => row.Key);
        var names = await db.Set<Unit>().Where(u => ids.Contains(u.Id)).ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        return new CaseOverview(
            await db.Set<CaseCount>().Select(c => (DateTimeOffset?)c.At).SingleOrDefaultAsync(ct),
            All(weeks.ConvertAll(row => row.Figures)),
            [.. units.OrderByDescending(row => row.Figures.Opened).Select(row => new CaseFigureRow(row.Key.ToString(), names.GetValueOrDefault(row.Key, "已撤销的单位"), row.Figures))],
            [.. kinds.OrderByDescending(row => row.Figures.Opened).Select(row => new CaseFigureRow(row.Key, categories.NameOf(row.Key), row.Figures))],
            [.. weeks.OrderBy(row => row.Key).Select(row => new CaseFigureRow(row.Key.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), $"{row.Key.Month}月{row.Key.Day}日", row.Figures))]);
    }

    private static IQueryable<Sums<T>> Sum<T>(IQueryable<IGrouping<T, CaseWeek>> groups) => groups.Select(g => new Sums<T>(g.Key, new CaseFigures(
        g.Sum(w => w.Opened), g.Sum(w => w.Claimed), g.Sum(w => w.Closed), g.Sum(w => w.Confirmed),
        g.Sum(w => w.OnTime), g.Sum(w => w.Reopened), g.Sum(w => w.Rated), g.Sum(w => w.RatingSum))));

    private static CaseFigures All(List<CaseFigures> weeks) => new(
        weeks.Sum(w => w.Opened), weeks.Sum(w => w.Claimed), weeks.Sum(w => w.Closed), weeks.Sum(w => w.Confirmed),
        weeks.Sum(w => w.OnTime), weeks.Sum(w => w.Reopened), weeks.Sum(w => w.Rated), weeks.Sum(w => w.RatingSum));

    private sealed record Sums<T>(T Key, CaseFigures Figures);
}
