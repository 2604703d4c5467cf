using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.Redis;
using WuShe.Integrations.WeChat;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>The WeChat side of one instance of the product, with the account <c>main</c> on a fake platform.</summary>
internal sealed class WeChatInstance : IAsyncDisposable
{
    public const string Secret = "the-secret-of-the-account";
    private readonly ServiceProvider _services;

    private WeChatInstance(ServiceProvider services) => _services = services;

    public LogLines Log { get; private init; } = null!;

    public Marks Followers { get; private init; } = null!;

    public IAlarmBoard Alarms => Get<IAlarmBoard>();

    public AlarmDesk Desk => Get<AlarmDesk>();

    public WeChatAccount Account => Get<WeChatAccounts>().All.Single(a => a.Name == "main");

    public IChannel Channel => Get<IChannel>();

    /// <param name="redis">Shared by instances; stays open.</param>
    /// <param name="settings">Below <c>WeChat:</c>, beside what the account needs; and <c>PublicUrl</c>.</param>
    public static WeChatInstance Start(IConnectionMultiplexer redis, FakeWeChat platform, string appId, TimeProvider time, params (string Key, string Value)[] settings)
    {
        var all = new Dictionary<string, string?>
        {
            ["WeChat:Accounts:main:AppId"] = appId,
            ["WeChat:Accounts:main:AppSecret"] = Secret,
            ["WeChat:Accounts:main:Token"] = "QDG6eK",
            ["WeChat:Accounts:main:ApiBaseUrl"] = platform.BaseUrl,
        };
        foreach (var (key, value) in settings) all[key.StartsWith("Public", StringComparison.Ordinal) ? key : "WeChat:" + key] = value;
        var (log, followers) = (new LogLines(), new Marks());
        var services = new ServiceCollection()
            .AddSingleton(time)
            .AddSingleton<IFileStore>(new NoFiles())
            .AddSingleton(redis)
            .AddSingleton<IPublicUrl>(new FixedPublicUrl())
            .AddSingleton(new NoticeDescription("case-progress", "办理进度", new Dictionary<string, string>
            {
                ["what"] = "公共照明：路灯不亮",
                ["number"] = "261128-0001",
                ["state"] = "正在处理",
                ["time"] = "2026-11-28 15:01",
            }))
            .AddSingleton<IFollowers>(followers)
            .AddSingleton<IWake>(new Databases.FakeWake())
            // Alarms of one test are of its account alone: its installation has a prefix of its own.
            .AddSingleton(new RedisKeys($"test-{appId}:"))
            .AddSingleton<IAlarmBoard, RedisAlarmBoard>()
            .AddSingleton<AlarmDesk>()
            .AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace))
            .AddWeChat(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider();
        return new WeChatInstance(services) { Log = log, Followers = followers };
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public Task<DeliveryOutcome> Tell(string openId, string text, string? key = null) =>
        Channel.Deliver(new ConversationId("wechat.main", openId), key ?? "test-" + Guid.NewGuid().ToString("N"), [text], default);

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private sealed class NoFiles : IFileStore
    {
        public Task Save(string id, Stream content, CancellationToken ct) => throw new NotSupportedException();

        public Task<Stream?> Open(string id, CancellationToken ct) => Task.FromResult<Stream?>(null);
    }
}

/// <summary>Who was noted as come back (+), having written (=) or gone (-).</summary>
internal sealed class Marks : IFollowers
{
    private readonly ConcurrentQueue<string> _marks = new();

    public IReadOnlyCollection<string> All => _marks;

    public Task Followed(ConversationId who, CancellationToken ct) => Note("+" + who);

    public Task Spoke(ConversationId who, CancellationToken ct) => Note("=" + who);

    public Task Unfollowed(ConversationId who, CancellationToken ct) => Note("-" + who);

    private Task Note(string mark)
    {
        _marks.Enqueue(mark);
        return Task.CompletedTask;
    }
}

/// <summary>Every line that was logged, at any level, with the exception that came with it.</summary>
internal sealed class LogLines : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
