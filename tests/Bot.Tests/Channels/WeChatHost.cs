using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WuShe.Bot.Channels;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeChat.Notices;
using WuShe.Services.Common;

namespace WuShe.Bot.Tests.Channels;

/// <summary>The callback alone on a loopback port, with fakes for what stands behind it.</summary>
internal sealed class WeChatHost : IAsyncDisposable
{
    public const string OpenId = "oABCDEFGHIJKLMNOPQRSTUVWXYZ12";
    public const string Token = "QDG6eK";
    public const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    public const string OldKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    public const string AppId = "wx5823bf96d3bd56c7";
    private readonly WebApplication _app;

    private WeChatHost(WebApplication app) => _app = app;

    public FakeTimeProvider Time { get; private init; } = null!;

    public FakeTurns Turns { get; private init; } = null!;

    public FakePorts Ports { get; private init; } = null!;

    public LogLines Log { get; private init; } = null!;

    public HttpClient Http { get; private set; } = null!;

    public WeChatSender Sender { get; } = new(Token, Key, AppId);

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<WeChatHost> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddDays(20_000));
        var (turns, ports, log) = (new FakeTurns(), new FakePorts(), new LogLines());
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time).AddSingleton<ITurns>(turns)
            .AddSingleton<IOwedReplies>(ports).AddSingleton<IInboundMedia>(ports).AddSingleton<IFollowers>(ports);
        builder.Services.AddWeChat(builder.Configuration);
        builder.Services.AddWeChatCallback();
        builder.Services.AddSingleton<IWeChatContact>(ports);
        // Delivery is not what these tests are about; it would need Redis.
        foreach (var service in builder.Services.Where(IsOfDelivery).ToArray()) builder.Services.Remove(service);
        builder.Services.AddSingleton<IWeChatReports>(ports);
        var app = builder.Build();
        app.MapWeChat();
        await app.StartAsync();
        return new WeChatHost(app) { Time = time, Turns = turns, Ports = ports, Log = log, Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) } };
    }

    public Task<Dictionary<string, string>?> Say(string words, long id = 1, string account = "safe") =>
        Sender.Send(Http, "/wechat/" + account, Sender.Safe(Sender.Text(OpenId, words, id, Now), Now));

    public Task<HttpResponseMessage> Post(string account, (string Query, string Body) push) =>
        Http.PostAsync(new Uri($"/wechat/{account}?{push.Query}", UriKind.Relative), new StringContent(push.Body));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private static bool IsOfDelivery(ServiceDescriptor service) =>
        service.ServiceType == typeof(IChannel) || service.ServiceType == typeof(IWeChatReports) || service.ImplementationType == typeof(WatchWeChatTemplates);

    private static Dictionary<string, string?> Settings()
    {
        var settings = new Dictionary<string, string?>();
        foreach (var mode in new[] { "Plain", "Compatible", "Safe" })
        {
            var account = "WeChat:Accounts:" + mode.ToLowerInvariant() + ":";
            settings[account + "Mode"] = mode;
            settings[account + "AppId"] = AppId;
            settings[account + "AppSecret"] = "the-secret";
            settings[account + "Token"] = Token;
            if (mode == "Plain") continue;
            settings[account + "EncodingAesKey"] = Key;
            settings[account + "PreviousEncodingAesKey"] = OldKey;
        }

        return settings;
    }
}

/// <summary>Stands for the engine: each message once, re-deliveries wait and get the same.</summary>
internal sealed class FakeTurns : ITurns
{
    private readonly ConcurrentDictionary<string, Lazy<Task<TurnResult>>> _seen = new();

    public ConcurrentQueue<Turn> Ran { get; } = new();

    public ConcurrentQueue<Turn> Settled { get; } = new();

    public Func<Turn, Task<IReadOnlyList<Message>>> Answer { get; set; } = turn => Task.FromResult<IReadOnlyList<Message>>([new Message("收到：" + turn.Input.Text)]);

    public async Task<TurnResult> Run(Turn turn, CancellationToken ct)
    {
        var mine = new Lazy<Task<TurnResult>>(() => First(turn));
        var first = _seen.GetOrAdd(turn.MessageId, mine);
        var result = await first.Value;
        return first == mine ? result : result with { Repeated = true };
    }

    public Task Settle(Turn turn, CancellationToken ct)
    {
        Settled.Enqueue(turn);
        return Task.CompletedTask;
    }

    private async Task<TurnResult> First(Turn turn)
    {
        Ran.Enqueue(turn);
        var replies = await Answer(turn);
        return new TurnResult(replies, false, turn.Window?.TryClaim() != true);
    }
}

internal sealed class FakePorts : IOwedReplies, IInboundMedia, IFollowers, IWeChatContact, IWeChatReports
{
    /// <summary>Events that were shown to whoever keeps reports: account and event.</summary>
    public ConcurrentQueue<string> Reported { get; } = new();

    public Task Note(WeChatAccount account, WeChatMessage message, CancellationToken ct)
    {
        Reported.Enqueue($"{account.Name} {message.Event}");
        return Task.CompletedTask;
    }

    public ConcurrentQueue<(Turn Turn, IReadOnlyList<Message> Replies)> Owed { get; } = new();

    public ConcurrentQueue<string> Expected { get; } = new();

    public ConcurrentQueue<string> Followers { get; } = new();

    /// <summary>Addresses of those who did something that opens the window for messages.</summary>
    public ConcurrentQueue<string> Spoken { get; } = new();

    public Task Owe(Turn turn, IReadOnlyList<Message> replies, CancellationToken ct)
    {
        Owed.Enqueue((turn, replies));
        return Task.CompletedTask;
    }

    public Task<AttachmentRef> Expect(ConversationId from, string source, CancellationToken ct)
    {
        Expected.Enqueue(source);
        return Task.FromResult(IInboundMedia.RefFor(source));
    }

    /// <summary>What people did, in order, and who was shown that their answer takes a while.</summary>
    public ConcurrentQueue<string> Acts { get; } = new();

    public ConcurrentQueue<string> Waiting { get; } = new();

    public void Acted(WeChatAccount account, WeChatMessage by) => Acts.Enqueue(by.IsEvent ? by.Event : by.MsgType);

    public void Waits(WeChatAccount account, string openId) => Waiting.Enqueue(openId);

    public Task<bool> IsBehind(ConversationId who, CancellationToken ct) => Task.FromResult(false);

    public Task Spoke(ConversationId who, CancellationToken ct)
    {
        Spoken.Enqueue(who.Address);
        return Task.CompletedTask;
    }

    public Task Followed(ConversationId who, CancellationToken ct)
    {
        Followers.Enqueue("+" + who);
        return Task.CompletedTask;
    }

    public Task Unfollowed(ConversationId who, CancellationToken ct)
    {
        Followers.Enqueue("-" + who);
        return Task.CompletedTask;
    }
}

/// <summary>Every line that was logged, at any level.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue((logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
