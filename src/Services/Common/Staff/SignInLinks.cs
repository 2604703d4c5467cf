using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Staff;

/// <summary>
/// One-time sign-in links: whoever runs the service hands one to a colleague who has no password yet. A token is 256
/// random bits, works once and for <see cref="Lifetime"/>; the record keeps its SHA-256 only.
/// </summary>
public sealed class SignInLinks(IDbContextFactory<CommunityDb> databases, TimeProvider time)
{
    /// <summary>How long a link works after it was issued.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);

    /// <summary>A fresh token for the account with that login name, or null when there is none or it is closed.</summary>
    public async Task<string?> Issue(string login, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var name = login.Trim().ToUpperInvariant();
        var staff = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.NormalizedUserName == name, ct);
        if (staff is null || StaffAccounts.IsClosed(staff, time.GetUtcNow())) return null;

        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        await DropDead(db, staff.Id, ct);
        db.Add(new SignInLink
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            TokenHash = Hash(token),
            StaffId = staff.Id,
            ExpiresAt = time.GetUtcNow() + Lifetime,
        });
        await db.SaveChangesAsync(ct);
        return token;
    }

    /// <summary>Whose link it is, without using it; null when it is unknown, expired or used.</summary>
    public async Task<StaffUser?> Peek(string token, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Living(db, token, ct) is { } link ? await Owner(db, link, ct) : null;
    }

    /// <summary>Uses the link up and returns whose it was. Of two at once exactly one gets the account, the other null.</summary>
    public async Task<StaffUser?> Redeem(string token, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await Living(db, token, ct) is not { } link) return null;
        var now = time.GetUtcNow();
        var won = await db.Set<SignInLink>()
            .Where(l => l.Id == link.Id && l.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(l => l.UsedAt, now), ct);
        return won == 1 ? await Owner(db, link, ct) : null;
    }

    private async Task<SignInLink?> Living(CommunityDb db, string token, CancellationToken ct)
    {
        if (token.Length is 0 or > 100) return null;
        var hash = Hash(token);
        var link = await db.Set<SignInLink>().AsNoTracking().FirstOrDefaultAsync(l => l.TokenHash == hash, ct);
        return link is { UsedAt: null } && time.GetUtcNow() < link.ExpiresAt ? link : null;
    }

    private async Task<StaffUser?> Owner(CommunityDb db, SignInLink link, CancellationToken ct)
    {
        var staff = await db.Users.AsNoTracking().FirstOrDefaultAsync(u => u.Id == link.StaffId, ct);
        return staff is null || StaffAccounts.IsClosed(staff, time.GetUtcNow()) ? null : staff;
    }

    /// <summary>Links that can no longer be used tell nobody anything: they go when the next one is issued.</summary>
    private async Task DropDead(CommunityDb db, Guid staffId, CancellationToken ct)
    {
        var links = await db.Set<SignInLink>().Where(l => l.StaffId == staffId).ToListAsync(ct);
        db.RemoveRange(links.Where(l => l.UsedAt is not null || l.ExpiresAt <= time.GetUtcNow()));
    }

    private static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
