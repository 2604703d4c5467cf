using Microsoft.AspNetCore.Http.HttpResults;

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

    /// <summary><c>GET /</c> and <c>GET /chat</c>. The static files they load are served by <c>MapStaticAssets</c>.</summary>
    public static IEndpointRouteBuilder MapResidentPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", () => new RazorComponentResult<StartPage>());
        app.MapGet("/chat", () => new RazorComponentResult<ChatPage>());
        return app;
    }
}
