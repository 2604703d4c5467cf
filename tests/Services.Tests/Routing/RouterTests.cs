using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Routing;
using WuShe.Services.Routing;
using WuShe.Services.Tests.Cases;

namespace WuShe.Services.Tests.Routing;

public sealed class RouterTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>Monday the 2nd of March 2026, ten in the morning in Beijing: on duty.</summary>
    private static readonly DateTimeOffset Morning = new(2026, 3, 2, 2, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Night = new(2026, 3, 2, 17, 30, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Sunday = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public Task The_most_specific_rule_wins_then_the_order() => MostSpecific(null);

    [SkippableFact]
    public async Task The_most_specific_rule_wins_then_the_order_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await MostSpecific(CaseWorld.Postgres);
    }

    private static async Task MostSpecific(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        await Add(world, new("全都给站里") { Target = RuleTarget.Unit, TargetId = world.Station.Id });
        await Add(world, new("东边给赵") { GridId = world.East.Id, Target = RuleTarget.Person, TargetId = world.Zhao.Id });
        await Add(world, new("翠湖给锦绣") { UnitId = world.Lake.Id, Target = RuleTarget.Unit, TargetId = world.Brocade.Id });
        await Add(world, new("翠湖再给律师") { UnitId = world.Lake.Id, Target = RuleTarget.RoleInRoom, Role = Role.Lawyer });
        await Add(world, new("翠湖的水夜里") { Category = "water", UnitId = world.Lake.Id, From = new(22, 0), To = new(6, 0), Target = RuleTarget.RoleInStation, Role = Role.StationLead });

        Assert.Equal(("网格员 赵", "按规则“东边给赵”派给网格员 赵。"), await Who(world, "water", world.East.Id, Morning));
        Assert.Equal(("站长 孙", "按规则“翠湖的水夜里”派给站长 孙。"), await Who(world, "water", world.East.Id, Night));
        Assert.Equal(("锦绣社区值班人员", "按规则“翠湖给锦绣”派给锦绣社区值班人员。"), await Who(world, "power", world.West.Id, Morning));
        Assert.Equal(("东街社工站值班人员", "按规则“全都给站里”派给东街社工站值班人员。"), await Who(world, "", null, Morning));

        var lines = (await world.Get<RoutingRules>().List(world.Admin, None))!.Rules;
        Assert.Equal(["翠湖的水夜里", "东边给赵", "翠湖给锦绣", "翠湖再给律师", "全都给站里"], lines.Select(line => line.Terms.Name));
        var lawyer = lines[3];
        Assert.Equal((RuleMark.Never, "翠湖给锦绣", true, false), (lawyer.Mark, lawyer.Because, lawyer.MayMoveUp, lawyer.MayMoveDown));
        Assert.True((await world.Get<RoutingRules>().Move(lawyer.Id, up: true, world.Admin, None)).Done);
        Assert.Equal(("律师 陈", "按规则“翠湖再给律师”派给律师 陈。"), await Who(world, "power", world.West.Id, Morning));
        lines = (await world.Get<RoutingRules>().List(world.Admin, None))!.Rules;
        Assert.Equal((RuleMark.Reserve, "翠湖再给律师"), (lines[3].Mark, lines[3].Because));
    }

    [Fact]
    public async Task On_duty_and_off_duty_are_told_apart()
    {
        await using var world = await CaseWorld.Begin();
        await Add(world, new("下班给站里") { Hours = RuleHours.OffDuty, Target = RuleTarget.Unit, TargetId = world.Station.Id });
        await Add(world, new("上班给李") { Hours = RuleHours.OnDuty, Target = RuleTarget.Person, TargetId = world.Li.Id });
        Assert.Equal("社工 李", (await Who(world, "road", world.East.Id, Morning)).Who);
        Assert.Equal("东街社工站值班人员", (await Who(world, "road", world.East.Id, Night)).Who);
        Assert.Equal("东街社工站值班人员", (await Who(world, "road", world.East.Id, Sunday)).Who);
    }

    [Fact]
    public async Task A_rule_whose_person_is_away_passes_on_to_the_next()
    {
        var leave = new OnLeave();
        await using var world = await CaseWorld.Begin(instead: services => services.AddSingleton<IRouteDuty>(leave));
        await Add(world, new("给赵") { Category = "road", Target = RuleTarget.Person, TargetId = world.Zhao.Id });
        await Add(world, new("给网格员") { Target = RuleTarget.GridWorker });
        Assert.Equal("网格员 赵", (await Who(world, "road", world.East.Id, Morning)).Who);
        leave.Away = [world.Zhao.Id];
        Assert.Equal(("网格员 王", "规则“给赵”要派的人现在不在，往下看。按规则“给网格员”派给网格员 王。"), await Who(world, "road", world.East.Id, Morning));
        leave.Away = [world.Zhao.Id, world.Wang.Id];
        Assert.EndsWith("这是大事，主管部门是城市管理局，由网格员 王跟进。", (await Who(world, "road", world.East.Id, Morning)).Reason, StringComparison.Ordinal);
        // No grid, no worker: the rule holds everywhere and yet names nobody.
        Assert.Equal("指导中心值班人员", (await Who(world, "", null, Morning)).Who);
    }

    [Fact]
    public async Task Without_a_rule_it_is_decided_by_whose_business_it_is()
    {
        await using var world = await CaseWorld.Begin();
        Assert.Equal(("网格员 王", "这是大事，主管部门是城市管理局，由网格员 王跟进。"), await Who(world, "lighting", world.East.Id, Morning));
        Assert.Equal(("网格员 王", "这是小事，社区自己办，派给网格员 王。"), await Who(world, "sanitation", world.East.Id, Morning));
        Assert.Equal(("社工 李", "这是小事，社区自己办，派给社工 李。"), await Who(world, "care", world.East.Id, Morning));
        Assert.Equal(("社工 李", "这是私事，居民还要人来，派给社工 李。"), await Who(world, "neighbour-dispute", world.East.Id, Morning));
        Assert.Equal(("网格员 王", "没有专门的规则，按位置派给网格员 王。"), await Who(world, "", world.East.Id, Morning));
        Assert.Equal("指导中心值班人员", (await Who(world, "care", null, Morning)).Who);
        // What was decided for one case counts more than the catalogue.
        var question = new RouteQuestion("lighting", new Spot("", world.East.Id, null, null), "", Morning) { Scope = "private" };
        Assert.Equal("这是私事，居民还要人来，派给网格员 王。", (await world.Get<IRouting>().Route(question, None)).Reason);
    }

    [Fact]
    public async Task Several_of_one_role_share_a_queue()
    {
        await using var world = await CaseWorld.Begin();
        await Add(world, new("给社区网格员") { Category = "pets", Target = RuleTarget.RoleInRoom, Role = Role.Grid });
        Assert.Equal(("翠湖社区值班人员", "按规则“给社区网格员”派给翠湖社区值班人员。"), await Who(world, "pets", world.East.Id, Morning));
    }

    [Fact]
    public async Task A_channel_that_speaks_for_a_unit_brings_its_rules()
    {
        await using var world = await CaseWorld.Begin();
        world.ChannelUnits.Add(new("wechat.lake", "WeChat:Accounts:lake:Unit", "翠湖社区"));
        await world.Get<ChannelUnits>().Read(None);
        await Add(world, new("翠湖的给李") { UnitId = world.Lake.Id, Target = RuleTarget.Person, TargetId = world.Li.Id });
        var question = new RouteQuestion("", new Spot("那里", null, null, null), "wechat.lake", Morning);
        Assert.Equal(world.Li.Id, (await world.Get<IRouting>().Route(question, None)).Responsible.StaffId);
        Assert.Null((await world.Get<IRouting>().Route(question with { Channel = "web" }, None)).Responsible.StaffId);
    }

    [Fact]
    public async Task A_case_is_opened_by_the_rules()
    {
        await using var world = await CaseWorld.Begin();
        await Add(world, new("东边给李") { GridId = world.East.Id, Target = RuleTarget.Person, TargetId = world.Li.Id });
        await Add(world, new("电梯给孙") { Category = "elevator", GridId = world.East.Id, Target = RuleTarget.RoleInStation, Role = Role.StationLead });
        Assert.Equal("社工 李", (await world.Open(world.East.Id)).OwnerName);
        Assert.Equal("网格员 赵", (await world.Open(world.West.Id)).OwnerName);
        var elevator = new NewCase("问题上报", "电梯", "电梯停了", new Spot("3栋", world.East.Id, null, null), 3, []) { Category = "elevator" };
        var opened = await world.Cases.Open(elevator, CaseWorld.Resident(), new IdempotencyKey("elevator"), None);
        Assert.Equal("站长 孙", opened.OwnerName);
        await using var db = world.CreateDbContext();
        var log = db.Set<Case>().Include(one => one.Log).Single(one => one.Number == opened.Number).Log;
        Assert.Contains(log, row => row.Move == CaseMove.Dispatch && row.Note == "站长 孙：按规则“电梯给孙”派给站长 孙");
        // The resident reads to whom it went; why is told to who asks.
        Assert.Contains((await world.Cases.Story(opened.Number, CaseWorld.Resident(), None))!.Sentences, told => told.EndsWith("已派给站长 孙。", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_instance_routes_by_a_new_rule_within_ten_seconds()
    {
        await using var world = await CaseWorld.Begin();
        var time = new FakeTimeProvider(Morning);
        await using var another = world.Another(services => services.AddSingleton<TimeProvider>(time));
        var question = new RouteQuestion("road", new Spot("", world.East.Id, null, null), "", Morning);
        Assert.Equal(world.Wang.Id, (await another.GetRequiredService<IRouting>().Route(question, None)).Responsible.StaffId);
        await Add(world, new("给李") { Target = RuleTarget.Person, TargetId = world.Li.Id });
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal(world.Li.Id, (await another.GetRequiredService<IRouting>().Route(question, None)).Responsible.StaffId);
    }

    private static async Task Add(CaseWorld world, RuleTerms terms)
    {
        var outcome = await world.Get<RoutingRules>().Add(terms, world.Admin, None);
        Assert.True(outcome.Done, outcome.Words);
    }

    private static async Task<(string Who, string Reason)> Who(CaseWorld world, string category, Guid? grid, DateTimeOffset at)
    {
        var taken = await world.Get<IRouting>().Route(new RouteQuestion(category, new Spot("", grid, null, null), "", at), None);
        return (taken.Responsible.StaffName ?? $"{taken.Responsible.UnitName}值班人员", taken.Reason);
    }

    private sealed class OnLeave : IRouteDuty
    {
        public Guid[] Away { get; set; } = [];

        public ValueTask<bool> IsOnDuty(Guid? unitId, DateTimeOffset at, CancellationToken ct) => ValueTask.FromResult(true);

        public ValueTask<bool> IsAvailable(Guid staffId, DateTimeOffset at, CancellationToken ct) => ValueTask.FromResult(!Away.Contains(staffId));
    }
}
