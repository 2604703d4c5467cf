using Microsoft.AspNetCore.Authorization;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary>Signed in with an open account and, where <paramref name="Role"/> is given, that role.</summary>
internal sealed record StaffRequirement(Role? Role) : IAuthorizationRequirement;

/// <summary>Asks the record, not the cookie: a right that was taken away ends within <see cref="StaffAccounts.Freshness"/>.</summary>
internal sealed class StaffAuthorization(StaffAccounts accounts) : AuthorizationHandler<StaffRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, StaffRequirement requirement)
    {
        var actor = await accounts.ActorOf(context.User, CancellationToken.None);
        if (actor is not null && (requirement.Role is null || actor.Role == requirement.Role)) context.Succeed(requirement);
    }
}
