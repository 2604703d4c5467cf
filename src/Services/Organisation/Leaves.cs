using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// Leave with a substitute. Everybody may enter their own, and those who manage the unit that of others; while it lasts, what would be
/// the person's goes to the substitute.
/// </summary>
public sealed class Leaves(OrganisationChanges changes, OrganisationRights rights, TimeProvider time)
{
    private const int LongestDays = 366;
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    /// <summary>
    /// From the first day to the last one, both Beijing dates and both of them on leave. The substitute, when given, works in the same unit or
    /// stands above it, is there, and is not on leave in that time; else the duty queue has the work.
    /// </summary>
    public Task<OrganisationOutcome> Take(Guid staffId, DateOnly first, DateOnly last, Guid? substituteId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (await Find(db, staffId, actor, token) is not { } who) return OrganisationOutcome.NotAllowed;
        var now = time.GetUtcNow();
        if (who.LeftAt is not null) return OrganisationOutcome.Refused("这个人已经离开了，请刷新再看。");
        if (last < first) return OrganisationOutcome.Refused("结束日期要在开始日期之后。");
        if (last < BeijingTime.DateOf(now)) return OrganisationOutcome.Refused("这些日子已经过去了。");
        if (last.DayNumber - first.DayNumber >= LongestDays) return OrganisationOutcome.Refused("请假最长一年。");
        var (from, until) = (Midnight(first), Midnight(last.AddDays(1)));
        if (await OnLeave(db, staffId, from, until, token)) return OrganisationOutcome.Refused("这几天里已经有请假了，请先取消原来的。");
        StaffUser? substitute = null;
        if (substituteId is { } id)
        {
            substitute = await db.Users.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id && s.LeftAt == null, token);
            if (substitute is null || id == staffId || !await Near(db, who, substitute, token)) return OrganisationOutcome.Refused("代班的人要在同一个单位或者上级单位，请另选一位。");
            if (await OnLeave(db, id, from, until, token)) return OrganisationOutcome.Refused($"{substitute.DisplayName}这几天也请假，请另选一位。");
        }

        var leave = new StaffLeave
        {
            Id = Guid.CreateVersion7(now),
            StaffId = staffId,
            From = from,
            Until = until,
            SubstituteId = substituteId,
            EnteredById = actor.Id,
            EnteredAt = now,
        };
        db.Add(leave);
        return OrganisationOutcome.Done($"{who.DisplayName}在{Days(from, until, now)}请假，由{substitute?.DisplayName ?? "社区值班"}代班。", leave.Id);
    }, ct);

    /// <summary>A leave that has not begun is taken back; one that has ends now.</summary>
    public Task<OrganisationOutcome> Cancel(Guid leaveId, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        var leave = await db.Set<StaffLeave>().AsTracking().SingleOrDefaultAsync(l => l.Id == leaveId, token);
        if (leave is null || await Find(db, leave.StaffId, actor, token) is not { } who) return OrganisationOutcome.NotAllowed;
        var now = time.GetUtcNow();
        if (leave.Until <= now) return OrganisationOutcome.Refused("这次请假已经结束了。");
        if (leave.From >= now) db.Remove(leave);
        else leave.Until = now;
        return OrganisationOutcome.Done($"{who.DisplayName}的请假已取消。", leave.Id);
    }, ct);

    /// <summary>11月28日（周六）至11月30日（周一）, by the two instants.</summary>
    internal static string Days(DateTimeOffset from, DateTimeOffset until, DateTimeOffset now)
    {
        var (first, last) = (ChineseDate.Dated(from, now), ChineseDate.Dated(until.AddTicks(-1), now));
        return first == last ? first : $"{first}至{last}";
    }

    private static DateTimeOffset Midnight(DateOnly day) => new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), Beijing).ToUniversalTime();

    private static Task<bool> OnLeave(CommunityDb db, Guid staffId, DateTimeOffset from, DateTimeOffset until, CancellationToken ct) =>
        db.Set<StaffLeave>().AnyAsync(l => l.StaffId == staffId && l.From < until && l.Until > from, ct);

    /// <summary>Whoever stands in must be able to see the work: a colleague, or somebody above.</summary>
    private static async Task<bool> Near(CommunityDb db, StaffUser who, StaffUser substitute, CancellationToken ct)
    {
        if (substitute.Role is Role.Lawyer != who.Role is Role.Lawyer) return false;
        var seen = new HashSet<Guid>();
        for (Guid? at = who.UnitId; at is { } id && seen.Add(id);)
        {
            if (id == substitute.UnitId) return true;
            at = await db.Set<Unit>().Where(u => u.Id == id).Select(u => u.ParentId).SingleOrDefaultAsync(ct);
        }
        return false;
    }

    private async Task<StaffUser?> Find(CommunityDb db, Guid staffId, StaffActor actor, CancellationToken ct) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(s => s.Id == staffId, ct) is { } who
        && (staffId == actor.Id || (OrganisationRights.MayGive(actor, who.Role) && await rights.May(actor, who.UnitId, ct))) ? who : null;
}
