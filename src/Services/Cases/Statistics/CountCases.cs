using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>
/// Counts the weeks anew whose cases may still change: the last quarter's each time, and once a day a year's. Two instances
/// that count at once write the same.
/// </summary>
public sealed class CountCases(ITransactions transactions, TimeProvider time) : IJob
{
    private const int Recent = 13;
    private const int Year = 53;

    public async Task Run(CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var monday = MondayOf(BeijingTime.DateOf(now));
        var counted = await transactions.Run((db, token) => db.Set<CaseCount>().Select(c => (DateTimeOffset?)c.At).SingleOrDefaultAsync(token), ct);
        var weeks = counted is { } last && BeijingTime.DateOf(last) == BeijingTime.DateOf(now) ? Recent : Year;
        for (var i = 0; i < weeks; i++) await transactions.Run((db, token) => Count(db, monday.AddDays(-7 * i), token), ct);
        await transactions.Run(async (db, token) =>
        {
            if (await db.Set<CaseCount>().AsTracking().SingleOrDefaultAsync(token) is { } row) row.At = now;
            else db.Add(new CaseCount { At = now });
            return true;
        }, ct);
    }

    /// <summary>The Monday of a day's week.</summary>
    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static async Task<bool> Count(CommunityDb db, DateOnly week, CancellationToken ct)
    {
        var (from, to) = (BeijingTime.StartOf(week), BeijingTime.StartOf(week.AddDays(7)));
        var counts = await db.Set<Case>().Where(c => c.OpenedAt >= from && c.OpenedAt < to && c.State != CaseState.Merged && c.State != CaseState.Withdrawn)
            .GroupBy(c => new { c.UnitId, c.Category })
            .Select(g => new CaseWeek
            {
                Week = week,
                UnitId = g.Key.UnitId,
                Category = g.Key.Category,
                Opened = g.Count(),
                Claimed = g.Count(c => c.ContactedAt != null),
                Closed = g.Count(c => c.ClosedAt != null),
                Confirmed = g.Count(c => c.State == CaseState.Confirmed),
                OnTime = g.Count(c => c.ClosedAt <= c.DueAt),
                Reopened = g.Count(c => c.Reopens > 0),
                Rated = g.Count(c => c.Rating != null),
                RatingSum = g.Sum(c => c.Rating ?? 0),
            }).ToListAsync(ct);
        var known = await db.Set<CaseWeek>().AsTracking().Where(w => w.Week == week).ToDictionaryAsync(w => (w.UnitId, w.Category), ct);
        foreach (var count in counts)
        {
            if (!known.Remove((count.UnitId, count.Category), out var row)) db.Add(count);
            else if (!row.SameAs(count)) row.Become(count);
        }

        db.RemoveRange(known.Values);
        return true;
    }
}
