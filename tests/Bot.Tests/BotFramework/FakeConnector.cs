using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WuShe.Bot.Tests.BotFramework;

/// <summary>A Bot Connector on loopback that takes every activity, or fails as told; and whatever else a test maps on it.</summary>
internal sealed class FakeConnector : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeConnector(WebApplication app) => _app = app;

    public ConcurrentQueue<(string Path, string Body)> Received { get; } = new();

    /// <summary>What the next posts are answered instead of being taken.</summary>
    public ConcurrentQueue<int> FailNext { get; } = new();

    /// <summary>How often somebody tried to post.</summary>
    public int Posts { get; private set; }

    public string Address => _app.Urls.First();

    public static async Task<FakeConnector> Start(Action<WebApplication>? map = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var connector = new FakeConnector(builder.Build());
        map?.Invoke(connector._app);
        connector._app.MapPost("/v3/{**path}", async (HttpContext http) =>
        {
            connector.Posts++;
            if (connector.FailNext.TryDequeue(out var status)) return Results.StatusCode(status);
            connector.Received.Enqueue((http.Request.Path.Value!, await new StreamReader(http.Request.Body).ReadToEndAsync()));
            return Results.Json(new { id = "1" });
        });
        await connector._app.StartAsync();
        return connector;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();
}
