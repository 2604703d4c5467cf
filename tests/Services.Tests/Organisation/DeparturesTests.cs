using System.Security.Claims;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

public sealed class DeparturesTests
{
    [Fact]
    public async Task Whoever_leaves_can_not_sign_in_and_leaves_no_grid_without_an_owner()
    {
        await using var world = await CaseWorld.Begin(instead: services => services.AddSingleton<SignInLinks>());
        var (accounts, links) = (world.Get<StaffAccounts>(), world.Get<SignInLinks>());
        await world.Change<StaffUser>(world.Wang.Id, staff => (staff.SecurityStamp, staff.UserName, staff.NormalizedUserName) = ("old", "wang", "WANG"));
        var session = new ClaimsPrincipal(new ClaimsIdentity([new(ClaimTypes.NameIdentifier, world.Wang.Id.ToString()), new(StaffAccounts.StampClaim, "old")]));
        Assert.NotNull(await accounts.ActorOf(session, default));
        var link = await links.Issue("wang", default);

        var left = await world.Get<Departures>().Leave(world.Wang.Id, null, world.Sun, default);
        Assert.Equal((OrganisationResult.Done, "网格员 王已离开，账号已停用。"), (left.Result, left.Words));
        Assert.Null(await accounts.ActorOf(session, default));
        Assert.Null(await links.Redeem(link!, default));
        Assert.Null(await links.Issue("wang", default));
        var who = await world.Row<StaffUser>(world.Wang.Id);
        Assert.NotEqual("old", who.SecurityStamp);
        Assert.Equal((true, world.Time.GetUtcNow()), (who.LockoutEnabled && who.LockoutEnd > world.Time.GetUtcNow().AddYears(100), who.LeftAt));
        Assert.Null((await world.Row<Grid>(world.East.Id)).WorkerId);
        Assert.Equal((world.Lake.Id, null), await world.Responsible(world.East.Id));
        Assert.Equal("这个人已经离开了，请刷新再看。", (await world.Get<Departures>().Leave(world.Wang.Id, null, world.Sun, default)).Words);
    }

    [Fact]
    public async Task The_grids_go_to_who_takes_over_or_stands_in()
    {
        await using var world = await CaseWorld.Begin();
        var departures = world.Get<Departures>();
        Assert.Equal(["1 个网格（翠湖东） → 社区值班"], await departures.Foretell(world.Wang.Id, null, world.Sun, default));
        Assert.Equal(["1 个网格（翠湖东） → 网格员 赵"], await departures.Foretell(world.Wang.Id, world.Zhao.Id, world.Sun, default));
        Assert.Equal(world.Wang.Id, (await world.Row<Grid>(world.East.Id)).WorkerId);

        Assert.Equal(OrganisationResult.Done, (await departures.Leave(world.Wang.Id, world.Zhao.Id, world.Sun, default)).Result);
        Assert.Equal(world.Zhao.Id, (await world.Row<Grid>(world.East.Id)).WorkerId);

        await world.OnLeave(world.Zhao, TimeSpan.Zero, TimeSpan.FromDays(1), world.Li);
        Assert.Equal(["2 个网格（翠湖东、翠湖西） → 社工 李"], await departures.Foretell(world.Zhao.Id, null, world.Sun, default));
        Assert.Equal(OrganisationResult.Done, (await departures.Leave(world.Zhao.Id, null, world.Sun, default)).Result);
        Assert.Equal(world.Li.Id, (await world.Row<Grid>(world.West.Id)).WorkerId);
    }

    [Fact]
    public async Task Who_counted_on_a_leaver_has_no_substitute()
    {
        await using var world = await CaseWorld.Begin();
        await world.OnLeave(world.Wang, TimeSpan.Zero, TimeSpan.FromDays(3), world.Zhao);
        Assert.Contains("替同事代班 1 次 → 社区值班", await world.Get<Departures>().Foretell(world.Zhao.Id, null, world.Sun, default));
        await world.Get<Departures>().Leave(world.Zhao.Id, null, world.Sun, default);
        Assert.Equal((world.Lake.Id, null), await world.Responsible(world.East.Id));
        await using var db = world.CreateDbContext();
        Assert.Null((await db.Set<StaffLeave>().SingleAsync()).SubstituteId);
    }

    [Fact]
    public async Task To_another_unit_nothing_is_taken_along()
    {
        await using var world = await CaseWorld.Begin();
        Assert.Equal(OrganisationResult.NotAllowed, (await world.Get<Departures>().Move(world.Wang.Id, world.Centre.Id, world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.Done, (await world.Get<Departures>().Move(world.Wang.Id, world.Brocade.Id, world.Sun, default)).Result);
        Assert.Equal(world.Brocade.Id, (await world.Row<StaffUser>(world.Wang.Id)).UnitId);
        Assert.Null((await world.Row<Grid>(world.East.Id)).WorkerId);
    }

    [Fact]
    public async Task Every_service_hands_on_in_the_same_transaction_or_nothing_happens()
    {
        var cases = new SomethingOwned();
        await using var world = await CaseWorld.Begin(instead: services => services.AddSingleton<IStaffLeaving>(cases));
        cases.Fails = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Get<Departures>().Leave(world.Wang.Id, null, world.Sun, default));
        Assert.Null((await world.Row<StaffUser>(world.Wang.Id)).LeftAt);
        Assert.Equal(world.Wang.Id, (await world.Row<Grid>(world.East.Id)).WorkerId);

        cases.Fails = false;
        await world.Get<Departures>().Leave(world.Wang.Id, null, world.Sun, default);
        Assert.Equal((world.Wang.Id, world.Lake.Id, world.Sun.Id), Assert.Single(cases.Left));
    }

    [Fact]
    public async Task Nobody_leaves_by_a_strangers_hand_or_their_own_and_one_admin_stays()
    {
        await using var world = await CaseWorld.Begin();
        var departures = world.Get<Departures>();
        var chief = Sheets.Staff("chief", "中心 何", Role.Centre, world.Centre.Id);
        await world.Save(chief);
        Assert.Equal(OrganisationResult.NotAllowed, (await departures.Leave(world.Wang.Id, null, world.Stranger, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await departures.Leave(world.Admin.Id, null, world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await departures.Leave(world.Admin.Id, null, new StaffActor(chief.Id, chief.DisplayName, chief.Role, chief.UnitId), default)).Result);
        Assert.Equal(OrganisationResult.Refused, (await departures.Leave(world.Sun.Id, null, world.Sun, default)).Result);
        Assert.Equal("接手的人不在这个单位，或者不管网格，请另选一位。", (await departures.Leave(world.Wang.Id, world.Stranger.Id, world.Sun, default)).Words);
        var second = new StaffActor(Guid.CreateVersion7(), "另一位", Role.Admin, world.Centre.Id);
        Assert.Equal("这是最后一位管理员，请先定另一位管理员。", (await departures.Leave(world.Admin.Id, null, second, default)).Words);
    }

    /// <summary>What another service would have of a person.</summary>
    private sealed class SomethingOwned : IStaffLeaving
    {
        public bool Fails { get; set; }

        public List<(Guid Who, Guid From, Guid By)> Left { get; } = [];

        public Task Leaving(CommunityDb db, StaffUser who, StaffActor by, CancellationToken ct)
        {
            if (Fails) throw new InvalidOperationException("cannot");
            Left.Add((who.Id, who.UnitId, by.Id));
            return Task.CompletedTask;
        }
    }
}
