using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Integrations.Databases;
using WuShe.Services.Bindings;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;
using WuShe.Services.GroupChat;
using WuShe.Services.Tests.Fakes;

namespace WuShe.Services.Tests.Cases;

/// <summary>
/// The services as the host builds them, over a real, migrated database of their own, with one station of two rooms.
/// 翠湖 has three grids, 东 of Wang, 西 of Zhao and 南 of nobody.
/// </summary>
internal sealed class CaseWorld : IAsyncDisposable, IConsoleFeed, IWake, IChannelUnitSettings
{
    private readonly string _directory = Path.Combine(Path.GetTempPath(), $"cases-{Guid.CreateVersion7()}");
    private readonly IConfiguration _configuration;
    private readonly ServiceProvider _provider;

    private CaseWorld(string? postgres, Dictionary<string, string?> settings, Action<IServiceCollection>? instead)
    {
        settings["DataDirectory"] = _directory;
        if (postgres is not null) settings["ConnectionStrings:Database"] = $"{postgres};Database=cases_{Guid.CreateVersion7():N};Maximum Pool Size=40";
        _configuration = new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
        _provider = Build(instead);
    }

    private ServiceProvider Build(Action<IServiceCollection>? instead)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(_configuration)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IConsoleFeed>(this)
            .AddSingleton<IGroupFeed>(News)
            .AddSingleton<IWake>(this)
            .AddSingleton<IParkedMarks, NoMarks>()
            .AddSingleton<IBindCodes, FakeBindCodes>()
            .AddSingleton<IChannelUnitSettings>(this)
            .AddSingleton<IPublicUrl, FakePublicUrl>()
            .AddSingleton<IDataProtectionProvider>(Keys)
            .AddWuSheDatabase(_configuration)
            .AddCommunityServices()
            .AddServiceCatalog();
        // Who wants cards says where: with InGroups, or by a chat of the test's own.
        services.RemoveAll<IStaffChat>();
        instead?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>The console's groups as the staff chat there is.</summary>
    public static void InGroups(IServiceCollection services) => services.AddSingleton<IStaffChat, ConsoleGroups>();

    /// <summary>Another instance of the service on the same database.</summary>
    public ServiceProvider Another(Action<IServiceCollection>? instead = null) => Build(instead);

    public static string? Postgres => Environment.GetEnvironmentVariable("WUSHE_TEST_POSTGRES");

    /// <summary>What settings say of channels; <see cref="Services.Common.Organisation.ChannelUnits"/> reads it when asked to.</summary>
    public List<ChannelUnit> ChannelUnits { get; } = [];

    IEnumerable<ChannelUnit> IChannelUnitSettings.Units => ChannelUnits;

    /// <summary>All instances on the database share them.</summary>
    public EphemeralDataProtectionProvider Keys { get; } = new();

    public SetClock Time { get; } = new();

    public GroupNews News { get; } = new();

    public ICases Cases => Get<ICases>();

    public CaseWork Work => Get<CaseWork>();

    public ConcurrentQueue<string> Changed { get; } = [];

    public Unit Centre { get; } = new() { Id = Guid.CreateVersion7(), Level = UnitLevel.Centre, Name = "指导中心" };
    public Unit Station { get; private set; } = null!;
    public Unit Lake { get; private set; } = null!;
    public Unit Brocade { get; private set; } = null!;
    public Grid East { get; private set; } = null!;
    public Grid West { get; private set; } = null!;

    /// <summary>Without a worker: the duty queue of 翠湖.</summary>
    public Grid Vacant { get; private set; } = null!;
    public StaffActor Wang { get; private set; } = null!;
    public StaffActor Zhao { get; private set; } = null!;
    public StaffActor Li { get; private set; } = null!;
    public StaffActor Chen { get; private set; } = null!;
    public StaffActor Sun { get; private set; } = null!;
    public StaffActor Admin { get; private set; } = null!;
    public StaffActor Stranger { get; private set; } = null!;

    public static Resident Resident(string name = "r1") => new(new ConversationId("web", name));

    public static async Task<CaseWorld> Begin(
        string? postgres = null, Dictionary<string, string?>? settings = null, Action<IServiceCollection>? instead = null)
    {
        var world = new CaseWorld(postgres, settings ?? [], instead);
        await world.Get<DatabaseMigrator>().Migrate(CancellationToken.None);
        await using var db = world.CreateDbContext();
        world.Fill(db);
        await db.SaveChangesAsync();
        await world.Get<OrganisationMap>().Reload(CancellationToken.None);
        return world;
    }

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public CommunityDb CreateDbContext() => Get<IDbContextFactory<CommunityDb>>().CreateDbContext();

