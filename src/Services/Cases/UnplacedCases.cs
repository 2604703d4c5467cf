using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>Lists and places the cases that nobody's grid has.</summary>
public sealed class UnplacedCases(
    ITransactions transactions, IDbContextFactory<CommunityDb> contexts, IOrganisation organisation, IConsoleFeed feed, CaseLetters letters, CaseTimetable timetable, CaseCards cards, TimeProvider time) : IUnplacedCases
{
    private const int Listed = 300;

    public async Task<IReadOnlyList<UnplacedCase>> List(StaffActor actor, CancellationToken ct)
    {
        if (!Places(actor)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = db.Set<Case>().AsNoTracking().Where(c => c.GridId == null && c.ClosedAt == null);
        var units = await Reachable(await open.Select(c => c.UnitId).Distinct().ToListAsync(ct), actor, ct);
        return await open.Where(c => units.Contains(c.UnitId)).OrderBy(c => c.Id).Take(Listed)
            .Select(c => new UnplacedCase(c.Number, c.Title, c.Place, c.OpenedAt)).ToListAsync(ct);
    }

    public async Task<int> Place(IReadOnlyCollection<string> numbers, Spot spot, StaffActor actor, CancellationToken ct)
    {
        if (!Places(actor) || spot.GridId is null) return 0;
        var to = await organisation.ResponsibleFor(spot.GridId, ct);
        if (!await MayGiveTo(to.UnitId, actor, ct)) return 0;
        var moved = 0;
        foreach (var number in numbers)
        {
            if (!await PlaceOne(number, spot, to, actor, ct)) continue;
            feed.CaseChanged(number);
            moved++;
        }
        return moved;
    }

    private async Task<bool> PlaceOne(string number, Spot spot, Responsible to, StaffActor actor, CancellationToken ct)
    {
        try
        {
            return await transactions.Run(async (db, token) =>
            {
                var subject = await db.Set<Case>().AsTracking().SingleOrDefaultAsync(c => c.Number == number && c.GridId == null && c.ClosedAt == null, token);
                if (subject is null || (await Reachable([subject.UnitId], actor, token)).Count == 0) return false;
                var now = time.GetUtcNow();
                var (before, unit) = (subject.OwnerId, subject.UnitId);
                if (subject.Locate(actor, spot, to, now) is not null) return false;
                await timetable.Keep(db, subject, token);
                if (before is not null && subject.OwnerId == before) return true;
                if (unit != subject.UnitId)
                {
                    cards.ChangedIn(db, subject, unit);
                    cards.Post(db, subject);
                }
                letters.Given(db, subject, to.StaffName ?? CaseWords.Duty(to.UnitName));
                db.Add(StaffNotice.About(subject, $"转来的{subject.Kind}：{subject.Title}", now));
                return true;
            }, ct);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody took the case up at the same moment: theirs stands, and it comes up again while it has no place.
            return false;
        }
    }

    private static bool Places(StaffActor actor) => actor.Role is Role.SocialWorker or Role.StationLead or Role.Admin;

    private async Task<bool> MayGiveTo(Guid unitId, StaffActor actor, CancellationToken ct) =>
        actor.Role == Role.Admin || await organisation.IsWithin(unitId, actor.UnitId, ct);

    private async Task<List<Guid>> Reachable(List<Guid> units, StaffActor actor, CancellationToken ct)
    {
        List<Guid> reachable = [];
        foreach (var unit in units)
            if (actor.Role == Role.Admin || await organisation.IsWithin(unit, actor.UnitId, ct) || await organisation.IsWithin(actor.UnitId, unit, ct))
                reachable.Add(unit);
        return reachable;
    }
}
