using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Places;

namespace WuShe.Services.Tests.Cases;

public sealed class PlaceTeachingTests
{
    public static TheoryData<bool> Databases => [false, true];

    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public async Task Choosing_once_teaches_the_words_and_moves_their_cases(bool postgres)
    {
        await using var world = await Begin(postgres);
        var (first, second, other) = (await Lost(world, "歪脖子树旁边"), await Lost(world, "我在歪脖子树", "r2"), await Lost(world, "老井", "r3"));
        var teaching = world.Get<PlaceTeaching>();

        var groups = await teaching.Groups(world.Li, default);
        Assert.Equal([("歪脖子树", 2), ("老井", 1)], groups.Select(g => (g.Key, g.Cases.Count)));

        var outcome = await teaching.Choose("歪脖子树", "歪脖子树", world.West.Id, null, true, world.Li, default);
        Assert.Equal((AliasResult.Done, 2), (outcome.Result, outcome.Moved));
        Assert.Contains("歪脖子树", outcome.Words, StringComparison.Ordinal);

        foreach (var number in new[] { first, second })
        {
            var view = await world.Work.Open(number, world.Zhao, default);
            Assert.Equal(("网格员 赵", CaseState.Dispatched, "翠湖西"), (view!.OwnerName, view.State, view.Place.GridName));
            var step = view.History[^1];
            Assert.Equal(("社工 李", CaseState.Dispatched, CaseState.Dispatched, "网格员 赵"), (step.Who, step.From, step.To, step.Note));
        }

        Assert.Equal(["老井"], (await teaching.Groups(world.Li, default)).Select(g => g.Key));
        Assert.Contains(await world.Work.Notices(world.Zhao, default), n => n.CaseNumber == second && n.Words.StartsWith("转来的", StringComparison.Ordinal));
        Assert.Contains(await world.Owed(), m => CaseWorld.Words(m).Contains($"编号 {first}）已转给网格员 赵", StringComparison.Ordinal));
        Assert.Contains("位置确定了，已转给网格员 赵。", string.Join('\n', (await world.Cases.Story(first, CaseWorld.Resident(), default))!.Sentences), StringComparison.Ordinal);
        Assert.Contains(first, world.Changed);

        var found = await world.Get<IPlaces>().Find(new PlaceAnswer("歪脖子树对面", null), default);
        Assert.Equal((PlaceMatchKind.Found, world.West.Id, "歪脖子树对面"), (found.Kind, found.Spot.GridId, found.Spot.Words));
        Assert.Null((await world.Work.Open(other, world.Admin, default))!.Place.GridName);
    }

    [SkippableTheory]
    [MemberData(nameof(Databases))]
    public async Task Words_are_taught_anew_and_forgotten(bool postgres)
    {
        await using var world = await Begin(postgres);
        var aliases = world.Get<PlaceAliases>();
        var building = new Building { Id = Guid.CreateVersion7(), GridId = world.East.Id, Estate = "翠湖苑", Name = "3栋", Latitude = 29.5, Longitude = 106.5 };
        await using (var db = world.CreateDbContext())
        {
            db.Add(building);
            await db.SaveChangesAsync();
        }

        Assert.Equal(AliasResult.Done, (await aliases.Teach("三角地", world.West.Id, null, world.Li, default)).Result);
        Assert.Equal(AliasResult.Done, (await aliases.Teach("在三角地那里", world.East.Id, building.Id, world.Sun, default)).Result);
        var known = Assert.Single(await aliases.Known(world.Li, default));
        Assert.Equal(("翠湖苑3栋", "站长 孙"), (known.Means, known.TaughtBy));
        Assert.Equal(("翠湖苑3栋", 29.5), (await Spot(world, "三角地")) is { } spot ? (spot.Words, spot.Latitude) : default);

        Assert.Equal(AliasResult.NotAllowed, (await aliases.Forget(known.Id, world.Stranger, default)).Result);
        Assert.Equal(AliasResult.Done, (await aliases.Forget(known.Id, world.Li, default)).Result);
        Assert.Null((await Spot(world, "三角地")).GridId);
    }

