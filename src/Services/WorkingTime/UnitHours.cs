using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using OwnHours = WuShe.Services.Common.Calendar.OwnHours;

namespace WuShe.Services.WorkingTime;

/// <summary>A unit's duty hours. <paramref name="From"/> is the unit that has them; null when it is this one or, with <paramref name="Own"/> false, the setting.</summary>
public sealed record HoursOfUnit(Guid UnitId, string Name, DutyHours Hours, bool Own, string? From);

/// <summary>
/// Duty hours of units: admins change all, the centre and station leads those of their own unit and below it. A unit without
/// hours of its own has those of the nearest unit above it. Promised dates of existing cases stay as they are.
/// </summary>
public sealed class UnitHours(ITransactions transactions, IOrganisation organisation, OrganisationMap units, WorkingTimeMap map, WorkingHours hours, TimeProvider time)
{
    /// <summary>Listed at once; the rest is found by its name.</summary>
    public const int Listed = 20;

    private static readonly WorkingTimeOutcome NotAllowed = new(WorkingTimeResult.NotAllowed, "只能改本单位和下面单位的上班时间。");

    /// <summary>Whether the role changes hours at all; where is decided with each change.</summary>
    public static bool MayChange(StaffActor actor) => actor.Role is Role.Admin or Role.Centre or Role.StationLead;

    /// <summary>The first of the actor's units whose name has these words in it, from the top down, and how many there are.</summary>
    public async Task<(IReadOnlyList<HoursOfUnit> Units, int All)> Find(string words, StaffActor actor, CancellationToken ct)
    {
        if (!MayChange(actor)) return ([], 0);
        var now = await units.Current(ct);
        var mine = actor.Role == Role.Admin ? now.Units.Values : (await organisation.Below(actor.UnitId, ct)).Select(id => now.Units.GetValueOrDefault(id)).OfType<Unit>();
        var found = mine.Where(unit => unit.Name.Contains(words.Trim(), StringComparison.OrdinalIgnoreCase)).OrderBy(unit => unit.Level).ThenBy(unit => unit.Name, StringComparer.Ordinal).ToList();
        return ([.. found.Take(Listed).Select(unit => Of(unit, now))], found.Count);
    }

    /// <summary>From now on the unit has these hours, and what is below it and has none. Refused with the row that is wrong.</summary>
    public async Task<WorkingTimeOutcome> Set(Guid unitId, IReadOnlyList<(string From, string To)> rows, StaffActor actor, CancellationToken ct)
    {
        if (await Changeable(unitId, actor, ct) is not { } unit) return NotAllowed;
        if (DutyHours.Of(rows, out var refusal) is not { } wanted) return new WorkingTimeOutcome(WorkingTimeResult.Refused, refusal);
        var now = time.GetUtcNow();
        await transactions.Run(async (db, token) =>
        {
            var row = await db.Set<OwnHours>().AsTracking().SingleOrDefaultAsync(h => h.UnitId == unitId, token);
            if (row is null) db.Add(row = new OwnHours { UnitId = unitId, Hours = "", ChangedBy = "" });
            (row.Hours, row.ChangedBy, row.ChangedAt) = (wanted.ToString(), actor.Name, now);
            return true;
        }, ct);
        await map.Reload(ct);
        return new WorkingTimeOutcome(WorkingTimeResult.Done, $"{unit.Name}的上班时间改成了 {wanted.Chinese}。已经答应的日期不变。");
    }

    /// <summary>The unit has no hours of its own any more: those above it count.</summary>
    public async Task<WorkingTimeOutcome> Inherit(Guid unitId, StaffActor actor, CancellationToken ct)
    {
        if (await Changeable(unitId, actor, ct) is not { } unit) return NotAllowed;
        await transactions.Run(async (db, token) =>
        {
            if (await db.Set<OwnHours>().AsTracking().SingleOrDefaultAsync(h => h.UnitId == unitId, token) is { } row) db.Remove(row);
            return true;
        }, ct);
        await map.Reload(ct);
        return new WorkingTimeOutcome(WorkingTimeResult.Done, $"{unit.Name}跟着上级单位，现在是 {hours.HoursOf(unitId).Chinese}。");
    }

    private async Task<Unit?> Changeable(Guid unitId, StaffActor actor, CancellationToken ct)
    {
        if (!MayChange(actor) || !(await units.Current(ct)).Units.TryGetValue(unitId, out var unit)) return null;
        return actor.Role == Role.Admin || await organisation.IsWithin(unitId, actor.UnitId, ct) ? unit : null;
    }

    private HoursOfUnit Of(Unit unit, OrganisationSnapshot now)
    {
        var source = hours.SourceOf(unit.Id);
        var above = source is { } id && id != unit.Id && now.Units.TryGetValue(id, out var from) ? from.Name : null;
        return new HoursOfUnit(unit.Id, unit.Name, hours.HoursOf(unit.Id), source == unit.Id, above);
    }
}
