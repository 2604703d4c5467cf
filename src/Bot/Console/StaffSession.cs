using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Identity;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary>
/// The cookie of a session. It lasts twelve hours after the last use and a week at most, and dies with the account or a
/// change of its password.
/// </summary>
internal static class StaffSession
{
    public const string CookieName = "wushe-staff";

    /// <summary>The authentication method of a session that a one-time link began.</summary>
    public const string ByLink = "link";
    private const string StartedKey = "started";
    private static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    public static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = CookieName;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = Idle;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/staff/sign-in";
        cookie.ReturnUrlParameter = "to";
        cookie.AccessDeniedPath = "/staff/nothing-here";
        cookie.Events.OnSigningIn = context =>
        {
            context.Properties.Items.TryAdd(StartedKey, Now(context.HttpContext).ToUnixTimeSeconds().ToString());
            return Task.CompletedTask;
        };
        cookie.Events.OnValidatePrincipal = Validate;
    }

    /// <summary>Whether a one-time link began this session in the last half hour.</summary>
    public static async Task<bool> JustByLink(HttpContext http)
    {
        var session = await http.AuthenticateAsync(IdentityConstants.ApplicationScheme);
        return session is { Succeeded: true, Principal: var person, Properties: { } properties }
            && person.FindFirstValue(ClaimTypes.AuthenticationMethod) == ByLink
            && Now(http).ToUnixTimeSeconds() - Started(properties) < TimeSpan.FromMinutes(30).TotalSeconds;
    }

    private static long Started(AuthenticationProperties properties) =>
        properties.Items.TryGetValue(StartedKey, out var text) && long.TryParse(text, out var seconds) ? seconds : 0;

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<StaffAccounts>();
        var tooLong = Now(context.HttpContext).ToUnixTimeSeconds() - Started(context.Properties) > Longest.TotalSeconds;
        if (!tooLong && await accounts.ActorOf(context.Principal!, context.HttpContext.RequestAborted) is not null) return;

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    private static DateTimeOffset Now(HttpContext http) => http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
}

/// <summary>Looks every half minute whether the account behind an open page may still be there.</summary>
internal sealed class RevalidatedStaff(ILoggerFactory logging, StaffAccounts accounts) : RevalidatingServerAuthenticationStateProvider(logging)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(30);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState state, CancellationToken ct) =>
        await accounts.ActorOf(state.User, ct) is not null;
}
