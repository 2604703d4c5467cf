using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Cases;

public sealed class NearbyCasesTests
{
    private const double Degree = 111_320;
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory]
    [InlineData("翠湖苑3栋2单元", true)]
    [InlineData("翠湖苑3栋1单元，单元门口", true)]
    [InlineData("翠湖苑三号楼", true)]
    [InlineData("翠湖苑13栋", false)]
    [InlineData("锦绣园3栋", false)]
    [InlineData("菜鸟驿站", false)]
    [InlineData("说不清", false)]
    public async Task In_one_grid_the_words_for_the_building_decide(string words, bool near)
    {
        await using var world = await CaseWorld.Begin();
        var number = await Open(world, new Spot("翠湖苑3栋2单元501", world.East.Id, null, null));
        var found = await Near(world, new Spot(words, world.East.Id, null, null));
        Assert.Equal(near ? [number] : [], found.Select(one => one.Number));
        Assert.Empty(await Near(world, new Spot(words, world.West.Id, null, null)));
    }

    [Theory]
    [InlineData(90, true)]
    [InlineData(110, false)]
    public async Task Across_the_border_of_a_grid_a_hundred_metres_decide(double metres, bool near)
    {
        await using var world = await CaseWorld.Begin();
        var number = await Open(world, new Spot("路边", world.East.Id, 29.5, 106.5));
        foreach (var grid in new Guid?[] { world.East.Id, world.West.Id, null })
            Assert.Equal(near ? [number] : [], (await Near(world, new Spot("地图上的位置", grid, 29.5 + (metres / Degree), 106.5))).Select(one => one.Number));
    }

    [Fact]
    public async Task Two_buildings_are_two_places_however_close_they_stand()
    {
        await using var world = await CaseWorld.Begin();
        await Open(world, new Spot("翠湖苑3栋", world.East.Id, 29.5, 106.5));
        Assert.Empty(await Near(world, new Spot("翠湖苑5栋", world.East.Id, 29.5, 106.5)));
    }

    [Fact]
    public async Task Two_points_on_the_map_without_words_are_not_one_place_for_that()
    {
        await using var world = await CaseWorld.Begin();
        await Open(world, new Spot("地图上的位置", world.East.Id, 29.5, 106.5));
        Assert.Empty(await Near(world, new Spot("地图上的位置", world.East.Id, 29.6, 106.5)));
    }

    [Fact]
    public Task What_is_old_closed_of_another_kind_own_or_followed_is_not_offered() => NotOffered(null);

    [SkippableFact]
    public async Task What_is_old_closed_of_another_kind_own_or_followed_is_not_offered_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await NotOffered(CaseWorld.Postgres);
    }

    [Fact]
    public async Task Without_a_place_or_a_category_the_database_is_not_asked()
    {
        var nearby = new NearbyCases(new NoDatabase(), Options.Create(new CaseSettings()), null!);
        Assert.Empty(await nearby.For("lighting", new Spot("说不清", null, null, null), CaseWorld.Resident(), None));
        Assert.Empty(await nearby.For("", new Spot("3栋", Guid.NewGuid(), 29.5, 106.5), CaseWorld.Resident(), None));
    }

    [Fact]
    public Task The_look_up_goes_by_indexes() => ByIndex(null);

    [SkippableFact]
    public async Task The_look_up_goes_by_indexes_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await ByIndex(CaseWorld.Postgres);
    }

    private static async Task NotOffered(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        var spot = new Spot("翠湖苑3栋", world.East.Id, 29.5, 106.5);
        await Open(world, spot);
        world.Time.Advance(TimeSpan.FromDays(31));
        var near = await Open(world, spot);
        world.Time.Advance(TimeSpan.FromMinutes(1));
        var nearer = await Open(world, spot);
        await Open(world, spot, "r9");
        await Open(world, spot, category: "water");
        var closed = await Open(world, spot);
        await world.Work.Claim(closed, world.Wang, None);
        await world.Work.Close(closed, world.Wang, "好了", [], None);
        var followed = await Open(world, spot);
        await world.Cases.Follow(followed, "", [], CaseWorld.Resident("r9"), new IdempotencyKey("f"), None);
        Assert.Equal([nearer, near], (await Near(world, spot)).Select(one => one.Number));
    }

    private static async Task ByIndex(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        await using var db = world.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        // A district's open cases: among a few, reading them all would be cheaper than any index.
        var grids = Enumerable.Range(0, 30).Select(_ => Guid.CreateVersion7()).Prepend(world.East.Id).ToList();
        for (var i = 0; i < 3_000; i++)
        {
            var spot = new Spot("3栋", grids[i % grids.Count], 29 + (i / 3_000d), 106.5);
            var opening = new NewCase("问题上报", "公共照明", "灯", spot, 3, []) { Category = $"kind{i % 10}" };
            var opened = Case.Open($"260302-{i + 100:0000}", opening, new ConversationId("web", $"x{i}"), world.Time.GetUtcNow(), world.Time.GetUtcNow());
            opened.Dispatch(new Responsible(world.Lake.Id, world.Lake.Name, null, null), world.Time.GetUtcNow());
            Assert.Null(opened.Follow(new ConversationId("web", $"f{i}"), "", [], 5, world.Time.GetUtcNow()));
            db.Add(opened);
        }
        await db.SaveChangesAsync();
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
        var plan = await Plan(world.Get<NearbyCases>().Rows(db, "kind3", new Spot("3栋", world.East.Id, 29.5, 106.5)), postgres);
        Assert.Contains("IX_Cases_Category_GridId_OpenedAt", plan, StringComparison.Ordinal);
        Assert.Contains("IX_Cases_Category_Latitude", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN Cases", plan, StringComparison.Ordinal);
        var own = await Plan(WuShe.Services.Cases.Cases.Own(db, ["web:r1", "web:r2"]).Cases, postgres);
        Assert.Contains("IX_Cases_Reporter", own, StringComparison.Ordinal);
        Assert.Contains("IX_CaseFollowers_Conversation", own, StringComparison.Ordinal);
        Assert.DoesNotContain("Seq Scan on \"Cases\"", plan + own, StringComparison.Ordinal);
    }

    private static async Task<string> Plan<T>(IQueryable<T> query, string? postgres)
    {
        await using DbCommand command = query.CreateDbCommand();
        command.CommandText = (postgres is null ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await using var rows = await command.ExecuteReaderAsync();
        List<string> lines = [];
        while (await rows.ReadAsync()) lines.Add(rows.GetValue(rows.FieldCount - 1).ToString()!);
        return string.Join('\n', lines);
    }

    private static Task<IReadOnlyList<NearbyCase>> Near(CaseWorld world, Spot spot) => world.Cases.Near("lighting", spot, CaseWorld.Resident("r9"), None);

    private static async Task<string> Open(CaseWorld world, Spot spot, string resident = "r1", string category = "lighting") => (await world.Cases.Open(
        new NewCase("问题上报", "公共照明：灯不亮", "灯不亮", spot, 3, []) { Category = category },
        CaseWorld.Resident(resident), new IdempotencyKey(Guid.CreateVersion7().ToString()), None)).Number;

    private sealed class NoDatabase : IDbContextFactory<CommunityDb>
    {
        public CommunityDb CreateDbContext() => throw new InvalidOperationException("The database is asked.");
    }
}
