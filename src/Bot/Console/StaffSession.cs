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

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        var accounts = context.HttpContext.RequestServices.GetRequiredService<StaffAccounts>();
        var started = context.Properties.Items.TryGetValue(StartedKey, out var text) && long.TryParse(text, out var seconds) ? seconds : 0;
        var tooLong = Now(context.HttpContext).ToUnixTimeSeconds() - started > Longest.TotalSeconds;
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
