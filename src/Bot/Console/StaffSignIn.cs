using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary>Starts and ends sessions of the console. One per request.</summary>
internal sealed class StaffSignIn(SignInManager<StaffUser> identity, UserManager<StaffUser> users, StaffAccounts accounts, SignInLinks links)
{
    public const int TriesBeforeLock = 5;

    public const int LockMinutes = 10;

    // Checked when there is no such login, so that the answer takes as long as for one that exists.
    private static readonly string NobodysHash = new PasswordHasher<StaffUser>().HashPassword(Nobody, RandomNumberGenerator.GetHexString(32));

    private static StaffUser Nobody => new() { DisplayName = "" };

    /// <summary>One answer for unknown, wrong, locked and closed: none of them is told to who is guessing.</summary>
    public async Task<bool> WithPassword(string login, string password)
    {
        var staff = await users.FindByNameAsync(login.Trim());
        if (staff?.PasswordHash is null)
        {
            users.PasswordHasher.VerifyHashedPassword(staff ?? Nobody, NobodysHash, password);
            return false;
        }

        return (await identity.PasswordSignInAsync(staff, password, isPersistent: true, lockoutOnFailure: true)).Succeeded;
    }

    /// <summary>False when the link is unknown, expired or used.</summary>
    public async Task<bool> WithLink(string token, CancellationToken ct)
    {
        if (await links.Redeem(token, ct) is not { } owner) return false;
        await identity.SignInAsync(owner, isPersistent: true, StaffSession.ByLink);
        return true;
    }

    /// <summary>Whom another system has vouched for.</summary>
    public Task WithIdentity(StaffUser staff, string system) => identity.SignInAsync(staff, isPersistent: true, system);

    /// <summary>
    /// Sets or changes the password, ends the person's other sessions and renews this one. Returns what was wrong. Whoever has
    /// just come by a link (<paramref name="byLink"/>) has forgotten the current password and is not asked for it.
    /// </summary>
    public async Task<IReadOnlyList<string>> SetPassword(Guid staffId, string? current, string fresh, bool byLink)
    {
        var staff = await users.FindByIdAsync(staffId.ToString());
        if (staff is null) return ["账号已不存在。"];
        if (await users.IsLockedOutAsync(staff)) return [$"输错次数太多，请 {LockMinutes} 分钟后再试。"];

        var result = byLink || staff.PasswordHash is null
            ? await Replace(staff, fresh)
            : await users.ChangePasswordAsync(staff, current ?? "", fresh);
        accounts.Forget(staffId);
        if (result.Succeeded)
        {
            await identity.RefreshSignInAsync(staff);
            return [];
        }

        if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch))) await users.AccessFailedAsync(staff);
        return [.. result.Errors.Select(error => error.Description)];
    }

    private async Task<IdentityResult> Replace(StaffUser staff, string fresh)
    {
        foreach (var rules in users.PasswordValidators)
            if (await rules.ValidateAsync(users, staff, fresh) is { Succeeded: false } refused)
                return refused;
        staff.PasswordHash = users.PasswordHasher.HashPassword(staff, fresh);
        return await users.UpdateSecurityStampAsync(staff);
    }

    public Task SignOut() => identity.SignOutAsync();
}

/// <summary>What Identity itself says to people, in Chinese.</summary>
internal sealed class ChineseIdentityErrors : IdentityErrorDescriber
{
    public override IdentityError PasswordMismatch() => new() { Code = nameof(PasswordMismatch), Description = "现在的密码不对。" };

    public override IdentityError ConcurrencyFailure() => new() { Code = nameof(ConcurrencyFailure), Description = "刚才有别的修改，请再试一次。" };

    public override IdentityError DefaultError() => new() { Code = nameof(DefaultError), Description = "没有保存成功，请再试一次。" };

    public override IdentityError UserAlreadyHasPassword() => new() { Code = nameof(UserAlreadyHasPassword), Description = "您已经有密码了，请刷新页面。" };
}
