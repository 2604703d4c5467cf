using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// Adds people and changes what they may do. Nobody gives somebody more than they have themselves. A new account has no
/// password: the first sign-in is by a one-time link.
/// </summary>
public sealed class People(OrganisationChanges changes, OrganisationRights rights, TimeProvider time)
{
    /// <summary>Refused when the login is taken, by somebody who has left as well: what they did goes on naming them.</summary>
    public Task<OrganisationOutcome> Add(Guid unitId, string login, string name, Role role, string hours, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (!await rights.May(actor, unitId, token) || !OrganisationRights.MayGive(actor, role)) return OrganisationOutcome.NotAllowed;
        if (await Unit(db, unitId, token) is not { } unit) return OrganisationOutcome.Refused("这个单位已经不在了，请刷新再看。");
        login = login.Trim();
        if (Wrong(login, name.Trim(), role, hours, unit.Level) is { } wrong) return OrganisationOutcome.Refused($"{wrong}。");
        var known = login.ToUpperInvariant();
        if (await db.Users.AnyAsync(s => s.NormalizedUserName == known, token)) return OrganisationOutcome.Refused($"登录名“{login}”已经有人用了。");
        var added = New(login, name.Trim(), role, unitId, hours, time.GetUtcNow());
        db.Add(added);
        return OrganisationOutcome.Done($"已新增{added.DisplayName}。请管理员用“staff link {login}”发一个登录链接。", added.Id);
    }, ct);

    /// <summary>Changes name, role and own hours (empty: those of the unit); nobody changes their own role.</summary>
    public Task<OrganisationOutcome> Edit(Guid staffId, string name, Role role, string hours, StaffActor actor, CancellationToken ct) => changes.Run(async (db, token) =>
    {
        if (await db.Users.AsTracking().SingleOrDefaultAsync(s => s.Id == staffId, token) is not { } who || !OrganisationRights.MayGive(actor, who.Role)
            || !OrganisationRights.MayGive(actor, role) || !await rights.May(actor, who.UnitId, token)) return OrganisationOutcome.NotAllowed;
        if (who.LeftAt is not null) return OrganisationOutcome.Refused("这个人已经离开了，请刷新再看。");
        if (who.Id == actor.Id && role != who.Role) return OrganisationOutcome.Refused("不能改自己的角色，请另一位管理人员来改。");
        var level = (await Unit(db, who.UnitId, token))?.Level ?? UnitLevel.Room;
        if (Wrong(who.UserName ?? "", name.Trim(), role, hours, level) is { } wrong) return OrganisationOutcome.Refused($"{wrong}。");
        if (role != Role.Admin && await Departures.WouldLeaveNoAdmin(db, who, token)) return OrganisationOutcome.Refused("这是最后一位管理员，请先定另一位管理员。");
        (who.DisplayName, who.Role, who.DutyHours) = (name.Trim(), role, PersonalHours.Read(hours)?.ToString());
        return OrganisationOutcome.Done($"{who.DisplayName}的资料已保存。", who.Id);
    }, ct);

    /// <summary>An account without a password.</summary>
    internal static StaffUser New(string login, string name, Role role, Guid unitId, string hours, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserName = login,
        NormalizedUserName = login.ToUpperInvariant(),
        DisplayName = name,
        Role = role,
        UnitId = unitId,
        DutyHours = PersonalHours.Read(hours)?.ToString(),
        LockoutEnabled = true,
        SecurityStamp = RandomNumberGenerator.GetHexString(32),
    };

    /// <summary>What is wrong with somebody's data, or null.</summary>
    internal static string? Wrong(string login, string name, Role role, string hours, UnitLevel level) =>
        login.Length is 0 or > OrganisationLimits.Login || !login.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '@')
            ? "登录名只能用英文字母、数字和 - . _ @，最多 64 个"
        : name.Length is 0 or > OrganisationLimits.Name ? $"称呼要写，最多 {OrganisationLimits.Name} 个字"
        : hours.Trim().Length > 0 && !PersonalHours.TryParse(hours, out _) ? $"值班时间“{hours.Trim()}”看不懂，请写成 8:30-12:00 14:00-18:00"
        : OrganisationWords.WrongRole(role, level);

    private static Task<Unit?> Unit(CommunityDb db, Guid id, CancellationToken ct) =>
        db.Set<Unit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.ClosedAt == null, ct);
}
