using System.Net.WebSockets;
using System.Text;
using WuShe.Integrations.DirectLine;

namespace WuShe.Bot.Channels;

/// <summary>
/// The WebSocket stream: text frames, each an activity set. One loop per socket reads the log from its watermark on, so
/// nothing is missed or sent twice; a bell says when to look, and a slow look finds what a lost ring would have told.
/// </summary>
public sealed class DirectLineStream(DirectLineTokens tokens, ActivityLog log, DirectLineAccess access, TimeProvider time, IHostApplicationLifetime host)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan SendLimit = TimeSpan.FromSeconds(10);

    public async Task Open(HttpContext http, string id)
    {
        var holder = await tokens.Read(Pass.Stream, http.Request.Query["t"].ToString());
        if (holder is null || holder.Conversation != id || !access.Admits(http))
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }
        using var socket = await http.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(30) });
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, host.ApplicationStopping);
        var receiving = Drain(socket, ending);
        try
        {
            await Send(socket, id, DirectLineEndpoints.Mark(http.Request.Query["watermark"]), ending.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            // The client went away or was too slow: it comes back with its watermark.
        }
        await ending.CancelAsync();
        await receiving;
        if (socket.State == WebSocketState.CloseReceived)
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
    }

    private async Task Send(WebSocket socket, string id, long watermark, CancellationToken ct)
    {
        using var rung = new SemaphoreSlim(0, 1);
        await using var listening = await log.Listen(id, () => Ring(rung));
        while (true)
        {
            var (activities, next) = await log.After(id, watermark);
            if (activities.Length > 0)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
                using var timer = time.CreateTimer(state => ((CancellationTokenSource)state!).Cancel(), limit, SendLimit, Timeout.InfiniteTimeSpan);
                await socket.SendAsync(Encoding.UTF8.GetBytes(DirectLineEndpoints.Set(activities, next)), WebSocketMessageType.Text, true, limit.Token);
                watermark = next;
                continue;
            }
            await rung.WaitAsync(Look, ct);
        }
    }

    private static void Ring(SemaphoreSlim rung)
    {
        try
        {
            if (rung.CurrentCount == 0) rung.Release();
        }
        catch (Exception late) when (late is SemaphoreFullException or ObjectDisposedException)
        {
            // Rung by two at once, or the socket has just closed: the bell is heard or nobody listens.
        }
    }

    /// <summary>Clients send empty messages to stay alive; whatever else they send is dropped.</summary>
    private static async Task Drain(WebSocket socket, CancellationTokenSource ending)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), ending.Token)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or WebSocketException)
        {
            // Gone without a goodbye.
        }
        await ending.CancelAsync();
    }
}
