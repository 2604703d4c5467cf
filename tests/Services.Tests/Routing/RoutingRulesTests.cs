using WuShe.Services.Common.Organisation;
using WuShe.Services.Routing;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Routing;

public sealed class RoutingRulesTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private CaseWorld _world = null!;

    private RoutingRules Rules => _world.Get<RoutingRules>();

    public async Task InitializeAsync() => _world = await CaseWorld.Begin();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task What_cannot_be_so_is_refused_with_the_reason_and_nothing_is_changed()
    {
        var good = new RuleTerms("水") { Category = "water" };
        (RuleTerms Terms, string Because)[] wrong =
        [
            (good with { Name = " " }, "请给规则写个名字，办事经过里会写上它。"),
            (good with { Name = new string('长', 41) }, "规则的名字太长了，最多 40 个字。"),
            (good with { Category = "ufo" }, "没有这个类别，请重新选。"),
            (good with { UnitId = Guid.NewGuid() }, "没有这个单位，请重新选。"),
            (good with { GridId = Guid.NewGuid() }, "没有这个网格，请重新选。"),
            (good with { UnitId = _world.Lake.Id, GridId = _world.East.Id }, "地点只能选一个：单位或者网格。"),
            (good with { From = new(8, 0) }, "开始和结束的时间要一起写。"),
            (good with { From = new(8, 0), To = new(8, 0) }, "开始和结束的时间不能一样。"),
            (good with { Target = RuleTarget.RoleInRoom }, "请选派给哪种人。"),
            (good with { Target = RuleTarget.RoleInRoom, Role = Role.Admin }, "请选派给哪种人。"),
            (good with { Target = RuleTarget.Person, TargetId = _world.Lake.Id }, "没有这个人，请从名单里选。"),
            (good with { Target = RuleTarget.Unit }, "没有这个单位，请从名单里选。"),
        ];
        foreach (var (terms, because) in wrong)
        {
            var outcome = await Rules.Add(terms, _world.Admin, None);
            Assert.Equal((false, because), (outcome.Done, outcome.Words));
        }
        Assert.Empty((await Rules.List(_world.Admin, None))!.Rules);
    }

    [Fact]
    public async Task Leads_make_rules_for_their_own_unit_only()
    {
        var unit = _world.Station;
        Assert.False((await Rules.Add(new("到处") { Target = RuleTarget.GridWorker }, _world.Sun, None)).Done);
        Assert.Equal("您只能定本单位的规则，请把地点选在本单位里面。", (await Rules.Add(new("上面") { UnitId = _world.Centre.Id }, _world.Sun, None)).Words);
        Assert.Equal("您只能派给本单位和合作单位。", (await Rules.Add(new("给上面") { UnitId = unit.Id, Target = RuleTarget.Unit, TargetId = _world.Centre.Id }, _world.Sun, None)).Words);
        Assert.Equal("您只能派给本单位的人。", (await Rules.Add(new("给管理员") { UnitId = unit.Id, Target = RuleTarget.Person, TargetId = _world.Admin.Id }, _world.Sun, None)).Words);
        Assert.True((await Rules.Add(new("自己的") { GridId = _world.East.Id, Target = RuleTarget.Person, TargetId = _world.Zhao.Id }, _world.Sun, None)).Done);
        Assert.Equal("派单规则由管理员、指导中心和站长来定。", (await Rules.Add(new("社工的") { GridId = _world.East.Id }, _world.Li, None)).Words);
        Assert.Null(await Rules.List(_world.Li, None));

        // The admin's rule is shown to the lead, who may neither change nor delete it, nor put the own one before it.
        var admins = await Rules.Add(new("管理员的"), _world.Admin, None);
        var lines = (await Rules.List(_world.Sun, None))!.Rules;
        Assert.Equal([("自己的", true), ("管理员的", false)], lines.Select(line => (line.Terms.Name, line.MayEdit)));
        Assert.False((await Rules.Delete(lines[1].Id, lines[1].Version, _world.Sun, None)).Done);
        Assert.False((await Rules.Change(lines[1].Id, lines[1].Version, lines[0].Terms, _world.Sun, None)).Done);
        Assert.False((await Rules.Undo(admins.Undo!, _world.Sun, None)).Done);
        Assert.False((await Rules.Move(lines[1].Id, up: true, _world.Sun, None)).Done);
        var names = (await Rules.List(_world.Sun, None))!.Names;
        Assert.Equal(["指导中心/东街社工站", "指导中心/东街社工站/翠湖社区", "指导中心/东街社工站/锦绣社区"], names.Units.Select(one => one.Name));
        Assert.DoesNotContain(names.People, one => one.Id == _world.Admin.Id);
    }

    [Fact]
    public async Task Every_change_can_be_taken_back()
    {
        var added = await Rules.Add(new("水") { Category = "water" }, _world.Admin, None);
        var line = await Only();
        Assert.Equal("供水，所有地方", line.When);
        var changed = await Rules.Change(line.Id, line.Version, line.Terms with { Name = "电", Category = "power", From = new(20, 0), To = new(8, 0) }, _world.Admin, None);
        Assert.Equal("供电，所有地方，20:00到08:00", (await Only()).When);
        Assert.True((await Rules.Undo(changed.Undo!, _world.Admin, None)).Done);
        line = await Only();
        Assert.Equal(("水", "water", null), (line.Terms.Name, line.Terms.Category, line.Terms.From));
        // The first undo speaks of a rule that has been changed since.
        Assert.Equal("刚才有人改过规则，下面是新的。请看过再改。", (await Rules.Undo(added.Undo!, _world.Admin, None)).Words);

        var deleted = await Rules.Delete(line.Id, line.Version, _world.Admin, None);
        Assert.Empty((await Rules.List(_world.Admin, None))!.Rules);
        var back = await Rules.Undo(deleted.Undo!, _world.Admin, None);
        Assert.Equal((line.Id, "水"), ((await Only()).Id, (await Only()).Terms.Name));
        Assert.True((await Rules.Undo(back.Undo!, _world.Admin, None)).Done);
        Assert.Empty((await Rules.List(_world.Admin, None))!.Rules);
    }

    [Fact]
    public async Task Who_changes_a_rule_second_is_told()
    {
        await Rules.Add(new("水") { Category = "water" }, _world.Admin, None);
        var seen = await Only();
        Assert.True((await Rules.Change(seen.Id, seen.Version, seen.Terms with { Name = "先" }, _world.Admin, None)).Done);
        Assert.False((await Rules.Change(seen.Id, seen.Version, seen.Terms with { Name = "后" }, _world.Admin, None)).Done);
        Assert.False((await Rules.Delete(seen.Id, seen.Version, _world.Admin, None)).Done);
        Assert.Equal("先", (await Only()).Terms.Name);
    }

    [Theory]
    [InlineData(true, 8, 20, 9, 10, RuleMark.Never)]
    [InlineData(true, 8, 20, 19, 21, RuleMark.None)]
    [InlineData(true, 20, 8, 22, 6, RuleMark.Never)]
    [InlineData(true, 20, 8, 6, 22, RuleMark.None)]
    [InlineData(true, 8, 20, 8, 20, RuleMark.Never)]
    [InlineData(false, 8, 20, 9, 10, RuleMark.Reserve)]
    public async Task A_rule_that_an_earlier_one_leaves_nothing_is_marked(bool unit, int from, int to, int begin, int end, RuleMark mark)
    {
        var wide = new RuleTerms("宽") { From = new(from, 0), To = new(to, 0), Target = RuleTarget.Person, TargetId = _world.Li.Id };
        await Rules.Add(unit ? wide with { Target = RuleTarget.Unit, TargetId = _world.Station.Id } : wide, _world.Admin, None);
        await Rules.Add(new("窄") { From = new(begin, 0), To = new(end, 0) }, _world.Admin, None);
        Assert.Equal(mark, (await Rules.List(_world.Admin, None))!.Rules.Single(line => line.Terms.Name == "窄").Mark);
    }

    [Fact]
    public async Task A_rule_of_what_is_gone_is_marked_and_takes_nothing_from_others()
    {
        await Rules.Add(new("走了的人") { Target = RuleTarget.Person, TargetId = _world.Stranger.Id }, _world.Admin, None);
        await Rules.Add(new("后面的"), _world.Admin, None);
        await using (var db = _world.CreateDbContext())
        {
            db.Remove(db.Users.Single(user => user.Id == _world.Stranger.Id));
            await db.SaveChangesAsync();
        }
        await _world.Get<RouteBook>().Reload(None);
        Assert.Equal([RuleMark.Gone, RuleMark.None], (await Rules.List(_world.Admin, None))!.Rules.Select(line => line.Mark));
    }

    [Fact]
    public async Task The_test_box_says_who_and_why()
    {
        await using (var db = _world.CreateDbContext())
        {
            db.AddRange(Building(_world.East.Id, "翠湖苑", "3栋"), Building(_world.West.Id, "翠湖苑", "5栋"), Building(_world.East.Id, "东苑", "5栋"));
            await db.SaveChangesAsync();
        }
        await _world.Get<OrganisationMap>().Reload(None);
        await Rules.Add(new("夜里的水") { Category = "water", From = new(22, 0), To = new(6, 0), Target = RuleTarget.Unit, TargetId = _world.Station.Id }, _world.Admin, None);
        var test = _world.Get<RouteTest>();
        var trial = new RouteTrial("water", "翠湖苑3栋", new(2026, 3, 2), new(23, 0));

        var night = await test.Ask(trial, _world.Admin, None);
        Assert.Equal((true, "东街社工站值班人员", "按规则“夜里的水”派给东街社工站值班人员。"), (night.Found, night.Who, night.Reason));
        var day = await test.Ask(trial with { Time = new(12, 0) }, _world.Sun, None);
        Assert.Equal((true, "网格员 王", "翠湖苑3栋，在翠湖东。"), (day.Found, day.Who, day.Place));
        var asked = await test.Ask(trial with { Place = "5栋" }, _world.Admin, None);
        Assert.False(asked.Found);
        Assert.Matches("^“5栋”有几处：(翠湖苑5栋、东苑5栋|东苑5栋、翠湖苑5栋)。请写清楚是哪一处。$", asked.Reason);
        Assert.Equal("不知道这个地方，当作没有写地点。", (await test.Ask(trial with { Place = "歪脖子树" }, _world.Admin, None)).Place);
        Assert.False((await test.Ask(trial, _world.Li, None)).Found);
        var elsewhere = new StaffActor(Guid.NewGuid(), "站长 外", Role.StationLead, _world.Brocade.Id);
        Assert.Equal("这个地方不归您的单位管。", (await test.Ask(trial, elsewhere, None)).Reason);
    }

    private async Task<RuleLine> Only() => Assert.Single((await Rules.List(_world.Admin, None))!.Rules);

    private static Building Building(Guid grid, string estate, string name) => new() { Id = Guid.CreateVersion7(), GridId = grid, Estate = estate, Name = name };
}
