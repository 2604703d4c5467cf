using System.Buffers;
using System.Diagnostics.Metrics;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeCom;

namespace WuShe.Bot.Channels;

/// <summary>
/// The callback of WeCom's apps and AI bots: <c>GET</c> proves that the address is ours, <c>POST</c> brings messages and events
/// and takes their direct answer. Whatever is wrong with a request, the answer is the same.
/// </summary>
public sealed partial class WeComEndpoint
{
    /// <summary>The name that OpenTelemetry collects by.</summary>
    public const string MeterName = "WuShe.WeCom";

    private const string Xml = "application/xml; charset=utf-8";
    private const string Json = "application/json; charset=utf-8";
    private static readonly byte[] Forbidden = "forbidden"u8.ToArray();

    private readonly WeComCorp _corp;
    private readonly WeComDoor _door;
    private readonly WeComAppInbox _apps;
    private readonly WeComBotInbox _bots;
    private readonly TimeProvider _time;
    private readonly TimeSpan _patience;
    private readonly ILogger<WeComEndpoint> _log;
    private readonly Counter<long> _pushes;

    public WeComEndpoint(
        WeComCorp corp, WeComDoor door, WeComAppInbox apps, WeComBotInbox bots, TimeProvider time, IOptions<WeComOptions> options,
        IMeterFactory meters, ILogger<WeComEndpoint> log)
    {
        (_corp, _door, _apps, _bots, _time, _log) = (corp, door, apps, bots, time, log);
        _patience = options.Value.ReplyWithin;
        _pushes = meters.Create(MeterName).CreateCounter<long>("wushe.wecom.pushes", "{push}", "Pushes of WeCom by callback and result");
    }

    /// <summary>Verification: the <c>echostr</c> is a ciphertext, the answer what is in it.</summary>
    public Task Get(HttpContext http)
    {
        if (KeysOf(http, out var name) is not { } keys) return NotFound(http);
        var credentials = Credentials(http, out var echo);
        var refusal = _door.Open(keys, credentials, echo, out var opened);
        return refusal == WeChatRefusal.None ? Answer(http, opened.Clear, "text/plain; charset=utf-8") : Refuse(http, name, refusal);
    }

    /// <summary>A push: verified, opened, acted on, answered within its time.</summary>
    public async Task Post(HttpContext http)
    {
        var arrived = _time.GetTimestamp();
        if (KeysOf(http, out var name) is not { } keys)
        {
            await NotFound(http);
            return;
        }

        var credentials = Credentials(http, out _);
        var body = await RequestBody.Read(http, WeChatXml.MaxBytes);
        var refusal = WeChatRefusal.TooLarge;
        WeComOpened opened = default;
        var isBot = _corp.TryBot(name, out var bot);
        if (body is not null) refusal = _door.Open(keys, credentials, isBot ? WeComDoor.InJson(body) : WeComDoor.InXml(body), out opened);
        if (refusal != WeChatRefusal.None)
        {
            await Refuse(http, name, refusal);
            return;
        }

        try
        {
            if (isBot) await Bot(http, bot!, opened, credentials.Nonce!, arrived);
            else if (_corp.TryApp(name, out var app)) await App(http, app, opened, credentials.Nonce!, arrived);
        }
        catch (TimeoutException)
        {
            // Another delivery of the same push is still at work: the next one will find its answer.
            Count(name, "again");
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        }
    }

    private async Task App(HttpContext http, WeComApp app, WeComOpened opened, string nonce, long arrived)
    {
        if (WeChatXml.TryRead(opened.Clear) is not { } fields)
        {
            await Acknowledge(http, app.Name, "unreadable");
            return;
        }

        var push = new WeChatMessage(fields);
        var words = await InTime(_apps.Take(app, push, CancellationToken.None), arrived, app.Name, late => _apps.TellLater(app, push, late, CancellationToken.None));
        if (words.Length == 0)
        {
            await Acknowledge(http, app.Name, "taken");
            return;
        }

        var body = new ArrayBufferWriter<byte>(1024);
        WeComAnswer.Xml(body, app.Keys!, opened.Cipher, push, words, nonce, _time.GetUtcNow());
        Count(app.Name, "answered");
        await Answer(http, body.WrittenMemory, Xml);
    }

