using WuShe.Services.Common.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

public sealed class DutyTests
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    [Fact]
    public async Task While_somebody_is_on_leave_new_cases_go_to_the_substitute()
    {
        await using var world = await CaseWorld.Begin();
        await world.OnLeave(world.Wang, TimeSpan.Zero, Day, world.Zhao);

        Assert.Equal("网格员 赵", (await world.Open(world.East.Id)).OwnerName);
        world.Time.Advance(Day);
        await world.Get<OrganisationMap>().Reload(default);
        Assert.Equal("网格员 王", (await world.Open(world.East.Id)).OwnerName);
    }

    [Fact]
    public async Task A_substitute_on_leave_is_replaced_by_theirs_and_a_circle_is_nobody()
    {
        await using var world = await CaseWorld.Begin();
        var duty = world.Get<IDuty>();
        await world.OnLeave(world.Wang, TimeSpan.Zero, Day, world.Zhao);
        await world.OnLeave(world.Zhao, TimeSpan.Zero, Day, world.Li);
        Assert.Equal(world.Li.Id, await duty.StandIn(world.Wang.Id, world.Time.GetUtcNow(), default));

        await world.OnLeave(world.Li, TimeSpan.Zero, Day, world.Wang);
        Assert.Null(await duty.StandIn(world.Wang.Id, world.Time.GetUtcNow(), default));
        Assert.Equal((world.Lake.Id, null), await world.Responsible(world.East.Id));
        Assert.Equal(world.Wang.Id, await duty.StandIn(world.Wang.Id, world.Time.GetUtcNow() + Day, default));
    }

    [Fact]
    public async Task Without_a_substitute_and_after_leaving_the_duty_queue_has_it()
    {
        await using var world = await CaseWorld.Begin();
        await world.OnLeave(world.Wang, TimeSpan.Zero, Day, null);
        Assert.Equal((world.Lake.Id, null), await world.Responsible(world.East.Id));

        await world.Change<StaffUser>(world.Zhao.Id, staff => staff.LeftAt = world.Time.GetUtcNow());
        Assert.Equal((world.Lake.Id, null), await world.Responsible(world.West.Id));
        Assert.Null(await world.Get<IDuty>().StandIn(world.Zhao.Id, world.Time.GetUtcNow(), default));
    }

    [Fact]
    public async Task Somebody_is_available_within_own_hours_and_not_on_leave()
    {
        await using var world = await CaseWorld.Begin();
        var (duty, at) = (world.Get<IDuty>(), world.Time.GetUtcNow());
        Assert.True(await duty.IsAvailable(world.Wang.Id, at, default));
        Assert.False(await duty.IsAvailable(Guid.CreateVersion7(), at, default));

        // It is nine in the morning in Beijing.
        await world.Change<StaffUser>(world.Wang.Id, staff => staff.DutyHours = "08:30-12:00 14:00-18:00");
        Assert.True(await duty.IsAvailable(world.Wang.Id, at, default));
        Assert.False(await duty.IsAvailable(world.Wang.Id, at + TimeSpan.FromHours(3), default));
        Assert.True(await duty.IsAvailable(world.Wang.Id, at + TimeSpan.FromHours(5), default));

        await world.OnLeave(world.Wang, Day, Day, world.Zhao);
        Assert.True(await duty.IsAvailable(world.Wang.Id, at, default));
        Assert.False(await duty.IsAvailable(world.Wang.Id, at + Day, default));
    }

    [Fact]
    public async Task A_micro_grid_is_its_workers_and_without_one_the_grids()
    {
        await using var world = await CaseWorld.Begin();
        var (own, vacant) = (world.Inner(world.East, "东一", world.Zhao.Id), world.Inner(world.East, "东二", null));
        await world.Save(own, vacant);

        Assert.Equal(world.Zhao.Id, (await world.Responsible(own.Id)).Staff);
        Assert.Equal(world.Wang.Id, (await world.Responsible(vacant.Id)).Staff);
        await world.OnLeave(world.Zhao, TimeSpan.Zero, Day, null);
        Assert.Equal(world.Wang.Id, (await world.Responsible(own.Id)).Staff);
    }

    [Fact]
    public void At_a_point_the_micro_grid_wins()
    {
        var grid = new Grid { Id = Guid.CreateVersion7(), Name = "网格", Outline = Sheets.Square(106.50, 29.50, 0.01) };
        var inner = new Grid { Id = Guid.CreateVersion7(), ParentId = grid.Id, Name = "微网格", Outline = Sheets.Square(106.502, 29.502, 0.002) };
        var areas = new GridAreas([grid, inner]);

        Assert.Equal("微网格", areas.At(29.503, 106.503)?.Name);
        Assert.Equal("网格", areas.At(29.508, 106.508)?.Name);
    }

    [Fact]
    public async Task A_channel_of_a_closed_unit_speaks_for_everybody()
    {
        await using var world = await CaseWorld.Begin();
        var west = new Unit { Id = Guid.CreateVersion7(), ParentId = world.Station.Id, Level = UnitLevel.Room, Name = "红岩社区" };
        await world.Save(west);
        world.ChannelUnits.Add(new ChannelUnit("web", "Unit", "红岩社区"));
        await world.Get<ChannelUnits>().Read(default);
        Assert.Equal("红岩社区", (await world.Get<IOrganisation>().ResponsibleFor(null, "web", default)).UnitName);
        await world.Change<Unit>(west.Id, unit => unit.ClosedAt = world.Time.GetUtcNow());
        Assert.Equal("指导中心", (await world.Get<IOrganisation>().ResponsibleFor(null, "web", default)).UnitName);
    }

    [Fact]
    public async Task Escalation_goes_to_the_nearest_leads_and_up()
    {
        await using var world = await CaseWorld.Begin();
        var duty = world.Get<IDuty>();
        Assert.Equal([world.Sun.Id], await duty.LeadsOf(world.Lake.Id, UnitLevel.Room, default));
        Assert.Equal([world.Sun.Id], await duty.LeadsOf(world.Lake.Id, UnitLevel.Station, default));
        Assert.Equal([world.Admin.Id], await duty.LeadsOf(world.Lake.Id, UnitLevel.Centre, default));

        var partner = new Unit { Id = Guid.CreateVersion7(), ParentId = world.Lake.Id, Level = UnitLevel.Partner, Name = "翠湖物业" };
        var chief = Sheets.Staff("chief", "中心 何", Role.Centre, world.Centre.Id);
        await world.Save(partner, chief);
        Assert.Equal([world.Sun.Id], await duty.LeadsOf(partner.Id, UnitLevel.Partner, default));
        Assert.Equal([chief.Id], await duty.LeadsOf(world.Lake.Id, UnitLevel.Centre, default));

        await world.OnLeave(world.Sun, TimeSpan.Zero, Day, null);
        Assert.Equal([chief.Id], await duty.LeadsOf(world.Lake.Id, UnitLevel.Station, default));
        await world.Change<StaffLeave>(leave => leave.StaffId == world.Sun.Id, leave => leave.SubstituteId = world.Li.Id);
        Assert.Equal([world.Li.Id], await duty.LeadsOf(world.Lake.Id, UnitLevel.Station, default));
    }
}
