using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using WuShe.Bot.Pages;

namespace WuShe.Bot.Tests.Browser.Fakes;

/// <summary>
/// Our pages in front of a Direct Line that does what a test tells it to: lose connections, refuse tokens, be down. It greets with
/// the menu as buttons and answers every text with 「收到:…」.
/// </summary>
public sealed class FakeBot : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly FakeLine line = new();

    private FakeBot()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = Repository.BotProject });
        builder.Logging.ClearProviders();
        builder.Services.AddResidentPages();
        builder.Services.AddSingleton<IPublicMenu>(new PublicMenu(FakeLine.Menu));
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseSecurityHeaders();
        app.UseStaticFiles(new StaticFileOptions { FileProvider = new PhysicalFileProvider(Path.Combine(Repository.BotProject, "wwwroot")) });
        app.UseWebSockets();
        app.MapResidentPages();
        app.MapPost("/chat/token", Token);
        line.Map(app);
    }

    public static async Task<FakeBot> Start()
    {
        var bot = new FakeBot();
        await bot.app.StartAsync();
        return bot;
    }

    public Uri Chat => new(Root, "chat");

    public Uri Root => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First() + "/");

    /// <summary>While true, <c>/chat/token</c> answers 503.</summary>
    public bool Down { get; set; }

    /// <summary>How many tokens were asked for.</summary>
    public int Tokens { get; private set; }

    public FakeLine Line => line;

    private IResult Token(JsonObject body)
    {
        if (Down)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        Tokens++;
        var resident = (string?)body["resident"] ?? $"resident-{Tokens}";
        return Results.Json(new
        {
            token = FakeLine.Token(resident),
            conversationId = resident,
            domain = new Uri(Root, "directline").AbsoluteUri,
            resident,
            expiresIn = 1800,
        });
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        line.Dispose();
    }
}
