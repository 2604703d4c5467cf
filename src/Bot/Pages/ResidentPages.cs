using Microsoft.AspNetCore.Http.HttpResults;
using WuShe.Services.ProblemReports;

namespace WuShe.Bot.Pages;

/// <summary>The pages that everybody may open: the start page and the web chat. Rendered on the server, without Blazor's script.</summary>
public static class ResidentPages
{
    /// <summary>Needs an <see cref="IPublicMenu"/>.</summary>
    public static IServiceCollection AddResidentPages(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<AssetUrls>();
        return services;
    }

    /// <summary><c>GET /</c>, <c>GET /chat</c> and <c>GET /help/{category}</c>, where the catalogue says what people can do themselves. The static files they load are served by <c>MapStaticAssets</c>.</summary>
    public static IEndpointRouteBuilder MapResidentPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => new RazorComponentResult<StartPage>());
        app.MapGet("/chat", () => new RazorComponentResult<ChatPage>());
        app.MapGet("/help/{category}", Help);
        return app;
    }

    private static async Task<IResult> Help(string category, HttpContext http, CancellationToken ct) =>
        await http.RequestServices.GetRequiredService<IProblemKinds>().Find(category, ct) is { Help.Length: > 0 } kind
            ? new RazorComponentResult<HelpPage>(new { Kind = kind })
            : Results.NotFound();
}
