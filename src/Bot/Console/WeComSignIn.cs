using WuShe.Integrations.WeCom;
using WuShe.Services.Common;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Console;

/// <summary>Signs staff in by WeCom: <c>/staff/wecom</c> sends the browser there, <c>/staff/wecom/back</c> takes it back.</summary>
internal static class WeComSignIn
{
    public const string Path = "/staff/wecom";

    /// <summary>What the sign-in page is told when nothing came of it.</summary>
    public const string Stranger = "stranger";

    /// <summary>Likewise.</summary>
    public const string Failed = "failed";

    private const string Back = Path + "/back";
    private const string Cookie = "wushe-wecom";

    public static void MapWeComSignIn(this WebApplication app)
    {
        if (app.Services.GetService<WeComSignIns>() is not { Offered: true }) return;
        app.MapGet(Path, Go).RequireRateLimiting(ConsoleSetup.SignInLimit);
        app.MapGet(Back, Return).RequireRateLimiting(ConsoleSetup.SignInLimit);
    }

    private static async Task<IResult> Go(HttpContext http, string? to, WeComSignIns signIns, StaffAccounts accounts, IPublicUrl pages)
    {
        to = ConsoleSetup.InsideOnly(to);
        if (await accounts.ActorOf(http.User, http.RequestAborted) is not null) return Results.LocalRedirect(to);
        var inside = http.Request.Headers.UserAgent.ToString().Contains("wxwork", StringComparison.OrdinalIgnoreCase);
        var (address, secret) = await signIns.Begin(pages.Of(Back), to, inside);
        http.Response.Cookies.Append(Cookie, secret, Options(http));
        return Results.Redirect(address.AbsoluteUri);
    }

    private static async Task<IResult> Return(
        HttpContext http, string? code, string? state, WeComSignIns signIns, StaffIdentities identities, StaffSignIn signIn, CancellationToken ct)
    {
        var visitor = await signIns.Finish(state, http.Request.Cookies[Cookie], code, ct);
        http.Response.Cookies.Delete(Cookie, Options(http));
        if (visitor is not { UserId: { } id }) return Refuse(visitor is { IsOutsider: true } ? Stranger : Failed);
        if (await identities.Find(StaffIdentities.WeCom, id, ct) is not { } staff) return Refuse(Stranger);
        await signIn.WithIdentity(staff, StaffIdentities.WeCom);
        return Results.LocalRedirect(ConsoleSetup.InsideOnly(visitor.To));
    }

    private static IResult Refuse(string why) => Results.LocalRedirect("/staff/sign-in?wecom=" + why);

    /// <summary>Lax: the way back is a link from another site.</summary>
    private static CookieOptions Options(HttpContext http) => new()
    {
        Path = Path,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        MaxAge = TimeSpan.FromMinutes(10),
    };
}
