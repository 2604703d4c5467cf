using Microsoft.AspNetCore.Components.Authorization;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Staff;

/// <summary>The person in front of a console page, asked for anew before every act.</summary>
public sealed class CurrentStaff(AuthenticationStateProvider authentication, StaffAccounts accounts)
{
    /// <summary>Throws <see cref="UnauthorizedAccessException"/> when the session has ended meanwhile.</summary>
    public async Task<StaffActor> Actor(CancellationToken ct = default) =>
        (await Profile(ct))?.Actor ?? throw new UnauthorizedAccessException("The session has ended.");

    /// <summary>Null when the session has ended meanwhile.</summary>
    public async Task<StaffProfile?> Profile(CancellationToken ct = default) =>
        await accounts.ProfileOf((await authentication.GetAuthenticationStateAsync()).User, ct);
}
