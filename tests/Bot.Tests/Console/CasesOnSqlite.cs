using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Services;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Media;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Bot.Tests.Console;

/// <summary>Casework as it is, on the test's database, with the ports around it faked.</summary>
internal static class CasesOnSqlite
{
    public static readonly Guid Room = Guid.NewGuid();
    public static readonly Guid OtherRoom = Guid.NewGuid();
    public static readonly Guid Grid = Guid.NewGuid();

    public static void Add(IServiceCollection services) => services.AddServiceCatalog()
        .AddSingleton<IFileStore, FilesInMemory>()
        .AddSingleton<IPictures, JpegOnly>()
        .AddSingleton<IAttachments, StoredAttachments>()
        .AddSingleton<IConsoleFeed, FeedInMemory>()
        .AddSingleton<IGroupFeed, GroupFeedInMemory>()
        .AddSingleton<OrganisationMap>()
        .AddSingleton<IDuty, MappedDuty>()
        .AddSingleton<ChannelUnits>()
        .AddSingleton<IAlarmBoard, AlarmsInMemory>()
        .AddSingleton<IWake, NobodyWoken>()
        .AddSingleton<ITransactions, PlainTransactions>()
        .AddSingleton<IOutbox, OutboxInMemory>()
        .AddSingleton<StaffChats>()
        .AddSingleton<IWorkingHours, EveryDay>()
        .AddSingleton<IOrganisation, OneGrid>()
        .AddSingleton<IPlaces, Nowhere>();

    /// <summary>A room with one grid and its worker 王, and another room where 李 works.</summary>
    public static async Task<StaffUser> Street(this ConsoleHost host)
    {
        await host.Save(db =>
        {
            db.Add(new Unit { Id = Room, Level = UnitLevel.Room, Name = "翠湖社区" });
            db.Add(new Unit { Id = OtherRoom, Level = UnitLevel.Room, Name = "青山社区" });
        });
        await host.Add("admin", "管理员", Role.Admin, Room);
        await host.Add("qing", "网格员 青", Role.Grid, OtherRoom);
        var wang = await host.Add("wang", "网格员 王", Role.Grid, Room);
        await host.Save(db => db.Add(new Grid
        {
            Id = Grid,
            RoomId = Room,
            Name = "翠湖一网格",
            WorkerId = wang.Id,
            Outline = """{"type":"Polygon","coordinates":[[[116.4050,39.9040],[116.4090,39.9042],[116.4092,39.9068],[116.4052,39.9066],[116.4050,39.9040]]]}""",
        }));
        return wang;
    }

    public static async Task<string> Report(this ConsoleHost host, string title = "3栋2单元楼道灯坏了", params string[] pictures)
    {
        var opened = await host.App.Services.GetRequiredService<ICases>().Open(
            new NewCase("问题上报", title, title + "三天了，晚上老人上下楼看不见。", new Spot("翠湖苑3栋2单元", Grid, 39.9056, 116.4071), 3, [.. pictures.Select(p => new AttachmentRef(p))]) { Category = "lighting" },
            new Resident(new ConversationId("web", "resident")), new IdempotencyKey(Guid.NewGuid().ToString()), default);
        return opened.Number;
    }

    private sealed class PlainTransactions(IDbContextFactory<CommunityDb> databases) : ITransactions
    {
        public Task<T> Once<T>(IdempotencyKey key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct) => Run(act, ct);

        public async Task<T> Run<T>(Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var result = await act(db, ct);
            await db.SaveChangesAsync(ct);
            return result;
        }
    }

    private sealed class OneGrid(IDbContextFactory<CommunityDb> databases) : IOrganisation
    {
        public async Task<Responsible> ResponsibleFor(Guid? gridId, CancellationToken ct)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var grid = await db.Set<Grid>().SingleAsync(g => g.Id == gridId, ct);
            var worker = await db.Users.SingleAsync(u => u.Id == grid.WorkerId, ct);
            return new Responsible(grid.RoomId, "翠湖社区", worker.Id, worker.DisplayName);
        }

        public ValueTask<bool> IsWithin(Guid unitId, Guid ancestorId, CancellationToken ct) => ValueTask.FromResult(unitId == ancestorId);

        public ValueTask<IReadOnlyList<Guid>> Below(Guid unitId, CancellationToken ct) => ValueTask.FromResult<IReadOnlyList<Guid>>([unitId]);
    }

    /// <summary>Dialogs are registered with the catalogue but not used here.</summary>
    private sealed class Nowhere : IPlaces
    {
        public Task<PlaceMatch> Find(PlaceAnswer answer, CancellationToken ct) => throw new NotSupportedException();

        public Task<PlaceMatch> FindIn(string sentence, CancellationToken ct) => throw new NotSupportedException();

        public bool Knows(string words) => throw new NotSupportedException();

        public Task<PlaceMatch> At(Scene scene, CancellationToken ct) => throw new NotSupportedException();
    }

    private sealed class EveryDay : IWorkingHours
    {
        public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays, Guid unitId) => DueAfter(from, workingDays);

        public DateTimeOffset Add(DateTimeOffset from, TimeSpan workingTime, Guid unitId) => from + workingTime;

        public TimeSpan Between(DateTimeOffset from, DateTimeOffset to, Guid unitId) => to - from;

        public bool IsOpen(DateTimeOffset at, Guid unitId) => true;

        public DateTimeOffset NextOpening(DateTimeOffset at, Guid unitId) => at;

        public bool IsWorkingDay(DateOnly day) => true;

        public DateTimeOffset DueAfter(DateTimeOffset from, int workingDays) =>
            new(BeijingTime.DateOf(from).AddDays(workingDays), new TimeOnly(10, 0), TimeSpan.Zero);
    }
}

/// <summary>What residents are owed, in the order it was said.</summary>
internal sealed class OutboxInMemory : IOutbox
{
    public List<string> Owed { get; } = [];

    public void Owe(CommunityDb db, ConversationId to, string key, Message message, DateTimeOffset? dueAt = null) => Owed.Add(message.Text);

    public void OweDialog(CommunityDb db, ConversationId to, string key, string dialog, string argument, DateTimeOffset dueAt) =>
        Owed.Add($"{dialog} {argument}");
}
