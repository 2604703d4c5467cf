using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

public sealed class UnitsTests
{
    [Fact]
    public async Task A_lead_adds_renames_and_closes_below_the_own_station()
    {
        await using var world = await CaseWorld.Begin();
        var units = world.Get<Units>();
        var added = await units.Add(world.Lake.Id, UnitLevel.Partner, " 翠湖物业 ", "P1", world.Sun, default);
        Assert.Equal((OrganisationResult.Done, "已新增“翠湖物业”。"), (added.Result, added.Words));

        Assert.Equal(OrganisationResult.Done, (await units.Rename(added.Id!.Value, "翠湖物业公司", "", world.Sun, default)).Result);
        Assert.True(await world.Get<IOrganisation>().IsWithin(added.Id.Value, world.Station.Id, default));
        Assert.Equal(OrganisationResult.Done, (await units.Close(added.Id.Value, world.Sun, default)).Result);
        Assert.NotNull((await world.Row<Unit>(added.Id.Value)).ClosedAt);
        Assert.Equal(OrganisationResult.Done, (await units.Reopen(added.Id.Value, world.Sun, default)).Result);
    }

    [Fact]
    public async Task What_is_outside_the_own_unit_is_not_allowed()
    {
        await using var world = await CaseWorld.Begin();
        var units = world.Get<Units>();
        var other = new Unit { Id = Guid.CreateVersion7(), ParentId = world.Centre.Id, Level = UnitLevel.Station, Name = "西街社工站" };
        await world.Save(other);

        Assert.Equal(OrganisationResult.NotAllowed, (await units.Add(other.Id, UnitLevel.Room, "红岩社区", "", world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await units.Rename(other.Id, "我的", "", world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await units.Move(world.Lake.Id, other.Id, world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await units.Close(world.Station.Id, world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await units.Add(world.Lake.Id, UnitLevel.Partner, "物业", "", world.Li, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await units.Add(null, UnitLevel.Centre, "中心", "", world.Sun, default)).Result);
        Assert.Equal("西街社工站", (await world.Row<Unit>(other.Id)).Name);
    }

    [Fact]
    public async Task A_wrong_level_a_circle_and_a_name_taken_are_refused()
    {
        await using var world = await CaseWorld.Begin();
        var units = world.Get<Units>();
        Assert.Equal("社工室的上级只能是社工站。", (await units.Add(world.Centre.Id, UnitLevel.Room, "红岩社区", "", world.Admin, default)).Words);
        Assert.Equal("不能移到自己或者自己的下级下面。", (await units.Move(world.Station.Id, world.Lake.Id, world.Admin, default)).Words);
        Assert.Equal("社工室的上级只能是社工站。", (await units.Move(world.Lake.Id, world.Centre.Id, world.Admin, default)).Words);
        Assert.Equal("这里已经有“锦绣社区”了。", (await units.Rename(world.Lake.Id, "锦绣社区", "", world.Admin, default)).Words);
        Assert.StartsWith("请写名称", (await units.Rename(world.Lake.Id, " ", "", world.Admin, default)).Words, StringComparison.Ordinal);
        Assert.Equal("翠湖社区", (await world.Row<Unit>(world.Lake.Id)).Name);
    }

    [Fact]
    public async Task A_unit_is_closed_when_nothing_is_in_it()
    {
        await using var world = await CaseWorld.Begin();
        Assert.Equal("“翠湖社区”里还有 3 个网格、 4 个人，请先移走。", (await world.Get<Units>().Close(world.Lake.Id, world.Admin, default)).Words);
        Assert.Equal("“东街社工站”里还有 2 个下级单位、 1 个人，请先移走。", (await world.Get<Units>().Close(world.Station.Id, world.Admin, default)).Words);
    }

    [Fact]
    public async Task A_unit_moves_with_all_below_it()
    {
        await using var world = await CaseWorld.Begin();
        var other = new Unit { Id = Guid.CreateVersion7(), ParentId = world.Centre.Id, Level = UnitLevel.Station, Name = "西街社工站" };
        await world.Save(other);
        Assert.Equal(OrganisationResult.Done, (await world.Get<Units>().Move(world.Lake.Id, other.Id, world.Admin, default)).Result);
        Assert.True(await world.Get<IOrganisation>().IsWithin(world.Lake.Id, other.Id, default));
        Assert.DoesNotContain(world.Lake.Id, await world.Get<IOrganisation>().Below(world.Station.Id, default));
    }
}