    [Fact]
    public async Task Only_those_who_may_teach_teach_in_their_own_unit()
    {
        await using var world = await Begin(false);
        await Lost(world, "歪脖子树");
        var aliases = world.Get<PlaceAliases>();
        foreach (var actor in new[] { world.Wang, world.Chen, world.Stranger })
        {
            Assert.Equal(AliasResult.NotAllowed, (await aliases.Teach("歪脖子树", world.West.Id, null, actor, default)).Result);
            var outcome = await world.Get<PlaceTeaching>().Choose("歪脖子树", "歪脖子树", world.West.Id, null, false, actor, default);
            Assert.Equal((AliasResult.NotAllowed, 0), (outcome.Result, outcome.Moved));
            Assert.Equal(0, await world.Get<IUnplacedCases>().Place([.. (await world.Get<IUnplacedCases>().List(world.Admin, default)).Select(c => c.Number)], new Spot("", world.West.Id, null, null), actor, default));
        }

        foreach (var actor in new[] { world.Li, world.Sun, world.Admin })
            Assert.Equal(AliasResult.Done, (await aliases.Teach("歪脖子树", world.West.Id, null, actor, default)).Result);
        Assert.Empty(await world.Get<IUnplacedCases>().List(world.Wang, default));
        Assert.Single(await world.Get<IUnplacedCases>().List(world.Stranger, default));
    }

    [Theory]
    [InlineData(""), InlineData("我"), InlineData("在那里"), InlineData("楼道")]
    public async Task Words_that_name_nothing_are_not_learnt(string words)
    {
        await using var world = await Begin(false);
        var taught = await world.Get<PlaceAliases>().Teach(words, world.West.Id, null, world.Li, default);
        Assert.Equal(AliasResult.Refused, taught.Result);
    }

    [Fact]
    public async Task A_case_somebody_claimed_keeps_its_worker_and_learns_its_place()
    {
        await using var world = await Begin(false);
        var number = await Lost(world, "歪脖子树");
        await world.Work.Claim(number, world.Admin, default);

        Assert.Equal(1, (await world.Get<PlaceTeaching>().Choose("歪脖子树", "", world.West.Id, null, false, world.Li, default)).Moved);
        var view = await world.Work.Open(number, world.Admin, default);
        Assert.Equal(("管理员", CaseState.Claimed, "翠湖西"), (view!.OwnerName, view.State, view.Place.GridName));
        Assert.Empty(await world.Get<PlaceAliases>().Known(world.Li, default));
    }

    [Fact]
    public async Task Another_instance_knows_within_ten_seconds()
    {
        await using var world = await Begin(false);
        var time = new FakeTimeProvider();
        using var other = new OrganisationMap(world.Get<IDbContextFactory<CommunityDb>>(), time);
        var places = new MappedPlaces(other);
        Assert.Null((await places.FindIn("歪脖子树", default)).Spot.GridId);
        await world.Get<PlaceAliases>().Teach("歪脖子树", world.West.Id, null, world.Li, default);

        time.Advance(TimeSpan.FromSeconds(10.1));
        Assert.Equal(world.West.Id, (await places.FindIn("歪脖子树", default)).Spot.GridId);
    }

    private static async Task<CaseWorld> Begin(bool postgres)
    {
        Skip.If(postgres && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES names no PostgreSQL server");
        return await CaseWorld.Begin(postgres ? CaseWorld.Postgres : null);
    }

    private static async Task<Spot> Spot(CaseWorld world, string words) => (await world.Get<IPlaces>().FindIn(words, default)).Spot;

    private static async Task<string> Lost(CaseWorld world, string words, string resident = "r1") => (await world.Cases.Open(
        new NewCase("问题上报", "公共照明：路灯不亮", "路灯不亮", new Spot(words, null, null, null), 3, []),
        CaseWorld.Resident(resident), new IdempotencyKey(Guid.CreateVersion7().ToString()), default)).Number;
}
