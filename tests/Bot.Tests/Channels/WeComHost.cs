using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WuShe.Bot.Channels;
using WuShe.Fakes;
using WuShe.Integrations.Databases;
using WuShe.Integrations.Redis;
using WuShe.Integrations.WeCom;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Common.StaffChat;
using Role = WuShe.Services.Common.Organisation.Role;

namespace WuShe.Bot.Tests.Channels;

/// <summary>One embedded Redis for the tests of a class.</summary>
public sealed class OneRedis : IDisposable
{
    private readonly EmbeddedRedis _server = new(Directory.CreateTempSubdirectory("wushe-redis").FullName);
    private readonly Lazy<IConnectionMultiplexer> _connection;

    public OneRedis() => _connection = new(() => ConnectionMultiplexer.Connect(_server.ConnectionString));

    public IConnectionMultiplexer Connection => _connection.Value;

    public void Dispose()
    {
        if (_connection.IsValueCreated) _connection.Value.Dispose();
        _server.Dispose();
    }
}

/// <summary>
/// The callback alone on a loopback port, before a fake desk: the app <c>desk</c> and the AI bot <c>helper</c>. 王 is the
/// member <c>WangWei</c>; nobody else is staff.
/// </summary>
internal sealed class WeComHost : IAsyncDisposable
{
    public const string Token = "QDG6eK";
    public const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    public const string OldKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG";
    private readonly string _directory = Directory.CreateTempSubdirectory("wushe-wecom").FullName;
    private WebApplication _app = null!;

    public FakeTimeProvider Time { get; } = new(DateTimeOffset.UnixEpoch.AddDays(20_000));

    public string CorpId { get; } = "ww" + Guid.NewGuid().ToString("N")[..16];

    public FakeWeCom Platform { get; private set; } = null!;

    public FakeDesk Desk { get; } = new();

    public LogLines Log { get; } = new();

    public HttpClient Http { get; private set; } = null!;

    public WeComSender App { get; private set; } = null!;

    public WeComSender Bot { get; } = new(Token, Key, "");

    public IServiceProvider Services => _app.Services;

    public long Now => Time.GetUtcNow().ToUnixTimeSeconds();

    public static async Task<WeComHost> Start(OneRedis redis)
    {
        var host = new WeComHost();
        host.App = new WeComSender(Token, Key, host.CorpId);
        host.Platform = await FakeWeCom.Start(host.CorpId, host.Time);
        host.Platform.Directory.Members["WangWei"] = new("王伟", [2]);
        host.Platform.Directory.Members["stranger"] = new("外人", [3]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(host.Settings());
        builder.Logging.ClearProviders().AddProvider(host.Log).SetMinimumLevel(LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(host.Time).AddSingleton(redis.Connection).AddSingleton<IStaffDesk>(host.Desk)
            .AddSingleton<StaffIdentities>().AddSingleton<IPublicUrl, WuShe.Bot.Console.ConfiguredPublicUrl>()
            .AddWuSheDatabase(builder.Configuration).AddWeCom(builder.Configuration).AddWeComCallback();
        host._app = builder.Build();
        host._app.MapWeCom();
        await host._app.Services.GetRequiredService<DatabaseMigrator>().Migrate(default);
        await host.Hire();
        await host._app.StartAsync();
        host.Http = new HttpClient { BaseAddress = new Uri(host._app.Urls.First()) };
        return host;
    }

    public Task<Dictionary<string, string>?> Push(string xml) => App.Send(Http, "/wecom/desk", App.App(xml, Now));

    public Task<System.Text.Json.JsonElement?> Ask(string json) => Bot.Ask(Http, "/wecom/helper", Bot.Bot(json, Now));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        // A call to the platform that is still under way is waited for by the clock of the test.
        var gone = _app.DisposeAsync().AsTask();
        while (!gone.IsCompleted)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            await Task.WhenAny(gone, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        await gone;
        await Platform.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task Hire()
    {
        await using var db = await _app.Services.GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContextAsync();
        var wang = new StaffUser { Id = Guid.CreateVersion7(), UserName = "wang", NormalizedUserName = "WANG", DisplayName = "网格员 王", Role = Role.Grid, SecurityStamp = "s" };
        db.Add(wang);
        db.UserLogins.Add(new() { LoginProvider = StaffIdentities.WeCom, ProviderKey = "wangwei", UserId = wang.Id });
        await db.SaveChangesAsync();
    }

    private Dictionary<string, string?> Settings() => new()
    {
        ["DataDirectory"] = _directory,
        ["PublicUrl"] = "https://bot.example.org",
        ["WeCom:CorpId"] = CorpId,
        ["WeCom:ApiBaseUrl"] = Platform.BaseUrl,
        ["WeCom:Apps:desk:AgentId"] = "1000002",
        ["WeCom:Apps:desk:Secret"] = FakeWeCom.Secret,
        ["WeCom:Apps:desk:Token"] = Token,
        ["WeCom:Apps:desk:EncodingAesKey"] = Key,
        ["WeCom:Apps:desk:PreviousEncodingAesKey"] = OldKey,
        ["WeCom:Apps:quiet:AgentId"] = "1000003",
        ["WeCom:Apps:quiet:Secret"] = "another",
        ["WeCom:Bots:helper:Token"] = Token,
        ["WeCom:Bots:helper:EncodingAesKey"] = Key,
        ["WeCom:Bots:group:WebhookUrl"] = Platform.WebhookUrl,
    };
}

/// <summary>Stands for casework: says what it heard.</summary>
internal sealed class FakeDesk : IStaffDesk
{
    public ConcurrentQueue<StaffTap> Taps { get; } = new();

    public ConcurrentQueue<StaffWords> Words { get; } = new();

    public ConcurrentQueue<StrangersTap> Strangers { get; } = new();

    public Func<string, Task<StaffAnswer>> Answer { get; set; } = words => Task.FromResult(new StaffAnswer("收到：" + words));

    public Task<StaffAnswer> Tapped(StaffTap tap, CancellationToken ct)
    {
        Taps.Enqueue(tap);
        return Answer(tap.Key);
    }

    public Task<StaffAnswer> Said(StaffWords said, CancellationToken ct)
    {
        Words.Enqueue(said);
        return Answer(said.Words);
    }

    public Task Refused(StrangersTap tap, CancellationToken ct)
    {
        Strangers.Enqueue(tap);
        return Task.CompletedTask;
    }
}