    public Task<OpenedCase> Open(Guid? grid, string resident = "r1", string key = "") => Cases.Open(
        new NewCase("问题上报", "公共照明：路灯不亮", "路灯不亮", new Spot("3栋", grid, 29.5, 106.5), 3, [new AttachmentRef("photo")]) { Category = "lighting" },
        Resident(resident), new IdempotencyKey(key.Length == 0 ? Guid.CreateVersion7().ToString() : key), CancellationToken.None);

    /// <summary>Everything owed, in order: messages by their words, dialogs with what they are about.</summary>
    public async Task<IReadOnlyList<OutboxMessage>> Owed(bool dialogs = false)
    {
        await using var db = CreateDbContext();
        var all = await db.Set<OutboxMessage>().AsNoTracking().OrderBy(message => message.Order).ToListAsync();
        return all.FindAll(message => OutboxContent.Read(message.Content).Dialog is not null == dialogs);
    }

    public static string Words(OutboxMessage message) =>
        string.Join('\n', OutboxContent.Read(message.Content).Messages.Select(one => one.Text));

    public void CaseChanged(string caseNumber) => Changed.Enqueue(caseNumber);

    public IDisposable Subscribe(Action<string> changed) => throw new NotSupportedException();

    public void Outbox()
    {
    }

    public async ValueTask DisposeAsync()
    {
        DbConnection connection;
        await using (var db = CreateDbContext())
        {
            connection = db.Database.GetDbConnection();
            await db.Database.EnsureDeletedAsync();
        }

        await _provider.DisposeAsync();
        if (connection is SqliteConnection) Directory.Delete(_directory, recursive: true);
    }

    /// <summary>Nothing is delivered here, so nothing is refused.</summary>
    private sealed class NoMarks : IParkedMarks
    {
        public Task Set(string conversation) => Task.CompletedTask;

        public Task<bool> Clear(string conversation) => Task.FromResult(false);
    }

    private void Fill(CommunityDb db)
    {
        Station = new Unit { Id = Guid.CreateVersion7(), ParentId = Centre.Id, Level = UnitLevel.Station, Name = "东街社工站" };
        Lake = new Unit { Id = Guid.CreateVersion7(), ParentId = Station.Id, Level = UnitLevel.Room, Name = "翠湖社区" };
        Brocade = new Unit { Id = Guid.CreateVersion7(), ParentId = Station.Id, Level = UnitLevel.Room, Name = "锦绣社区" };
        db.AddRange(Centre, Station, Lake, Brocade);
        Wang = Hire(db, "网格员 王", Role.Grid, Lake);
        Zhao = Hire(db, "网格员 赵", Role.Grid, Lake);
        Li = Hire(db, "社工 李", Role.SocialWorker, Lake);
        Chen = Hire(db, "律师 陈", Role.Lawyer, Lake);
        Sun = Hire(db, "站长 孙", Role.StationLead, Station);
        Admin = Hire(db, "管理员", Role.Admin, Centre);
        Stranger = Hire(db, "社工 周", Role.SocialWorker, Brocade);
        East = Area(db, "翠湖东", Wang);
        West = Area(db, "翠湖西", Zhao);
        Vacant = Area(db, "翠湖南", null);
    }

    private Grid Area(CommunityDb db, string name, StaffActor? worker)
    {
        var grid = new Grid { Id = Guid.CreateVersion7(), RoomId = Lake.Id, Name = name, WorkerId = worker?.Id };
        db.Add(grid);
        return grid;
    }

    private static StaffActor Hire(CommunityDb db, string name, Role role, Unit unit)
    {
        var user = new StaffUser { Id = Guid.CreateVersion7(), UserName = name, DisplayName = name, Role = role, UnitId = unit.Id };
        db.Add(user);
        return new StaffActor(user.Id, name, role, unit.Id);
    }
}

/// <summary>Says the time it was set to; its timers are real, so that a retry after a pause comes.</summary>
internal sealed class SetClock : TimeProvider
{
    private DateTimeOffset _now = new(2026, 3, 2, 1, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => _now;

    public void Advance(TimeSpan by) => _now += by;
}
