using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Channels;

/// <summary>
/// The callback of an Official Account: <c>GET</c> proves that the address is ours, <c>POST</c> brings messages and events
/// and takes their direct answer. Whatever is wrong with a request, the answer is the same.
/// </summary>
public sealed partial class WeChatEndpoint(
    WeChatAccounts accounts, WeChatDoor door, WeChatTurns turns, TimeProvider time, ILogger<WeChatEndpoint> log)
{
    private const int MaxEcho = 256;
    private static readonly byte[] Success = "success"u8.ToArray();
    private static readonly byte[] Forbidden = "forbidden"u8.ToArray();

    /// <summary>Server verification: answers with the bare <c>echostr</c>.</summary>
    public Task Get(HttpContext http)
    {
        if (!TryAccount(http, out var account)) return NotFound(http);
        var credentials = Credentials(http, out var echo);
        var refusal = door.Check(account, credentials);
        if (refusal != WeChatRefusal.None) return Refuse(http, account, refusal);
        return echo is { Length: > 0 and <= MaxEcho } ? Answer(http, Encoding.UTF8.GetBytes(echo)) : Answer(http, default);
    }

    /// <summary>A push: verified, opened, run as a turn, answered within its time.</summary>
    public async Task Post(HttpContext http)
    {
        var arrived = time.GetTimestamp();
        if (!TryAccount(http, out var account))
        {
            await NotFound(http);
            return;
        }

        var credentials = Credentials(http, out _);
        var refusal = door.Check(account, credentials);
        WeChatPush push = default;
        if (refusal == WeChatRefusal.None) (refusal, push) = await Read(http, account, credentials);
        if (refusal == WeChatRefusal.Unreadable)
        {
            WeChatMetrics.NotRead(account.Name);
            await Answer(http, Success);
            return;
        }

        if (refusal != WeChatRefusal.None)
        {
            await Refuse(http, account, refusal);
            return;
        }

        var reply = await turns.Run(account, push.Message, arrived);
        if (reply.IsNothing)
        {
            await Answer(http, Success);
            return;
        }

        var body = new ArrayBufferWriter<byte>(1024);
        WeChatAnswer.Write(body, account, push, reply.Text!, credentials.Nonce!, time.GetUtcNow(), reply.Card);
        await Answer(http, body.WrittenMemory, "application/xml; charset=utf-8");
    }

    private static async ValueTask<(WeChatRefusal, WeChatPush)> Read(HttpContext http, WeChatAccount account, WeChatCredentials credentials)
    {
        if (http.Request.ContentLength > WeChatXml.MaxBytes) return (WeChatRefusal.TooLarge, default);
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > WeChatXml.MaxBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                return (WeChatRefusal.TooLarge, default);
            }

            if (!read.IsCompleted)
            {
                reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                continue;
            }

            var refusal = WeChatDoor.Open(account, credentials, read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(), out var push);
            reader.AdvanceTo(read.Buffer.End);
            return (refusal, push);
        }
    }

    private bool TryAccount(HttpContext http, [NotNullWhen(true)] out WeChatAccount? account)
    {
        account = null;
        return http.Request.RouteValues["account"] is string name && accounts.TryFind(name, out account);
    }

    /// <summary>Reads the query without the framework's dictionary; of a repeated parameter the first counts.</summary>
    private static WeChatCredentials Credentials(HttpContext http, out string? echo)
    {
        string? signature = null, msgSignature = null, timestamp = null, nonce = null, encryptType = null;
        echo = null;
        foreach (var pair in new QueryStringEnumerable(http.Request.QueryString.Value))
        {
            switch (pair.EncodedName.Span)
            {
                case "signature": signature ??= pair.DecodeValue().ToString(); break;
                case "msg_signature": msgSignature ??= pair.DecodeValue().ToString(); break;
                case "timestamp": timestamp ??= pair.DecodeValue().ToString(); break;
                case "nonce": nonce ??= pair.DecodeValue().ToString(); break;
                case "encrypt_type": encryptType ??= pair.DecodeValue().ToString(); break;
                case "echostr": echo ??= pair.DecodeValue().ToString(); break;
            }
        }

        return new(signature, msgSignature, timestamp, nonce, encryptType);
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task Refuse(HttpContext http, WeChatAccount account, WeChatRefusal why)
    {
        LogRefused(account.Name, why);
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Answer(http, Forbidden);
    }

    private static Task Answer(HttpContext http, ReadOnlyMemory<byte> body, string type = "text/plain; charset=utf-8")
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.Body.WriteAsync(body).AsTask();
    }

    [LoggerMessage(3101, LogLevel.Warning, "Refused a request to the WeChat callback of {Account}: {Why}")]
    private partial void LogRefused(string account, WeChatRefusal why);
}

public static class WeChatRoutes
{
    /// <summary>Registers the callback; it needs <c>AddWeChat</c>, ITurns, IOwedReplies, IInboundMedia and IFollowers.</summary>
    public static IServiceCollection AddWeChatCallback(this IServiceCollection services) =>
        services.AddSingleton<WeChatTurns>().AddSingleton<WeChatEndpoint>();

    /// <summary>Maps <c>GET, POST /wechat/{account}</c> and <c>GET /wechat/{account}/jssdk</c>.</summary>
    public static IEndpointRouteBuilder MapWeChat(this IEndpointRouteBuilder app)
    {
        var endpoint = app.ServiceProvider.GetRequiredService<WeChatEndpoint>();
        app.MapGet("/wechat/{account}", (RequestDelegate)endpoint.Get);
        app.MapPost("/wechat/{account}", (RequestDelegate)endpoint.Post);
        app.MapGet("/wechat/{account}/jssdk", WeChatJsSdk.Sign);
        return app;
    }
}
