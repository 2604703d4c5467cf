using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MudBlazor.Services;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Organisation;

namespace WuShe.Bot.Console;

/// <summary>Registers and maps the staff console: sign-in, pages, pictures.</summary>
public static partial class ConsoleSetup
{
    internal const string SignInLimit = "staff-sign-in";

    /// <summary>Tries at sign-in pages per address and minute; an office of colleagues shares one.</summary>
    private const int TriesPerMinute = 60;

    public static IServiceCollection AddStaffConsole(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<StaffAccounts>();
        services.AddSingleton<SignInLinks>().AddSingleton<ConsoleMenu>();
        services.AddSingleton<IPublicUrl, ConfiguredPublicUrl>();
        services.TryAddSingleton<AlarmDesk>();
        services.AddScoped<CurrentStaff>().AddScoped<StaffSignIn>();
        AddIdentity(services);
        KeepKeys(services, configuration);
        services.AddAuthorizationBuilder()
            .AddPolicy(StaffPolicies.Staff, policy => policy.AddRequirements(new StaffRequirement(null)))
            .AddPolicy(StaffPolicies.Admin, policy => policy.AddRequirements(new StaffRequirement(Role.Admin)));
        services.AddSingleton<IAuthorizationHandler, StaffAuthorization>();
        services.AddAntiforgery(antiforgery => antiforgery.Cookie.Name = "wushe-form");
        services.AddRateLimiter(LimitSignIn);

        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, RevalidatedStaff>();
        services.AddMudServices();
        return services;
    }

    public static WebApplication MapStaffConsole(this WebApplication app)
    {
        // Only the console's own addresses pay for sessions: turns of residents pass by. The two marks keep the host
        // from adding the same middleware for every request.
        var pipeline = (IApplicationBuilder)app;
        pipeline.Properties["__AuthenticationMiddlewareSet"] = true;
        pipeline.Properties["__AuthorizationMiddlewareSet"] = true;
        app.UseWhen(IsConsole, console =>
        {
            console.Use(Harden(app.Configuration["Map:TileUrl"] ?? ""));
            console.UseRateLimiter();
            console.UseAuthentication();
            console.UseAuthorization();
            console.UseAntiforgery();
        });

        app.MapStaticAssets();
        app.MapRazorComponents<ConsoleApp>()
            .AddAdditionalAssemblies([.. app.Services.GetRequiredService<ConsoleMenu>().PageAssemblies])
            .AddInteractiveServerRenderMode()
            .WithStaticAssets();
        app.MapGet("/staff/files/{id}", StaffFiles.Get).RequireAuthorization(StaffPolicies.Staff);
        app.MapGet("/staff/dashboard.xlsx", StaffSheets.Get).RequireAuthorization(StaffPolicies.Staff);
        app.MapGet("/staff/organisation/template.xlsx", () => Results.File(SheetTemplate.Xlsx(), SheetTemplate.MediaType, SheetTemplate.FileName))
            .RequireAuthorization(StaffPolicies.Staff);
        app.MapPost("/staff/sign-out", async (HttpContext http, StaffSignIn signIn) =>
        {
            // The middleware has checked the token but leaves the refusal to whoever reads a form, and nothing is read here.
            if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: true }) return Results.BadRequest();
            await signIn.SignOut();
            return Results.LocalRedirect("/staff/sign-in");
        }).WithMetadata(new RequireAntiforgeryTokenAttribute());
        app.MapWeComSignIn();
        return app;
    }

    /// <summary>Where to go after signing in: an address of the console itself, never one that a link from outside smuggled in.</summary>
    internal static string InsideOnly(string? to) =>
        to is not null && Inside().IsMatch(to) ? to : "/staff";

    [GeneratedRegex(@"^/(staff|jobs)([/?](?!/)[^\\/]*)*$")]
    private static partial Regex Inside();

    private static bool IsConsole(HttpContext http) =>
        http.Request.Path.StartsWithSegments("/staff") || http.Request.Path.StartsWithSegments("/_blazor") || http.Request.Path.StartsWithSegments("/jobs");

    private static void AddIdentity(IServiceCollection services)
    {
        services.TryAddScoped(provider => provider.GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContext());
        services.AddIdentityCore<StaffUser>(identity =>
            {
                // What makes a good password is PasswordRules' business alone.
                identity.Password = new PasswordOptions
                {
                    RequiredLength = 1,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
                identity.Lockout.MaxFailedAccessAttempts = StaffSignIn.TriesBeforeLock;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(StaffSignIn.LockMinutes);
            })
            .AddEntityFrameworkStores<CommunityDb>()
            .AddSignInManager()
            .AddPasswordValidator<PasswordRules>()
            .AddErrorDescriber<ChineseIdentityErrors>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme)
            .AddCookie(IdentityConstants.ApplicationScheme, StaffSession.Configure);
    }

    private static void KeepKeys(IServiceCollection services, IConfiguration configuration)
    {
        services.AddDataProtection(protection => protection.ApplicationDiscriminator = "WuShe.Bot");
        services.AddOptions<KeyManagementOptions>().Configure<ILoggerFactory>((keys, logging) =>
        {
            var directory = Path.Combine(DataDirectory.Of(configuration), "keys");
            keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(directory), logging);
        });
    }

    private static void LimitSignIn(RateLimiterOptions limits)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.AddPolicy(SignInLimit, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) }));
        limits.OnRejected = async (rejected, ct) =>
        {
            rejected.HttpContext.Response.ContentType = "text/plain; charset=utf-8";
            await rejected.HttpContext.Response.WriteAsync("尝试的次数太多了，请一分钟后再试。", ct);
        };
    }

    /// <summary>No foreign frames or scripts, pictures of the map's own server only; the address of a page, which may carry a token, is told to nobody.</summary>
    private static Func<HttpContext, RequestDelegate, Task> Harden(string tileUrl)
    {
        var policy = $"default-src 'self'; img-src 'self' data: {OriginOf(tileUrl)}; style-src 'self' 'unsafe-inline'; "
            + "connect-src 'self' ws: wss:; frame-ancestors 'none'; form-action 'self'; base-uri 'self'; object-src 'none'";
        return (http, next) =>
        {
            var headers = http.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "no-referrer";
            if (!http.Request.Path.StartsWithSegments("/staff")) return next(http);

            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = policy;
            return next(http);
        };
    }

    /// <summary>https://{s}.tile.example/{z}/{x}/{y}.png → https://*.tile.example; nothing for our own server.</summary>
    internal static string OriginOf(string tileUrl)
    {
        if (!Uri.TryCreate(tileUrl.Replace("{s}", "any", StringComparison.Ordinal), UriKind.Absolute, out var url) || !url.Scheme.StartsWith("http", StringComparison.Ordinal))
            return "";
        var origin = url.GetLeftPart(UriPartial.Authority);
        return tileUrl.Contains("{s}", StringComparison.Ordinal) ? origin.Replace("//any.", "//*.", StringComparison.Ordinal) : origin;
    }
}
