using System.Collections.Concurrent;
using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Staff;

/// <summary>A signed-in member of staff, as the console's frame shows the person.</summary>
public sealed record StaffProfile(StaffActor Actor, string Login, string UnitName, bool HasPassword);

/// <summary>
/// Who a signed-in person is right now. The cookie only says which account it is; role, unit and whether the account is
/// still open are read from the record, at most <see cref="Freshness"/> old.
/// </summary>
public sealed class StaffAccounts(IDbContextFactory<CommunityDb> databases, TimeProvider time)
{
    /// <summary>How long a right that was taken away may still work.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(20);

    /// <summary>The claim in which ASP.NET Core Identity keeps the security stamp.</summary>
    public const string StampClaim = "AspNet.Identity.SecurityStamp";

    private readonly ConcurrentDictionary<Guid, Known> _known = new();

    /// <summary>
    /// Null when the person is not signed in, the account is gone or closed, or the session was ended (password changed,
    /// signed out everywhere).
    /// </summary>
    public async ValueTask<StaffActor?> ActorOf(ClaimsPrincipal principal, CancellationToken ct) =>
        (await ProfileOf(principal, ct))?.Actor;

    /// <summary>The same with what the console's frame shows.</summary>
    public async ValueTask<StaffProfile?> ProfileOf(ClaimsPrincipal principal, CancellationToken ct)
    {
        if (!Guid.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), out var id)) return null;
        if (!_known.TryGetValue(id, out var known) || time.GetUtcNow() - known.ReadAt > Freshness)
            _known[id] = known = await Read(id, ct);
        return known.Profile is not null && known.Stamp == principal.FindFirstValue(StampClaim) ? known.Profile : null;
    }

    /// <summary>Reads the account anew the next time: called where something about it was just changed.</summary>
    public void Forget(Guid staffId) => _known.TryRemove(staffId, out _);

    /// <summary>
    /// A closed account is locked for good. The short lock after wrong passwords is no closing: it stops guessing, but
    /// lets nobody throw a colleague out of a running session.
    /// </summary>
    public static bool IsClosed(StaffUser staff, DateTimeOffset now) => IsClosed(staff.LeftAt, staff.LockoutEnd, now);

    /// <summary>The same by the two columns that say it. Whoever has left has a closed account, whatever the lock says.</summary>
    public static bool IsClosed(DateTimeOffset? leftAt, DateTimeOffset? lockoutEnd, DateTimeOffset now) =>
        leftAt is not null || (lockoutEnd is { } end && end > now.AddYears(1));

    private async Task<Known> Read(Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await databases.CreateDbContextAsync(ct);
        var staff = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == id, ct);
        if (staff is null || IsClosed(staff, now)) return new Known(null, null, now);

        var unit = await db.Set<Unit>().Where(u => u.Id == staff.UnitId).Select(u => u.Name).FirstOrDefaultAsync(ct);
        var actor = new StaffActor(staff.Id, staff.DisplayName, staff.Role, staff.UnitId);
        return new Known(new StaffProfile(actor, staff.UserName ?? "", unit ?? "", staff.PasswordHash is not null), staff.SecurityStamp, now);
    }

    private sealed record Known(StaffProfile? Profile, string? Stamp, DateTimeOffset ReadAt);
}
