using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using CaseUse = WuShe.Services.Cases.Cases;

namespace WuShe.Services.Tests.Cases;

/// <summary>
/// Casework over a real database of its own, with one station of two rooms. 翠湖 has two grids, 东 of Wang and 西 of Zhao;
/// 锦绣 has none with a worker.
/// </summary>
internal sealed class CaseWorld : IAsyncDisposable, IDbContextFactory<CommunityDb>, ITransactions, IOutbox, IOrganisation, IWorkingCalendar, IConsoleFeed
{
    private readonly ConcurrentDictionary<string, object> _done = [];
    private readonly PooledDbContextFactory<Db> _contexts;

    private CaseWorld(string? postgres)
    {
        var options = new DbContextOptionsBuilder<Db>();
        _ = postgres is null
            ? options.UseSqlite($"Data Source={Path.Combine(Path.GetTempPath(), $"cases-{Guid.CreateVersion7()}.db")};Default Timeout=30")
            : options.UseNpgsql($"{postgres};Database=cases_{Guid.CreateVersion7():N};Maximum Pool Size=64");
        _contexts = new PooledDbContextFactory<Db>(options.Options);
        Time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        Clock = new CaseClock(Time, this);
        var sight = new CaseSight(this);
        Cases = new CaseUse(
            new CaseOpening(this, this, Clock, new CaseNumbers(this), this), new CaseRatings(this, this, Clock, this), this);
        Work = new CaseWork(
            this, new CaseReading(this, sight, Clock), new CaseLetters(this, Options.Create(new CaseSettings())), Clock, this);
    }

    public static string? Postgres => Environment.GetEnvironmentVariable("WUSHE_TEST_POSTGRES");

    public FakeTimeProvider Time { get; } = new();

    public CaseClock Clock { get; }

    public CaseUse Cases { get; }

    public CaseWork Work { get; }

    public ConcurrentQueue<(string Key, string To, string Words)> Owed { get; } = [];

    public ConcurrentQueue<(string Key, string Dialog, string Argument, DateTimeOffset DueAt)> OwedDialogs { get; } = [];

    public ConcurrentQueue<string> Changed { get; } = [];

    /// <summary>Called in the middle of a step, after the case was read.</summary>
    public Func<Task>? BeforeSave { get; set; }

    public Unit Centre { get; } = new() { Id = Guid.CreateVersion7(), Level = UnitLevel.Centre, Name = "指导中心" };
    public Unit Lake { get; private set; } = null!;
    public Unit Brocade { get; private set; } = null!;
    public Unit Station { get; private set; } = null!;
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

    public static async Task<CaseWorld> Begin(string? postgres = null)
    {
        var world = new CaseWorld(postgres);
        await using var db = world.CreateDbContext();
        await db.Database.EnsureCreatedAsync();
        if (postgres is null) await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL");
        world.Fill(db);
        await db.SaveChangesAsync();
        return world;
    }

    public Task<OpenedCase> Open(Guid? grid, string resident = "r1", string key = "") => Cases.Open(
        new NewCase("问题上报", "公共照明:路灯不亮", "路灯不亮", new Spot("3栋", grid, 29.5, 106.5), 3, [new AttachmentRef("photo")]),
        Resident(resident), new IdempotencyKey(key.Length == 0 ? Guid.CreateVersion7().ToString() : key), CancellationToken.None);

    public CommunityDb CreateDbContext() => _contexts.CreateDbContext();

    public async Task<T> Once<T>(IdempotencyKey key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        if (_done.TryGetValue(key.Value, out var known)) return (T)known;
        var result = await Run(act, ct);
        _done[key.Value] = result!;
        return result;
    }

    public async Task<T> Run<T>(Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct)
    {
        await using var db = CreateDbContext();
        var result = await act(db, ct);
        if (BeforeSave is { } meanwhile)
        {
            BeforeSave = null;
            await meanwhile();
        }

        await db.SaveChangesAsync(ct);
        return result;
    }

    public void Owe(CommunityDb db, ConversationId to, string key, Message message, DateTimeOffset? dueAt = null) =>
        Owed.Enqueue((key, to.ToString(), message.Text));

    public void OweDialog(CommunityDb db, ConversationId to, string key, string dialog, string argument, DateTimeOffset dueAt) =>
        OwedDialogs.Enqueue((key, dialog, argument, dueAt));

    public async Task<Responsible> ResponsibleFor(Guid? gridId, CancellationToken ct)
    {
        await using var db = CreateDbContext();
        if (gridId == East.Id) return new(Lake.Id, Lake.Name, Wang.Id, Wang.Name);
        if (await db.Set<Grid>().SingleOrDefaultAsync(g => g.Id == gridId, ct) is not { } grid) return new(Centre.Id, Centre.Name, null, null);
        var room = grid.RoomId == Lake.Id ? Lake : Brocade;
        var worker = await db.Users.SingleOrDefaultAsync(s => s.Id == grid.WorkerId, ct);
        return new(room.Id, room.Name, worker?.Id, worker?.DisplayName);
    }

    public async ValueTask<bool> IsWithin(Guid unitId, Guid ancestorId, CancellationToken ct) => (await Below(ancestorId, ct)).Contains(unitId);

    public ValueTask<IReadOnlyList<Guid>> Below(Guid unitId, CancellationToken ct) => new(
        unitId == Centre.Id ? [Centre.Id, Station.Id, Lake.Id, Brocade.Id]
        : unitId == Station.Id ? [Station.Id, Lake.Id, Brocade.Id] : [unitId]);

    public bool IsWorkingDay(DateOnly day) => true;

    public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays) =>
        new(from.UtcDateTime.Date.AddDays(workingDays).AddHours(10), TimeSpan.Zero);

    public void CaseChanged(string caseNumber) => Changed.Enqueue(caseNumber);

    public IDisposable Subscribe(Action<string> changed) => throw new NotSupportedException();

    public async ValueTask DisposeAsync()
    {
        await using var db = CreateDbContext();
        await db.Database.EnsureDeletedAsync();
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
        East = new Grid { Id = Guid.CreateVersion7(), RoomId = Lake.Id, Name = "翠湖东", WorkerId = Wang.Id, Outline = "{}" };
        West = new Grid { Id = Guid.CreateVersion7(), RoomId = Lake.Id, Name = "翠湖西", WorkerId = Zhao.Id };
        Vacant = new Grid { Id = Guid.CreateVersion7(), RoomId = Lake.Id, Name = "翠湖南" };
        db.AddRange(East, West, Vacant);
    }

    private static StaffActor Hire(CommunityDb db, string name, Role role, Unit unit)
    {
        var user = new StaffUser { Id = Guid.CreateVersion7(), UserName = name, DisplayName = name, Role = role, UnitId = unit.Id };
        db.Add(user);
        return new StaffActor(user.Id, name, role, unit.Id);
    }

    private sealed class Db(DbContextOptions<Db> options) : CommunityDb(options)
    {
        protected override void OnModelCreating(ModelBuilder builder)
        {
            base.OnModelCreating(builder);
            builder.Entity<Unit>();
            builder.Entity<Grid>();
        }

        protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
        {
            if (Database.IsSqlite()) conventions.Properties<DateTimeOffset>().HaveConversion<Ticks>();
        }
    }

    private sealed class Ticks() : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
}
