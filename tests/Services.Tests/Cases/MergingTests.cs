using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Tests.Cases;

public sealed class MergingTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task People_of_a_merged_case_follow_the_other_and_are_told_so()
    {
        await using var world = await CaseWorld.Begin();
        var (a, b) = (await Open(world, "ra", "fa"), await Open(world, "rb", "fb"));
        var done = await Merge(world, a, b);
        Assert.Equal(CaseResult.Done, done.Result);
        Assert.Equal(["fa", "fb", "ra"], await Followers(world, b));
        Assert.Equal(["web:fa", "web:ra"], (await world.Owed()).Select(one => one.To).Order());
        Assert.All(await world.Owed(), one => Assert.Contains($"（编号 {b}）一起办", CaseWorld.Words(one), StringComparison.Ordinal));
        Assert.Contains((await Stored(world, b)).Log, row => row.Note == $"{a} 并过来一起办。" && row.Who == world.Sun.Name);
        Assert.Equal(b, (await world.Work.Open(a, world.Sun, None))!.MergedInto);
        Assert.Contains(b, world.Changed);

        await world.Work.Claim(b, world.Wang, None);
        Assert.Equal(["web:fa", "web:fb", "web:ra", "web:rb"], (await world.Owed()).Skip(2).Select(one => one.To).Order());
        Assert.True(await world.Get<IOwnCases>().Of(CaseWorld.Resident("ra"), None) is { Open.Count: 1, Closed.Count: 1 });
    }

    [Fact]
    public async Task A_split_takes_back_exactly_those_who_came_with_it()
    {
        await using var world = await CaseWorld.Begin(settings: new() { ["Cases:FollowersPerPriority"] = "2" });
        // fx follows both of their own will, fy came with two cases, ra reported two.
        var (a, b, c) = (await Open(world, "ra", "fa", "fx", "fy"), await Open(world, "rb", "fx"), await Open(world, "ra", "fy"));
        await Merge(world, a, b);
        await Merge(world, c, b);
        Assert.Equal(["fa", "fx", "fy", "ra"], await Followers(world, b));
        Assert.Equal(2, (await Stored(world, b)).Priority);

        Assert.Equal(CaseResult.Done, (await Merging(world).Split(a, world.Sun, "不是一个灯", None)).Result);
        Assert.Equal(["fx", "fy", "ra"], await Followers(world, b));
        Assert.Equal(1, (await Stored(world, b)).Priority);
        var split = await Stored(world, a);
        Assert.Equal((CaseState.Dispatched, null, world.Wang.Id), (split.State, split.MergedIntoId, split.OwnerId));
        Assert.Equal(["fa", "fx", "fy"], await Followers(world, a));
        Assert.Equal(3 + 1, (await world.Owed()).Count(one => CaseWorld.Words(one).Contains($"不和编号 {b} 一起办了", StringComparison.Ordinal)));

        await Merging(world).Split(c, world.Sun, "", None);
        Assert.Equal(["fx"], await Followers(world, b));
        Assert.Equal(0, (await Stored(world, b)).Priority);
        Assert.Contains("不能拆分", (await Merging(world).Split(c, world.Sun, "", None)).Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chain_keeps_its_followers_and_gives_them_back_in_the_middle()
    {
        await using var world = await CaseWorld.Begin();
        var (a, b, c) = (await Open(world, "ra", "fa"), await Open(world, "rb", "fb"), await Open(world, "rc"));
        await Merge(world, a, b);
        await Merge(world, b, c);
        Assert.Equal(["fa", "fb", "ra", "rb"], await Followers(world, c));
        // Whoever follows the merged one follows what it is part of.
        Assert.Equal(c, (await world.Cases.Follow(a, "", [], CaseWorld.Resident("late"), Key(), None))!.Number);
        await Merging(world).Split(a, world.Sun, "", None);
        Assert.Equal(["fb", "late", "rb"], await Followers(world, c));
        Assert.Equal(["fb"], await Followers(world, b));
        await Merging(world).Split(b, world.Sun, "", None);
        Assert.Equal(["late"], await Followers(world, c));
    }

    [Fact]
    public async Task What_may_not_be_merged_is_refused_and_nothing_is_changed()
    {
        await using var world = await CaseWorld.Begin();
        var (a, b) = (await Open(world, "ra"), await Open(world, "rb"));
        var west = (await world.Open(world.West.Id, "rc")).Number;
        var elsewhere = (await world.Open(null, "rd")).Number;
        await world.Work.Claim(a, world.Wang, None);
        Assert.Equal(CaseResult.NotAllowed, (await Merging(world).Merge(a, b, world.Stranger, "", None)).Result);
        Assert.Equal(CaseResult.NotAllowed, (await Merging(world).Merge(a, b, world.Chen, "", None)).Result);
        foreach (var (outcome, why) in new[]
        {
            (await Merging(world).Merge(a, b, world.Li, "", None), "不在您手上"),
            (await Merging(world).Merge(a, west, world.Wang, "", None), "不归您的单位"),
            (await Merging(world).Merge(a, elsewhere, world.Admin, "", None), "不在一个单位"),
            (await Merging(world).Merge(a, a, world.Wang, "", None), "自己"),
            (await Merging(world).Merge(a, "260302-4321", world.Wang, "", None), "没有"),
        })
            Assert.Equal((CaseResult.Refused, true), (outcome.Result, outcome.Words.Contains(why, StringComparison.Ordinal)));
        await world.Work.Close(a, world.Wang, "好了", [], None);
        Assert.Contains("已办结", (await Merging(world).Merge(b, a, world.Wang, "", None)).Words, StringComparison.Ordinal);
        Assert.Empty(await Followers(world, a));
        foreach (var number in new[] { a, b, west })
            Assert.DoesNotContain((await Stored(world, number)).Log, row => row.Move is CaseMove.Merge or CaseMove.Follow);
    }

    [Fact]
    public async Task Similar_cases_are_open_near_of_the_same_unit_and_within_ones_rights()
    {
        await using var world = await CaseWorld.Begin();
        var (a, b) = (await Open(world, "ra"), await Open(world, "rb", "fb"));
        await world.Open(world.West.Id, "rc");
        await world.Open(null, "rd");
        var similar = world.Get<SimilarCases>();
        var found = Assert.Single(await similar.To(a, world.Wang, None));
        Assert.Equal((b, world.Wang.Name, 1), (found.Number, found.OwnerName, found.Followers));
        Assert.Equal(2, (await similar.To(a, world.Sun, None)).Count);
        Assert.Empty(await similar.To(a, world.Stranger, None));
        await Merge(world, a, b);
        Assert.Empty(await similar.To(a, world.Wang, None));
    }

    [Fact]
    public Task Of_two_merges_into_each_other_one_is_made() => Race(null);

    [SkippableFact]
    public async Task Of_two_merges_into_each_other_one_is_made_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await Race(CaseWorld.Postgres);
    }

    [Fact]
    public Task Two_instances_merging_all_ways_at_once_leave_no_circle() => Circles(null);

    [SkippableFact]
    public async Task Two_instances_merging_all_ways_at_once_leave_no_circle_on_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set");
        await Circles(CaseWorld.Postgres);
    }

    private static async Task Race(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        var (a, b) = (await Open(world, "ra"), await Open(world, "rb"));
        // Both have read both cases before either saves.
        var meanwhile = new Meanwhile(world.Get<ITransactions>(), () => Merge(world, b, a));
        var steps = new CaseSteps(meanwhile, world.Get<CaseReading>(), world.Get<CaseTimetable>(), world.Get<CaseCards>(), world);
        var merging = new CaseMerging(steps, world.Get<CaseReading>(), world.Get<CaseLetters>(), world.Get<IOptions<CaseSettings>>(), world.Get<CaseClock>());
        var slower = await merging.Merge(a, b, world.Sun, "", None);
        Assert.Equal((CaseResult.Refused, $"{b} 已经“已并案”，不能并进去。"), (slower.Result, slower.Words));
        Assert.Equal((CaseState.Dispatched, CaseState.Merged), ((await Stored(world, a)).State, (await Stored(world, b)).State));
        Assert.Equal(["rb"], await Followers(world, a));
        Assert.Empty(await Followers(world, b));
        Assert.Equal(["web:rb"], (await world.Owed()).Select(one => one.To));
    }

    private static async Task Circles(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        await using var another = world.Another();
        var numbers = new List<string>();
        foreach (var who in new[] { "ra", "rb", "rc" }) numbers.Add(await Open(world, who));
        var tries = from one in numbers from other in numbers where one != other select (one, other);
        await Task.WhenAll(tries.Select((pair, i) => Task.Run(() =>
            (i % 2 == 0 ? Merging(world) : (CaseMerging)another.GetService(typeof(CaseMerging))!).Merge(pair.one, pair.other, world.Sun, "", None))));
        await using var db = world.CreateDbContext();
        var cases = await db.Set<Case>().AsNoTracking().ToDictionaryAsync(c => c.Id);
        Assert.All(cases.Values, one =>
        {
            var (at, steps) = (one, 0);
            while (at.MergedIntoId is { } id)
            {
                at = cases[id];
                Assert.True(++steps < cases.Count, "merged in a circle");
            }
            Assert.True(at.State.IsOpen());
        });
        foreach (var open in cases.Values.Where(one => one.State.IsOpen()))
            Assert.Equal(cases.Values.Where(one => one.Id != open.Id && Top(one) == open.Id).Select(one => one.Reporter).Order(), open.Followers.Select(f => f.Conversation).Order());

        Guid Top(Case one) => one.MergedIntoId is { } id ? Top(cases[id]) : one.Id;
    }

    private static CaseMerging Merging(CaseWorld world) => world.Get<CaseMerging>();

    private static Task<CaseOutcome> Merge(CaseWorld world, string number, string into) => Merging(world).Merge(number, into, world.Sun, "", None);

    private static IdempotencyKey Key() => new(Guid.CreateVersion7().ToString());

    private static async Task<string> Open(CaseWorld world, string reporter, params string[] followers)
    {
        var number = (await world.Open(world.East.Id, reporter)).Number;
        foreach (var follower in followers) await world.Cases.Follow(number, "", [], CaseWorld.Resident(follower), Key(), None);
        return number;
    }

    private static async Task<IEnumerable<string>> Followers(CaseWorld world, string number) =>
        [.. (await Stored(world, number)).Followers.Select(one => one.Conversation[4..]).Order(StringComparer.Ordinal)];

    private static async Task<Case> Stored(CaseWorld world, string number)
    {
        await using var db = world.CreateDbContext();
        return await db.Set<Case>().AsNoTracking().Include(c => c.Log).AsSplitQuery().SingleAsync(c => c.Number == number);
    }
}
