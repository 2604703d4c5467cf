using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;
using WuShe.Services.Routing;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.ProblemReports;

public sealed class CatalogueEditingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public Task What_an_admin_changes_counts_until_it_is_taken_back() => Changes(null);

    [SkippableFact]
    public async Task What_an_admin_changes_counts_until_it_is_taken_back_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await Changes(CaseWorld.Postgres);
    }

    private static async Task Changes(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        var (editing, inUse) = (world.Get<CatalogueEditing>(), world.Get<CatalogueInUse>());
        var noise = await Of(world, "noise");
        Assert.Equal((2, false), (noise.Kind.Limit, noise.Changed));

        var wanted = noise.Kind with
        {
            Name = "太吵",
            Scope = ProblemKind.Private,
            Role = "social-worker",
            OwnLimit = null,
            FirstContact = 2,
            Urgent = true,
            ClosingPhoto = true,
            ClosingSignOff = true,
            FollowUp = false,
            Department = "环保局",
            Extra = "",
            Stop = "先关好窗。",
            Help = "先好好说。\r\n再找楼长。",
        };
        Assert.True((await editing.Save(wanted, noise.Version, world.Admin, None)).Done);

        var kind = inUse.Now["noise"];
        Assert.Equal(("太吵", ProblemKind.Private, "social-worker", 15, 2), (kind.Name, kind.Scope, kind.Role, kind.Limit, kind.FirstContact));
        Assert.Equal((true, true, true, false), (kind.Urgent, kind.ClosingPhoto, kind.ClosingSignOff, kind.FollowUp));
        Assert.Equal(("环保局", null, "先关好窗。", "先好好说。\n再找楼长。"), (kind.Department, kind.Extra, kind.Stop, kind.Help));
        Assert.NotEmpty(kind.Words);
        Assert.Contains(world.Get<IProblemKinds>().Names, one => one == ("noise", "太吵"));
        Assert.Equal("先好好说。\n再找楼长。", (await world.Get<IProblemKinds>().Find("noise", None))!.Help);

        var changed = await Of(world, "noise");
        Assert.True(changed.Changed);
        Assert.True((await editing.Reset("noise", changed.Version, world.Admin, None)).Done);
        Assert.Equal(("噪声扰民", 2, "一般是几点钟最吵？"), (inUse.Now["noise"].Name, inUse.Now["noise"].Limit, inUse.Now["noise"].Extra));
        Assert.False((await Of(world, "noise")).Changed);
    }

    [Fact]
    public async Task A_change_counts_on_another_instance_within_ten_seconds()
    {
        await using var world = await CaseWorld.Begin();
        var time = new FakeTimeProvider();
        await using var another = world.Another(services => services.AddSingleton<TimeProvider>(time));
        var theirs = another.GetRequiredService<CatalogueInUse>();
        Assert.Equal("电梯", (await theirs.Current(None))["elevator"].Name);

        var elevator = await Of(world, "elevator");
        await world.Get<CatalogueEditing>().Save(elevator.Kind with { Name = "升降机" }, elevator.Version, world.Admin, None);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("升降机", (await theirs.Current(None))["elevator"].Name);
        Assert.Equal("升降机", theirs.Now["elevator"].Name);
    }

    [Fact]
    public async Task What_cannot_be_so_is_refused_with_the_reason_and_nothing_is_changed()
    {
        await using var world = await CaseWorld.Begin();
        var editing = world.Get<CatalogueEditing>();
        var kind = (await Of(world, "elevator")).Kind;
        (ProblemKind Wanted, string Because)[] wrong =
        [
            (kind with { OwnLimit = 0 }, "办理时限要从 1 个工作日起，不能是 0。"),
            (kind with { OwnLimit = -3 }, "办理时限要从 1 个工作日起，不能是 -3。"),
            (kind with { OwnLimit = 61 }, "办理时限最多 60 个工作日，不能是 61。"),
            (kind with { FirstContact = 0 }, "首次联系时限要从 1 个工作日起，不能是 0。"),
            (kind with { FirstContact = 2 }, "首次联系时限不能比办理时限长。"),
            (kind with { Name = " " }, "名称不能空着。"),
            (kind with { Name = "供水" }, "已经有一类叫“供水”，请换一个名称。"),
            (kind with { Name = "取消" }, "“取消”在聊天里有别的意思，请换一个名称。"),
            (kind with { Name = new string('长', 13) }, "名称太长了，最多 12 个字，现在有 13 个。"),
            (kind with { Scope = "" }, "请选是大事、小事还是私事。"),
            (kind with { Role = "mayor" }, "请选一个负责角色。"),
            (kind with { OwnLimit = null, Nature = "gift" }, "请选是咨询、求助还是投诉。"),
            (kind with { Help = new string('长', 401) }, "自助说明太长了，最多 400 个字，现在有 401 个。"),
            (kind with { Code = "ufo" }, "没有这一类。"),
            (kind with { Role = "" }, "“电梯”没有人管：请选一个负责角色，或者先在派单规则里加一条，管它所有的地点和时间，派给一个单位。"),
        ];
        foreach (var (wanted, because) in wrong)
            Assert.Equal(new CatalogueOutcome(false, because), await editing.Save(wanted, 0, world.Admin, None));
        Assert.Equal(new CatalogueOutcome(false, "类别由管理员来改。"), await editing.Save(kind with { Name = "梯" }, 0, world.Sun, None));
        Assert.Equal(new CatalogueOutcome(false, "类别由管理员来改。"), await editing.Reset("elevator", 0, world.Li, None));
        Assert.Empty(await editing.List(world.Sun, None));
        Assert.All(await editing.List(world.Admin, None), one => Assert.False(one.Changed));
    }

    [Fact]
    public async Task Without_a_role_a_category_needs_a_rule_and_the_rule_then_stays()
    {
        await using var world = await CaseWorld.Begin();
        var (editing, rules) = (world.Get<CatalogueEditing>(), world.Get<RoutingRules>());
        var water = await Of(world, "water");
        var added = await rules.Add(
            new RuleTerms("供水公司") { Category = "water", Target = RuleTarget.Unit, TargetId = world.Station.Id }, world.Admin, None);
        Assert.True((await editing.Save(water.Kind with { Role = "" }, water.Version, world.Admin, None)).Done);

        var refused = await rules.Undo(added.Undo!, world.Admin, None);
        Assert.Equal((false, "“供水”没有负责角色，全靠这条规则。请先在问题类别里给它选一个角色。"), (refused.Done, refused.Words));
        var line = Assert.Single((await rules.List(world.Admin, None))!.Rules);
        Assert.False((await rules.Change(line.Id, line.Version, line.Terms with { Hours = RuleHours.OffDuty }, world.Admin, None)).Done);
        var changed = await Of(world, "water");
        Assert.True((await editing.Reset("water", changed.Version, world.Admin, None)).Done);
        Assert.True((await rules.Delete(line.Id, line.Version, world.Admin, None)).Done);
    }

    [Fact]
    public async Task Who_saves_second_is_told_and_changes_nothing()
    {
        await using var world = await CaseWorld.Begin();
        var editing = world.Get<CatalogueEditing>();
        var seen = await Of(world, "pets");
        Assert.True((await editing.Save(seen.Kind with { Name = "养狗" }, seen.Version, world.Admin, None)).Done);
        var second = await editing.Save(seen.Kind with { Name = "狗" }, seen.Version, world.Admin, None);
        Assert.Equal((false, "刚才有人改过这一类，下面是新的。请看过再改。"), (second.Done, second.Words));
        Assert.Equal("养狗", (await Of(world, "pets")).Kind.Name);
    }

    private static async Task<EditableKind> Of(CaseWorld world, string code) =>
        (await world.Get<CatalogueEditing>().List(world.Admin, None)).Single(one => one.Kind.Code == code);
}
