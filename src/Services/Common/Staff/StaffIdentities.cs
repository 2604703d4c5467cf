using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Common.Staff;

/// <summary>
/// Which member of staff an id of another system is. Ids are compared without case. A person has at most one id in a system,
/// and an id is one person's.
/// </summary>
public sealed class StaffIdentities(IDbContextFactory<CommunityDb> databases, TimeProvider time)
{
    /// <summary>User ids of WeCom.</summary>
    public const string WeCom = "wecom";

    private const int MaxId = 128;

    /// <summary>The open account that the id belongs to, or null.</summary>
    public async Task<StaffUser?> Find(string system, string id, CancellationToken ct)
    {
        if (id.Length is 0 or > MaxId) return null;
        var key = Key(id);
        await using var db = await databases.CreateDbContextAsync(ct);
        var staff = await (from login in db.UserLogins
                           where login.LoginProvider == system && login.ProviderKey == key
                           join one in db.Users on login.UserId equals one.Id
                           select one).AsNoTracking().SingleOrDefaultAsync(ct);
        return staff is null || StaffAccounts.IsClosed(staff, time.GetUtcNow()) ? null : staff;
    }

    /// <summary>The same as the use cases know the person.</summary>
    public async Task<StaffActor?> Actor(string system, string id, CancellationToken ct) =>
        await Find(system, id, ct) is { } staff ? new StaffActor(staff.Id, staff.DisplayName, staff.Role, staff.UnitId) : null;

    /// <summary>A unit's name, and its own open staff who have an id in that system, by name.</summary>
    public async Task<(string UnitName, IReadOnlyList<StaffMember> Members)> OfUnit(string system, Guid unitId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var unit = await db.Set<Unit>().Where(u => u.Id == unitId).Select(u => u.Name).SingleOrDefaultAsync(ct) ?? "";
        var rows = await (from staff in db.Users
                          where staff.UnitId == unitId
                          join login in db.UserLogins on staff.Id equals login.UserId
                          where login.LoginProvider == system
                          orderby staff.DisplayName, staff.Id
                          select new { staff, login.ProviderKey }).AsNoTracking().ToListAsync(ct);
        var now = time.GetUtcNow();
        return (unit, [.. rows.Where(row => !StaffAccounts.IsClosed(row.staff, now)).Select(row => new StaffMember(row.staff.Id, row.staff.DisplayName, row.ProviderKey))]);
    }

    /// <summary>
    /// Says that the id is that person. An id the person had before is forgotten. Returns why not, in Chinese, or null when done.
    /// </summary>
    public async Task<string?> Bind(string system, string id, string login, CancellationToken ct)
    {
        if (id.Length is 0 or > MaxId) return $"账号「{id}」不对。";
        var (key, name) = (Key(id), login.Trim().ToUpperInvariant());
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedUserName == name, ct) is not { } staff || StaffAccounts.IsClosed(staff, time.GetUtcNow()))
            return $"没有登录名为 {login} 的工作人员，或账号已停用。";
        var known = await db.UserLogins.Where(l => l.LoginProvider == system && (l.ProviderKey == key || l.UserId == staff.Id)).ToListAsync(ct);
        if (known.Exists(l => l.UserId != staff.Id)) return $"「{id}」已经是另一位工作人员的账号。";
        db.RemoveRange(known.Where(l => l.ProviderKey != key));
        if (!known.Exists(l => l.ProviderKey == key)) db.Add(New(system, id, staff.Id));
        await db.SaveChangesAsync(ct);
        return null;
    }

    internal static string Key(string id) => id.Trim().ToLowerInvariant();

    internal static IdentityUserLogin<Guid> New(string system, string id, Guid staffId) =>
        new() { LoginProvider = system, ProviderKey = Key(id), UserId = staffId };
}
