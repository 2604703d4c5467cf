using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

public sealed class GridWorkTests
{
    private static readonly string Outline = Sheets.Square(106.50, 29.50, 0.01);

    [Fact]
    public async Task A_micro_grid_is_added_inside_a_grid_with_its_own_worker()
    {
        await using var world = await CaseWorld.Begin();
        var grids = world.Get<GridWork>();
        Assert.Equal(OrganisationResult.Done, (await grids.Edit(world.East.Id, "翠湖东网格", Outline, world.Wang.Id, world.Sun, default)).Result);
        var added = await grids.Add(world.Lake.Id, world.East.Id, "3栋", Sheets.Square(106.501, 29.501, 0.001), world.Zhao.Id, world.Sun, default);
        Assert.Equal(OrganisationResult.Done, added.Result);
        Assert.Equal(world.Zhao.Id, (await world.Responsible(added.Id!.Value)).Staff);
        Assert.Equal("翠湖东网格", (await world.Row<Grid>(world.East.Id)).Name);
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        await using var world = await CaseWorld.Begin();
        var grids = world.Get<GridWork>();
        await grids.Edit(world.East.Id, "翠湖东", Outline, world.Wang.Id, world.Sun, default);
        async Task Refused(string words, Func<GridWork, Task<OrganisationOutcome>> act)
        {
            var outcome = await act(grids);
            Assert.Equal((OrganisationResult.Refused, words), (outcome.Result, outcome.Words));
        }

        await Refused("轮廓和“翠湖东”重叠。", one => one.Add(world.Lake.Id, null, "新网格", Sheets.Square(106.505, 29.505, 0.01), null, world.Sun, default));
        await Refused("轮廓不是 GeoJSON。", one => one.Edit(world.West.Id, "翠湖西", "东边", null, world.Sun, default));
        await Refused("这里已经有“翠湖东”了。", one => one.Edit(world.West.Id, "翠湖东", "", null, world.Sun, default));
        await Refused("社工 周不在这个社区。", one => one.Edit(world.West.Id, "翠湖西", "", world.Stranger.Id, world.Sun, default));
        await Refused("微网格的轮廓超出了它所在的网格“翠湖东”。", one => one.Add(world.Lake.Id, world.East.Id, "外面", Sheets.Square(106.60, 29.50, 0.001), null, world.Sun, default));
        await Refused("网格只能建在社工室下面。", one => one.Add(world.Station.Id, null, "新网格", "", null, world.Sun, default));
        Assert.Equal(OrganisationResult.NotAllowed, (await grids.Edit(world.West.Id, "我的", "", null, world.Stranger, default)).Result);
        Assert.Equal(("翠湖西", world.Zhao.Id), ((await world.Row<Grid>(world.West.Id)).Name, (await world.Row<Grid>(world.West.Id)).WorkerId));
    }
}
