using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Teaching;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Teaching;

/// <summary>Names of places that were not found, in cases and in sentences that were not understood.</summary>
public sealed class LostPlacesTests
{
    public static TheoryData<bool> Databases => [false, true];

    [SkippableTheory, MemberData(nameof(Databases))]
    public async Task A_name_in_cases_and_sentences_is_taught_once_for_both(bool postgres)
    {
        Skip.If(postgres && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL");
        await using var world = await CaseWorld.Begin(postgres ? CaseWorld.Postgres : null);
        var number = await Lost(world, "菜鸟驿站门口");
        await Hear(world, "菜鸟驿站门口的井盖不见了嘛嘞", "今天心情好得很");
        var places = world.Get<LostPlaces>();

        var lost = Assert.Single(await places.Open(world.Li, default));
        Assert.Equal(("菜鸟驿站", 1), (lost.Name, lost.Cases));
        Assert.Equal(["菜鸟驿站门口的井盖不见了嘛嘞"], lost.Sayings);
        Assert.Equal(new HashSet<string> { "翠湖东", "翠湖西", "翠湖南" }, lost.Likely.Select(grid => grid.Name).ToHashSet());

        var outcome = await places.Choose(lost.Name, world.West.Id, null, world.Li, default);
        Assert.True(outcome.Done);
        Assert.Equal("记住了：「菜鸟驿站」在翠湖西。1 件事转给了负责的网格。", outcome.Words);
        Assert.Equal("翠湖西", (await world.Work.Open(number, world.Zhao, default))!.Place.GridName);
        Assert.Equal(world.West.Id, (await world.Get<IPlaces>().FindIn("菜鸟驿站门口的井盖不见了嘛嘞", default)).Spot.GridId);
        Assert.Empty(await places.Open(world.Li, default));
    }

    [Fact]
    public async Task A_name_only_said_is_taught_without_a_word_of_cases()
    {
        await using var world = await CaseWorld.Begin();
        await Hear(world, "菜鸟驿站门口的井盖不见了嘛嘞");
        Assert.Equal("记住了：「菜鸟驿站」在翠湖西。", (await world.Get<LostPlaces>().Choose("菜鸟驿站", world.West.Id, null, world.Li, default)).Words);
    }

    [Fact]
    public async Task Words_that_name_nothing_and_people_who_may_not_teach_places_get_no_choice()
    {
        await using var world = await CaseWorld.Begin();
        await Lost(world, "楼道");
        await Lost(world, "");
        Assert.Empty(await world.Get<LostPlaces>().Open(world.Li, default));
        await Lost(world, "歪脖子树");
        foreach (var actor in new[] { world.Wang, world.Chen })
        {
            Assert.Empty(await world.Get<LostPlaces>().Open(actor, default));
            Assert.False((await world.Get<LostPlaces>().Choose("歪脖子树", world.West.Id, null, actor, default)).Done);
        }
    }

    [Fact]
    public async Task Among_many_grids_those_are_likely_where_something_is_called_alike()
    {
        await using var world = await CaseWorld.Begin();
        await using (var db = world.CreateDbContext())
        {
            var hill = new Grid { Id = Guid.CreateVersion7(), RoomId = world.Lake.Id, Name = "后山", Outline = "" };
            db.Add(hill);
            db.Add(new Building { Id = Guid.CreateVersion7(), GridId = world.West.Id, Estate = "", Name = "社区卫生站" });
            await db.SaveChangesAsync();
        }
        await Lost(world, "卫生服务点");
        await Lost(world, "歪脖子树");
        var lost = (await world.Get<LostPlaces>().Open(world.Li, default)).ToDictionary(one => one.Name);
        Assert.Equal(["翠湖西"], lost["卫生服务点"].Likely.Select(grid => grid.Name));
        Assert.Empty(lost["歪脖子树"].Likely);
    }

    private static async Task Hear(CaseWorld world, params string[] sayings)
    {
        var notes = world.Get<UnclearNotes>();
        foreach (var said in sayings) notes.Note(said, Understood.Nothing);
        await notes.Run(default);
    }

    private static async Task<string> Lost(CaseWorld world, string words) => (await world.Cases.Open(
        new NewCase("问题上报", "公共照明：路灯不亮", "路灯不亮", new Spot(words, null, null, null), 3, []),
        CaseWorld.Resident(), new IdempotencyKey(Guid.CreateVersion7().ToString()), default)).Number;
}
