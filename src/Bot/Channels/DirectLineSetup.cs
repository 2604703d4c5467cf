using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using WuShe.Bot.Pages.My;
using WuShe.Dialogs;
using WuShe.Integrations.DirectLine;
using WuShe.Services.Common;

namespace WuShe.Bot.Channels;

/// <summary>Direct Line 3.0 for the web chat, and the pass a browser gets for its resident.</summary>
public static class DirectLineSetup
{
    public static IServiceCollection AddDirectLine(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DirectLineOptions>().Bind(configuration.GetSection("DirectLine")).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new Secret(DirectLineSecret.Load(
            provider.GetRequiredService<IOptions<DirectLineOptions>>().Value, configuration["DataDirectory"]!)));
        services.AddSingleton(provider => new DirectLineTokens(provider.GetRequiredService<Secret>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new SignedFiles(provider.GetRequiredService<Secret>().Value));
        services.AddSingleton(provider => new ResidentPasses(
            provider.GetRequiredService<Secret>().Value, provider.GetRequiredService<IOptions<MyPagesOptions>>().Value.VisitLasts, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ActivityLog>();
        services.AddSingleton<WebChat>();
        services.AddSingleton<IChannel>(provider => provider.GetRequiredService<WebChat>());
        services.AddSingleton<DirectLineAccess>();
        services.AddSingleton<DirectLineUpload>();
        services.AddSingleton<DirectLineStream>();
        services.AddHostedService<WebChatRecovery>();
        services.AddRateLimiter(ChatToken.AddLimit);
        return services;
    }

    public static void MapDirectLine(this WebApplication app)
    {
        app.UseWebSockets();
        foreach (var root in (string[])["/directline", "/v3/directline"])
        {
            var api = app.MapGroup(root).AddEndpointFilter<DirectLineAccess>();
            api.MapPost("/tokens/generate", DirectLineEndpoints.Generate);
            api.MapPost("/tokens/refresh", DirectLineEndpoints.Refresh);
            api.MapPost("/conversations", DirectLineEndpoints.Start);
            api.MapGet("/conversations/{id}", DirectLineEndpoints.Resume);
            api.MapGet("/conversations/{id}/activities", DirectLineEndpoints.Activities);
            api.MapPost("/conversations/{id}/activities", DirectLineEndpoints.Post);
            api.MapPost("/conversations/{id}/upload", DirectLineEndpoints.Upload);
            api.MapGet("/session/getsessionid", () => Results.Json(new { sessionId = RandomNumberGenerator.GetHexString(32, lowercase: true) }));
            app.Map($"{root}/conversations/{{id}}/stream", (HttpContext http, string id, DirectLineStream stream) => stream.Open(http, id));
            app.MapMethods($"{root}/{{**path}}", ["OPTIONS"], (HttpContext http, DirectLineAccess access) => access.Preflight(http));
        }
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/chat/token"), limited => limited.UseRateLimiter());
        app.MapPost("/chat/token", ChatToken.Issue).RequireRateLimiting(ChatToken.Limit);
        app.MapGet("/files/{id}", PublicFiles.Get);
        var files = app.Services.GetRequiredService<SignedFiles>();
        files.Root = () => Console.PublicAddress.Of(app.Configuration);
    }

    private sealed record Secret(string Value);
}

/// <summary>Acts on messages a dead process left, at start and every half minute.</summary>
public sealed partial class WebChatRecovery(WebChat chat, TimeProvider time, ILogger<WebChatRecovery> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await chat.ResumeLeft(stoppingToken);
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                // The messages stay noted: the next round tries again.
                NotResumed(problem);
            }
            await Task.Delay(Pause, time, stoppingToken);
        }
    }

    [LoggerMessage(4002, LogLevel.Error, "Messages left by a stopped process could not all be acted on; tried again in half a minute.")]
    private partial void NotResumed(Exception problem);
}
