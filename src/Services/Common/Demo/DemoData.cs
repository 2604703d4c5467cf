using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Demo;

/// <summary>Loads a sample street into a database that has no organisation yet, when the setting <c>Demo</c> is true
/// (as it is in Development).</summary>
public sealed class DemoData(ITransactions transactions, OrganisationMap map, IConfiguration configuration)
{
    /// <summary>True when the sample was loaded now. Call after the migrations; a second call changes nothing.</summary>
    public async Task<bool> Load(CancellationToken ct)
    {
        if (!IsWanted) return false;
        var loaded = await transactions.Run(async (db, token) =>
        {
            if (await db.Set<Unit>().AnyAsync(token) || await db.Users.AnyAsync(token)) return false;
            db.AddRange(DemoStreet.Centre, DemoStreet.Station, DemoStreet.LakeRoom, DemoStreet.HillRoom);
            foreach (var staff in DemoStreet.Staff) db.Add(Account(staff));
            db.AddRange(DemoStreet.Grids);
            db.AddRange(DemoStreet.Buildings());
            return true;
        }, ct);
        if (loaded) await map.Reload(ct);
        return loaded;
    }

    private bool IsWanted => configuration["Demo"] is { Length: > 0 } setting
        ? bool.TryParse(setting, out var wanted) ? wanted : throw new WrongSettingException("Demo", "must be true or false")
        : string.Equals(configuration[HostDefaults.EnvironmentKey], Environments.Development, StringComparison.OrdinalIgnoreCase);

    /// <summary>No password: the first sign-in is by a one-time link.</summary>
    private static StaffUser Account(DemoStaff staff) => new()
    {
        Id = staff.Id,
        UserName = staff.Login,
        NormalizedUserName = staff.Login.ToUpperInvariant(),
        DisplayName = staff.Name,
        Role = staff.Role,
        UnitId = staff.Unit.Id,
        LockoutEnabled = true,
        SecurityStamp = RandomNumberGenerator.GetHexString(32),
    };
}