    private async Task Bot(HttpContext http, WeComBot bot, WeComOpened opened, string nonce, long arrived)
    {
        if (WeComBotMessage.TryRead(opened.Clear) is not { } push)
        {
            await Acknowledge(http, bot.Name, "unreadable");
            return;
        }

        var reply = await InTime(_bots.Take(bot, push, CancellationToken.None), arrived, bot.Name, late => _bots.TellLater(push, late, CancellationToken.None));
        if (reply.Length == 0)
        {
            await Acknowledge(http, bot.Name, "taken");
            return;
        }

        Count(bot.Name, "answered");
        await Answer(http, WeComAnswer.Json(bot.Keys, opened.Cipher, Encoding.UTF8.GetBytes(reply), nonce, _time.GetUtcNow()), Json);
    }

    /// <summary>The answer, or nothing when it takes longer than the platform waits: then it follows by another way.</summary>
    private async Task<string> InTime(Task<string> work, long arrived, string name, Func<string, Task> tellLater)
    {
        var left = _patience - _time.GetElapsedTime(arrived);
        try
        {
            return await work.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _time);
        }
        catch (TimeoutException) when (!work.IsCompleted)
        {
            _ = Follow(work, name, tellLater);
            return "";
        }
    }

    /// <summary>Nobody waits for this task any more; its failure is told here.</summary>
    private async Task Follow(Task<string> work, string name, Func<string, Task> tellLater)
    {
        try
        {
            if (await work is { Length: > 0 } late) await tellLater(late);
        }
#pragma warning disable CA1031 // The last place that sees it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogLateFailure(name, failure);
        }
    }

    private WeComKeys? KeysOf(HttpContext http, out string name)
    {
        name = http.Request.RouteValues["app"] as string ?? "";
        return _corp.TryApp(name, out var app) ? app.Keys : _corp.TryBot(name, out var bot) ? bot.Keys : null;
    }

    private static WeComCredentials Credentials(HttpContext http, out string? echo)
    {
        string? signature = null, timestamp = null, nonce = null;
        echo = null;
        foreach (var pair in new QueryStringEnumerable(http.Request.QueryString.Value))
        {
            switch (pair.EncodedName.Span)
            {
                case "msg_signature": signature ??= pair.DecodeValue().ToString(); break;
                case "timestamp": timestamp ??= pair.DecodeValue().ToString(); break;
                case "nonce": nonce ??= pair.DecodeValue().ToString(); break;
                case "echostr": echo ??= pair.DecodeValue().ToString(); break;
            }
        }

        return new(signature, timestamp, nonce);
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private Task Refuse(HttpContext http, string name, WeChatRefusal why)
    {
        LogRefused(name, why);
        Count(name, "refused");
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Answer(http, Forbidden, "text/plain; charset=utf-8");
    }

    private Task Acknowledge(HttpContext http, string name, string result)
    {
        Count(name, result);
        return Answer(http, default, "text/plain; charset=utf-8");
    }

    private void Count(string name, string result) =>
        _pushes.Add(1, new KeyValuePair<string, object?>("callback", name), new KeyValuePair<string, object?>("result", result));

    private static Task Answer(HttpContext http, ReadOnlyMemory<byte> body, string type)
    {
        http.Response.ContentType = type;
        http.Response.ContentLength = body.Length;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return http.Response.Body.WriteAsync(body).AsTask();
    }

    [LoggerMessage(3202, LogLevel.Warning, "Refused a request to the WeCom callback {Name}: {Why}")]
    private partial void LogRefused(string name, WeChatRefusal why);

    [LoggerMessage(3203, LogLevel.Error, "A late answer of the WeCom callback {Name} failed")]
    private partial void LogLateFailure(string name, Exception failure);
}

public static class WeComRoutes
{
    /// <summary>Registers the callback; it needs <c>AddWeCom</c>.</summary>
    public static IServiceCollection AddWeComCallback(this IServiceCollection services) => services.AddSingleton<WeComEndpoint>();

    /// <summary>Maps <c>GET, POST /wecom/{app}</c>.</summary>
    public static IEndpointRouteBuilder MapWeCom(this IEndpointRouteBuilder app)
    {
        var endpoint = app.ServiceProvider.GetRequiredService<WeComEndpoint>();
        app.MapGet("/wecom/{app}", (RequestDelegate)endpoint.Get);
        app.MapPost("/wecom/{app}", (RequestDelegate)endpoint.Post);
        return app;
    }
}
