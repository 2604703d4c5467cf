using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// Hands on the cases of whoever leaves: to whoever stands in when that one works in the case's unit, else to its duty queue.
/// Those too that were closed but may still come back, so that they find somebody.
/// </summary>
public sealed class CasesOfLeavers(CaseCards cards, CaseClock clock, CaseTimetable timetable, IDuty duty) : IStaffLeaving
{
    public async Task Leaving(CommunityDb db, StaffUser who, StaffActor by, CancellationToken ct)
    {
        var standIn = await StandIn(db, who, ct);
        var units = await db.Set<Unit>().ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        var theirs = await db.Set<Case>().AsTracking().Where(c => c.OwnerId == who.Id && c.SettledAt == null).ToListAsync(ct);
        foreach (var subject in theirs)
        {
            var takes = standIn is not null && standIn.UnitId == subject.UnitId ? standIn : null;
            var to = new Responsible(subject.UnitId, units.GetValueOrDefault(subject.UnitId, ""), takes?.Id, takes?.DisplayName);
            if (subject.Release(to, $"{who.DisplayName}不再在这里工作，由接手的人继续办", clock.Now, clock.Moved(subject)) is not null)
            {
                subject.PassOn(takes?.Id);
                continue;
            }

            await timetable.Keep(db, subject, ct);
            db.Add(StaffNotice.About(subject, $"{who.DisplayName}留下的{subject.Kind}：{subject.Title}", clock.Now));
            cards.Changed(db, subject);
        }

        // A part of a case without an owner is the case's worker's to give anew.
        foreach (var task in await db.Set<CaseTask>().AsTracking().Where(t => t.OwnerId == who.Id && t.DoneAt == null).ToListAsync(ct)) task.OwnerId = standIn?.Id;
    }

    public async Task<IReadOnlyList<string>> Foretell(CommunityDb db, StaffUser who, CancellationToken ct)
    {
        var open = await db.Set<Case>().CountAsync(c => c.OwnerId == who.Id && c.ClosedAt == null, ct);
        if (open == 0) return [];
        return [$"{open} 件在办的案件 → {(await StandIn(db, who, ct))?.DisplayName ?? "所在单位值班人员"}"];
    }

    private async Task<StaffUser?> StandIn(CommunityDb db, StaffUser who, CancellationToken ct)
    {
        var id = await duty.StandIn(who.Id, clock.Now, ct);
        return id is null || id == who.Id ? null : await db.Set<StaffUser>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, ct);
    }
}
