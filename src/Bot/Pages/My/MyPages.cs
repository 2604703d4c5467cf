using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.RateLimiting;
using WuShe.Services.Cases;

namespace WuShe.Bot.Pages.My;

/// <summary>A resident's own pages: the list of own cases and each of them. Rendered on the server; opened in WeChat or from the web chat.</summary>
public static class MyPages
{
    /// <summary>All of them are below it.</summary>
    internal const string Path = "/my";

    private const string Limit = "my-sign-in";
    private const int SignInsPerMinute = 300;

    /// <summary>Needs <c>AddResidentPages</c>, <c>AddDirectLine</c> and <c>AddWeChat</c>.</summary>
    public static IServiceCollection AddMyPages(this IServiceCollection services)
    {
        services.AddOptions<MyPagesOptions>().BindConfiguration("MyPages").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<MyVisitors>();
        // Many phones of one carrier share an address.
        services.AddRateLimiter(limits => limits.AddPolicy(Limit, http => RateLimitPartition.GetFixedWindowLimiter(
            http.Connection.RemoteIpAddress?.ToString() ?? "",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = SignInsPerMinute, Window = TimeSpan.FromMinutes(1) })));
        return services;
    }

    /// <summary>Maps <c>GET /my</c>, <c>GET /my/cases/{number}</c> and the two ways in: from WeChat and from the web chat.</summary>
    public static WebApplication MapMyPages(this WebApplication app)
    {
        app.UseWhen(http => http.Request.Path.StartsWithSegments(Path), mine => mine.UseRateLimiter());
        app.MapGet(Path, List);
        app.MapGet(Path + "/cases/{number}", Case);
        app.MapGet(Path + "/wechat/{account}", (HttpContext http, string account, string? code, string? state, MyVisitors visitors, CancellationToken ct) =>
            visitors.Returned(http, account, code, state, ct)).RequireRateLimiting(Limit);
        app.MapPost(Path + "/visit", (HttpContext http, MyVisitors.Visitor visitor, MyVisitors visitors) =>
            visitors.FromChat(http, visitor)).RequireRateLimiting(Limit);
        return app;
    }

    private static async Task<IResult> List(HttpContext http, string? account, MyVisitors visitors, IOwnCases cases, CancellationToken ct)
    {
        var (who, otherwise) = await visitors.Of(http, Path, account);
        return who is null ? otherwise! : new RazorComponentResult<MyCasesPage>(new { List = await cases.Of(who, ct) });
    }

    private static async Task<IResult> Case(HttpContext http, string number, string? account, MyVisitors visitors, IOwnCases cases, CancellationToken ct)
    {
        // What is no number is not gone back to.
        var asked = CaseNumber.Is(number) ? CaseNumber.In(number) : null;
        var (who, otherwise) = await visitors.Of(http, asked is null ? Path : $"{Path}/cases/{asked}", account);
        if (who is null) return otherwise!;
        return asked is not null && await cases.Open(asked, who, ct) is { } found
            ? new RazorComponentResult<MyCasePage>(new { Case = found })
            : MyNotice.NoSuchCase();
    }
}
