using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.DirectLine;

/// <summary>One running service for the tests of its web protocols.</summary>
public sealed class EmbeddedService : IAsyncLifetime
{
    private static readonly HttpClient Http = new();

    public RunningBot Bot { get; private set; } = null!;

    /// <summary>The calls, to a service that runs already and is disposed elsewhere.</summary>
    public static EmbeddedService Of(RunningBot bot) => new() { Bot = bot };

    /// <summary>The server-to-server secret it generated.</summary>
    public string Secret => File.ReadAllText(Path.Combine(Bot.DataDirectory, "directline.secret")).Trim();

    // Its many residents report the same at the same place, and are not asked whether they would rather follow a neighbour's.
    public async Task InitializeAsync() => Bot = await RunningBot.Start(("Cases:NearbyDays", "0"));

    public async Task DisposeAsync()
    {
        await Bot.DisposeAsync();
    }

    /// <summary>A new resident's pass, as the chat page gets it, with the conversation begun.</summary>
    public async Task<Pass> NewResident()
    {
        using var answer = await Http.PostAsJsonAsync(new Uri(Bot.Address, "chat/token"), new { });
        var pass = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var resident = new Pass(pass.GetProperty("conversationId").GetString()!, pass.GetProperty("token").GetString()!, pass.GetProperty("resident").GetString()!);
        var (status, _) = await Call(HttpMethod.Post, "conversations", resident.Token, "{}");
        Assert.Equal(201, status);
        return resident;
    }

    public async Task<(int Status, JsonElement Body)> Call(HttpMethod method, string path, string? credential, string? body = null)
    {
        using var answer = await Send(method, path, credential, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<HttpResponseMessage> Send(HttpMethod method, string path, string? credential, HttpContent? content, string? origin = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(Bot.Address, $"directline/{path}")) { Content = content };
        if (credential is not null) request.Headers.Authorization = new("Bearer", credential);
        if (origin is not null) request.Headers.Add("Origin", origin);
        return await Http.SendAsync(request);
    }

    /// <summary>The next set of activities that a stream carries; keep-alives carry none.</summary>
    public static async Task<JsonElement[]> Next(ClientWebSocket socket, CancellationToken ct)
    {
        using var frames = new MemoryStream();
        ValueWebSocketReceiveResult frame;
        var buffer = new byte[16 * 1024];
        do
        {
            frame = await socket.ReceiveAsync(buffer.AsMemory(), ct);
            frames.Write(buffer, 0, frame.Count);
        }
        while (!frame.EndOfMessage);
        return frames.Length == 0 ? [] : [.. JsonDocument.Parse(frames.ToArray()).RootElement.GetProperty("activities").EnumerateArray()];
    }

    public static Task<HttpResponseMessage> Get(Uri address) => Http.GetAsync(address);

    /// <summary>Says something; the id of the stored message.</summary>
    public async Task<string> Say(Pass who, string text, string? clientId = null)
    {
        var activity = JsonSerializer.Serialize(new { type = "message", text, from = new { id = "me", role = "bot" }, channelData = new { clientActivityID = clientId ?? Guid.NewGuid().ToString("N") } });
        var (status, body) = await Call(HttpMethod.Post, $"conversations/{who.Conversation}/activities", who.Token, activity);
        Assert.Equal(200, status);
        return body.GetProperty("id").GetString()!;
    }

    public async Task<(JsonElement[] Activities, string Watermark)> After(Pass who, string watermark = "")
    {
        var (status, body) = await Call(HttpMethod.Get, $"conversations/{who.Conversation}/activities?watermark={watermark}", who.Token);
        Assert.Equal(200, status);
        return ([.. body.GetProperty("activities").EnumerateArray()], body.GetProperty("watermark").GetString()!);
    }
}

public sealed record Pass(string Conversation, string Token, string Resident);
