using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WuShe.Fakes;
using WuShe.Integrations.Databases;
using WuShe.Integrations.Tests.Databases;
using WuShe.Integrations.WeCom;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Common.StaffChat;
using Role = WuShe.Services.Common.Organisation.Role;

namespace WuShe.Integrations.Tests.WeCom;

/// <summary>翠湖社区 with 王, 赵 and 李 on WeCom and 陈 not, the fake platform, and the integration over a real Redis and SQLite.</summary>
internal sealed class WeComWorld : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("wushe-wecom").FullName;
    private readonly IConnectionMultiplexer _redis;
    private ServiceProvider _services = null!;

    private WeComWorld(IConnectionMultiplexer redis) => _redis = redis;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));

    public FakeWeCom Platform { get; private set; } = null!;

    public string CorpId { get; } = "ww" + Guid.NewGuid().ToString("N")[..16];

    public Unit Lake { get; } = new() { Id = Guid.CreateVersion7(), Level = UnitLevel.Room, Name = "翠湖社区" };

    public Unit Empty { get; } = new() { Id = Guid.CreateVersion7(), Level = UnitLevel.Room, Name = "青山社区" };

    public FakeAlarms Alarms { get; } = new();

    public IStaffChat Chat => Get<IStaffChat>();

    public WeComApp App => Get<WeComCorp>().StaffApp!;

    public static async Task<WeComWorld> Begin(IConnectionMultiplexer redis, params (string Key, string Value)[] settings)
    {
        var world = new WeComWorld(redis);
        world.Platform = await FakeWeCom.Start(world.CorpId, world.Time);
        foreach (var id in new[] { "WangWei", "zhao", "li" }) world.Platform.Directory.Members[id] = new(id, [2]);
        world._services = world.Build(settings);
        await world.Get<DatabaseMigrator>().Migrate(default);
        await using var db = await world.Db();
        db.AddRange(world.Lake, world.Empty);
        world.Hire(db, "wang", "网格员 王", Role.Grid, "WangWei");
        world.Hire(db, "zhao", "网格员 赵", Role.Grid, "zhao");
        world.Hire(db, "li", "社工 李", Role.SocialWorker, "li");
        world.Hire(db, "chen", "律师 陈", Role.Lawyer, null);
        await db.SaveChangesAsync();
        return world;
    }

    /// <summary>Another instance of the service on the same Redis and database.</summary>
    public ServiceProvider Another(params (string Key, string Value)[] settings) => Build(settings);

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public Task<CommunityDb> Db() => Get<IDbContextFactory<CommunityDb>>().CreateDbContextAsync();

    public StaffCard Card(int version = 1, string id = "260302-0001", bool open = true) => new(id, version, Lake.Id, "问题上报 " + id, "/staff/cases/" + id)
    {
        Lines = [new CardLine("位置", "翠湖苑3栋"), new CardLine("期限", "3月5日（周四）下午6点")],
        Buttons = open ? [new CardButton("接单", "claim:" + id)] : [],
        Done = open ? "" : "已由网格员 王接单",
    };

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Platform.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    public StaffUser Hire(CommunityDb db, string login, string name, Role role, string? id)
    {
        var staff = new StaffUser
        {
            Id = Guid.CreateVersion7(),
            UserName = login,
            NormalizedUserName = login.ToUpperInvariant(),
            DisplayName = name,
            Role = role,
            UnitId = Lake.Id,
            SecurityStamp = "s",
        };
        db.Add(staff);
        if (id is not null) db.UserLogins.Add(new() { LoginProvider = StaffIdentities.WeCom, ProviderKey = id.ToLowerInvariant(), UserId = staff.Id });
        return staff;
    }

    private ServiceProvider Build((string Key, string Value)[] settings)
    {
        var configured = new Dictionary<string, string?>
        {
            ["DataDirectory"] = _directory,
            ["WeCom:CorpId"] = CorpId,
            ["WeCom:ApiBaseUrl"] = Platform.BaseUrl,
            ["WeCom:Apps:desk:AgentId"] = "1000002",
            ["WeCom:Apps:desk:Secret"] = FakeWeCom.Secret,
        };
        foreach (var (key, value) in settings) configured[key] = value.Replace("{webhook}", Platform.WebhookUrl, StringComparison.Ordinal);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(configured).Build();
        return new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton(_redis)
            .AddSingleton<IPublicUrl>(new Pages())
            .AddSingleton<IStaffDesk, NoDesk>()
            .AddSingleton<IAlarmBoard>(Alarms)
            .AddSingleton<OrganisationMap>().AddSingleton<StaffIdentities>().AddSingleton<StaffImport>()
            .AddWuSheDatabase(configuration)
            .AddWeCom(configuration)
            .AddSingleton<IStaffDirectory, WeComDirectory>()
            .BuildServiceProvider();
    }

    private sealed class Pages : IPublicUrl
    {
        public Uri Of(string path) => new("https://bot.example.org" + path);
    }

    private sealed class NoDesk : IStaffDesk
    {
        public Task<StaffAnswer> Tapped(StaffTap tap, CancellationToken ct) => throw new NotSupportedException();

        public Task<StaffAnswer> Said(StaffWords said, CancellationToken ct) => throw new NotSupportedException();

        public Task Refused(StrangersTap tap, CancellationToken ct) => throw new NotSupportedException();
    }
}
