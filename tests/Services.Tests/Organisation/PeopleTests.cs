using WuShe.Services.Common.Organisation;
using WuShe.Services.Organisation;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Organisation;

public sealed class PeopleTests
{
    [Fact]
    public async Task Somebody_new_has_an_account_without_a_password()
    {
        await using var world = await CaseWorld.Begin();
        var added = await world.Get<People>().Add(world.Lake.Id, "zhou.min", "网格员 周", Role.Grid, "8:30-12:00", world.Sun, default);
        Assert.Equal(OrganisationResult.Done, added.Result);
        var who = await world.Row<StaffUser>(added.Id!.Value);
        Assert.Equal(("ZHOU.MIN", "08:30-12:00", world.Lake.Id, null), (who.NormalizedUserName, who.DutyHours, who.UnitId, who.PasswordHash));

        Assert.Equal("登录名“Zhou.Min”已经有人用了。", (await world.Get<People>().Add(world.Lake.Id, "Zhou.Min", "网格员 周", Role.Grid, "", world.Sun, default)).Words);
    }

    [Fact]
    public async Task Nobody_hands_out_more_than_they_have()
    {
        await using var world = await CaseWorld.Begin();
        var people = world.Get<People>();
        foreach (var role in new[] { Role.Admin, Role.Centre, Role.Resident })
            Assert.Equal(OrganisationResult.NotAllowed, (await people.Add(world.Station.Id, $"x{role}", "某人", role, "", world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await people.Add(world.Centre.Id, "x", "某人", Role.Grid, "", world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await people.Edit(world.Admin.Id, "管理员", Role.Grid, "", world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.NotAllowed, (await people.Edit(world.Wang.Id, "网格员 王", Role.StationLead, "", world.Li, default)).Result);
        Assert.Equal(OrganisationResult.Refused, (await people.Edit(world.Sun.Id, "站长 孙", Role.Grid, "", world.Sun, default)).Result);
        Assert.Equal(OrganisationResult.Refused, (await people.Edit(world.Admin.Id, "管理员", Role.Grid, "", world.Admin, default)).Result);
    }

    [Theory]
    [InlineData("王芳", "网格员 王", Role.Grid, "", "登录名只能用")]
    [InlineData("wf", " ", Role.Grid, "", "称呼要写")]
    [InlineData("wf", "网格员 王", Role.Grid, "全天", "值班时间“全天”看不懂")]
    [InlineData("wf", "物业 王", Role.Partner, "", "角色“第三方”只能放在第三方单位里")]
    public async Task What_is_wrong_is_said(string login, string name, Role role, string hours, string words)
    {
        await using var world = await CaseWorld.Begin();
        var outcome = await world.Get<People>().Add(world.Lake.Id, login, name, role, hours, world.Admin, default);
        Assert.Equal(OrganisationResult.Refused, outcome.Result);
        Assert.StartsWith(words, outcome.Words, StringComparison.Ordinal);
    }
}
