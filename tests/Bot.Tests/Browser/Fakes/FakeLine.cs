using System.Buffers.Text;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace WuShe.Bot.Tests.Browser.Fakes;

/// <summary>As much Direct Line 3.0 as Web Chat needs over a WebSocket, with one conversation per token and switches for faults.</summary>
public sealed class FakeLine : IDisposable
{
    public static readonly string[] Menu = ["问题上报", "查进度", "找工作人员"];

    private readonly Dictionary<string, List<JsonObject>> conversations = [];
    private readonly List<(string Conversation, WebSocket Socket)> sockets = [];
    private readonly SemaphoreSlim gate = new(1);

    /// <summary>While true, every call with a token is answered 403, as for an expired one.</summary>
    public bool Expired { get; set; }

    /// <summary>Activities that browsers have sent, oldest first.</summary>
    public List<JsonObject> Sent { get; } = [];

    public void Dispose() => gate.Dispose();

    public static string Token(string resident) =>
        $"{Part("{\"alg\":\"HS256\"}")}.{Part($"{{\"user\":\"dl_{resident}\"}}")}.c2lnbmF0dXJl";

    public void Map(WebApplication app)
    {
        app.MapPost("/directline/conversations", (HttpRequest request) => Open(request, Caller(request), StatusCodes.Status201Created));
        app.MapGet("/directline/conversations/{id}", (HttpRequest request, string id) => Open(request, id, StatusCodes.Status200OK));
        app.MapPost("/directline/conversations/{id}/activities", (HttpRequest request, JsonObject activity) => Post(request, activity));
        app.MapPost("/directline/conversations/{id}/upload", Upload);
        app.MapGet("/directline/conversations/{id}/stream", (HttpContext context, string id) => Stream(context, id));
    }

    /// <summary>The bot says something of its own accord.</summary>
    public Task Push(string text)
    {
        string conversation;
        lock (conversations)
            conversation = conversations.Keys.Single();
        return Deliver(conversation, Says(text));
    }

    /// <summary>Loses all conversations, as a server without its data does: resuming one is then answered 404.</summary>
    public void Forget()
    {
        lock (conversations)
            conversations.Clear();
    }

    /// <summary>Cuts every stream, as a restarting server does.</summary>
    public async Task Cut()
    {
        await gate.WaitAsync();
        foreach (var (_, socket) in sockets)
            socket.Abort();
        sockets.Clear();
        gate.Release();
    }

    private IResult Open(HttpRequest request, string id, int status)
    {
        if (Expired)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        lock (conversations)
        {
            if (status == StatusCodes.Status200OK && !conversations.ContainsKey(id))
                return Results.NotFound();
            conversations.TryAdd(id, [Stamped(id, 1, Greeting())]);
        }
        var stream = $"ws://{request.Host}/directline/conversations/{id}/stream";
        return Results.Json(new { conversationId = id, token = Token(id), expires_in = 1800, streamUrl = stream }, statusCode: status);
    }

    private async Task<IResult> Post(HttpRequest request, JsonObject activity)
    {
        if (Expired)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        Sent.Add(activity);
        var caller = Caller(request);
        activity["from"] = new JsonObject { ["id"] = "dl_" + caller, ["role"] = "user" };
        var id = await Deliver(caller, activity);
        await Deliver(caller, Says("收到：" + activity["text"]), id);
        return Results.Json(new { id });
    }

    private async Task<IResult> Upload(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        using var part = new StreamReader(form.Files["activity"]!.OpenReadStream());
        var activity = JsonNode.Parse(await part.ReadToEndAsync())!.AsObject();
        foreach (var attachment in activity["attachments"]!.AsArray())
            attachment!["contentUrl"] = $"http://{request.Host}/mark.svg";
        activity["text"] ??= "照片";
        return await Post(request, activity);
    }

    private async Task Stream(HttpContext context, string id)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await gate.WaitAsync();
        JsonObject[] history;
        lock (conversations)
            history = [.. conversations[id]];
        await Send(socket, history);
        sockets.Add((id, socket));
        gate.Release();
        var buffer = new byte[64];
        try
        {
            while (!(await socket.ReceiveAsync(buffer, context.RequestAborted)).CloseStatus.HasValue)
            {
            }
        }
        catch (Exception gone) when (gone is WebSocketException or OperationCanceledException)
        {
            // The page was closed or the test cut the line.
        }
    }

    private async Task<string> Deliver(string conversation, JsonObject activity, string? replyTo = null)
    {
        await gate.WaitAsync();
        try
        {
            lock (conversations)
            {
                var said = conversations[conversation];
                if (replyTo is not null)
                    activity["replyToId"] = replyTo;
                said.Add(Stamped(conversation, said.Count + 1, activity));
            }
            foreach (var (to, socket) in sockets)
                if (to == conversation && socket.State == WebSocketState.Open)
                    await Send(socket, activity);
            return (string)activity["id"]!;
        }
        finally
        {
            gate.Release();
        }
    }

    private static Task Send(WebSocket socket, params JsonObject[] activities)
    {
        var set = new JsonObject { ["activities"] = new JsonArray([.. activities.Select(a => a.DeepClone())]), ["watermark"] = "1" };
        return socket.SendAsync(Encoding.UTF8.GetBytes(set.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None);
    }

    private static JsonObject Stamped(string conversation, int number, JsonObject activity)
    {
        activity["id"] = $"{conversation}|{number:D7}";
        activity["timestamp"] = TimeProvider.System.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", null);
        activity["channelId"] = "directline";
        activity["conversation"] = new JsonObject { ["id"] = conversation };
        return activity;
    }

    private static JsonObject Says(string text) => new()
    {
        ["type"] = "message",
        ["text"] = text,
        ["textFormat"] = "plain",
        ["from"] = new JsonObject { ["id"] = "bot", ["name"] = "社区助手", ["role"] = "bot" },
    };

    private static JsonObject Greeting()
    {
        var greeting = Says("您好，我是社区助手。您想办什么事？可以点下面的按钮，也可以直接打字。");
        greeting["suggestedActions"] = new JsonObject
        {
            ["actions"] = new JsonArray([.. Menu.Select(t => new JsonObject { ["type"] = "imBack", ["title"] = t, ["value"] = t })]),
        };
        return greeting;
    }

    private static string Caller(HttpRequest request)
    {
        var payload = request.Headers.Authorization.ToString().Split('.')[1];
        return ((string)JsonNode.Parse(Base64Url.DecodeFromChars(payload))!["user"]!)["dl_".Length..];
    }

    private static string Part(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
