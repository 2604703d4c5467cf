using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Common;

/// <summary>Channels that speak for a unit: where what is said there goes, and what wrong settings are told.</summary>
public sealed class ChannelUnitsTests
{
    private const string Setting = "WeChat:Accounts:lake:Unit";

    [Theory]
    [InlineData("锦绣社区")]
    [InlineData("东街社工站/锦绣社区")]
    [InlineData(" 指导中心 / 东街社工站 / 锦绣社区 ")]
    [InlineData("id")]
    public async Task What_has_no_known_place_goes_to_the_unit_of_the_account(string unit)
    {
        await using var world = await CaseWorld.Begin();
        world.ChannelUnits.Add(new ChannelUnit("wechat.lake", Setting, unit == "id" ? world.Brocade.Id.ToString() : unit));
        await world.Get<ChannelUnits>().Read(default);
        Assert.Equal("锦绣社区值班人员", await OwnerOf(world, "wechat.lake", null));
        Assert.Equal("指导中心值班人员", await OwnerOf(world, "wechat.other", null));
        // A place that is known is stronger than the account it was said in.
        Assert.Equal("网格员 王", await OwnerOf(world, "wechat.lake", world.East.Id));
        Assert.Equal("锦绣社区值班人员", await OwnerOf(world, "wechat.lake", Guid.NewGuid()));
    }

    [Theory]
    [InlineData("没有的社区", "names no unit; there is 指导中心、东街社工站、")]
    [InlineData("西街社工站/翠湖社区", "names no unit")]
    [InlineData("/", "names no unit")]
    public async Task A_unit_that_is_not_there_is_told_with_those_that_are(string unit, string told)
    {
        await using var world = await CaseWorld.Begin();
        world.ChannelUnits.Add(new ChannelUnit("wechat.lake", Setting, unit));
        var refused = await Assert.ThrowsAsync<WrongSettingException>(() => world.Get<ChannelUnits>().Read(default));
        Assert.StartsWith($"{Setting}: {told}", refused.Message);
    }

    [Fact]
    public async Task A_name_that_several_have_asks_for_the_way_to_it()
    {
        await using var world = await CaseWorld.Begin();
        var west = new Unit { Id = Guid.CreateVersion7(), ParentId = world.Centre.Id, Level = UnitLevel.Station, Name = "西街社工站" };
        await using (var db = world.CreateDbContext())
        {
            db.AddRange(west, new Unit { Id = Guid.CreateVersion7(), ParentId = west.Id, Level = UnitLevel.Room, Name = "翠湖社区" });
            await db.SaveChangesAsync();
        }

        await world.Get<OrganisationMap>().Reload(default);
        world.ChannelUnits.Add(new ChannelUnit("wechat.lake", Setting, "翠湖社区"));
        var refused = await Assert.ThrowsAsync<WrongSettingException>(() => world.Get<ChannelUnits>().Read(default));
        Assert.StartsWith($"{Setting}: names 2 units; write the one above it before it, as in ", refused.Message);
        Assert.Contains("/翠湖社区", refused.Message);

        world.ChannelUnits[0] = world.ChannelUnits[0] with { Unit = "西街社工站/翠湖社区" };
        await world.Get<ChannelUnits>().Read(default);
        Assert.Equal(west.Id, (await world.Get<OrganisationMap>().Current(default)).Units[world.Get<ChannelUnits>().Of("wechat.lake")!.Value].ParentId);
    }

    private static async Task<string> OwnerOf(CaseWorld world, string channel, Guid? grid) => (await world.Cases.Open(
        new NewCase("居民留言", "留言", "在吗", new Spot("", grid, null, null), 1, []),
        new Resident(new ConversationId(channel, "o1")), new IdempotencyKey(Guid.CreateVersion7().ToString()), default)).OwnerName;
}
