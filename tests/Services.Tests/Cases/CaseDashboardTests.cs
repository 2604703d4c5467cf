using CsCheck;
using MiniExcelLibs;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;

namespace WuShe.Services.Tests.Cases;

public sealed class CaseDashboardTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly DateOnly Monday = new(2026, 3, 2);

    [Fact]
    public Task Numbers_and_the_lists_behind_them_agree_in_sqlite() => Agree(null);

    [SkippableFact]
    public async Task Numbers_and_the_lists_behind_them_agree_in_postgres()
    {
        Skip.If(CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set.");
        await Agree(CaseWorld.Postgres);
    }

    [Fact]
    public async Task Numbers_are_shown_to_those_who_lead_of_their_own_units_only()
    {
        await using var world = await CaseWorld.Begin();
        await world.Open(world.East.Id);
        await world.Get<CountCases>().Run(None);
        var dashboard = world.Get<CaseDashboard>();
        var slice = new CaseSlice(Monday, Monday);
        Assert.Null(await dashboard.Read(world.Wang, slice, None));
        Assert.Null(await dashboard.Read(world.Chen, slice, None));
        Assert.Null(await dashboard.Read(world.Stranger, slice with { UnitId = world.Lake.Id }, None));
        Assert.Equal(0, (await dashboard.Read(world.Stranger, slice, None))!.All.Opened);
        Assert.Equal(1, (await dashboard.Read(world.Sun, slice with { UnitId = world.Lake.Id }, None))!.All.Opened);
        Assert.False(await world.Get<CaseSheet>().Write(Stream.Null, world.Wang, slice, None));
    }

    [Fact]
    public async Task The_sheet_holds_numbers_and_cases()
    {
        await using var world = await CaseWorld.Begin();
        var number = (await world.Open(world.East.Id)).Number;
        await world.Get<CountCases>().Run(None);
        var content = new MemoryStream();
        Assert.True(await world.Get<CaseSheet>().Write(content, world.Sun, new CaseSlice(Monday, Monday), None));
        content.Position = 0;
        Assert.Equal(["单位", "类别", "每周", "案件"], content.GetSheetNames());
        var cases = content.Query(useHeaderRow: true, sheetName: "案件").Cast<IDictionary<string, object>>().ToList();
        Assert.Equal(number, Assert.Single(cases)["编号"]);
    }

    /// <summary>Against the interval computed from its defining equation: its ends are where the observed share is just z errors away.</summary>
    [Fact]
    public void The_interval_is_wilsons() => Gen.Int[20, 5000].SelectMany(n => Gen.Int[0, n].Select(k => (n, k))).Sample(one =>
    {
        var (n, k) = one;
        var share = Share.Of(k, n)!;
        Assert.InRange(share.Value, share.Low - 1e-12, share.High + 1e-12);
        foreach (var end in new[] { share.Low, share.High })
            if (end is > 1e-9 and < 1 - 1e-9)
                Assert.Equal(1.959964 * Math.Sqrt(end * (1 - end) / n), Math.Abs(share.Value - end), 9);
    });

    [Fact]
    public void Of_too_few_no_share_is_shown()
    {
        Assert.Null(Share.Of(19, 19));
        Assert.NotNull(Share.Of(20, 20));
    }

    private static async Task Agree(string? postgres)
    {
        await using var world = await CaseWorld.Begin(postgres);
        for (var i = 0; i < 12; i++)
        {
            var number = (await world.Open(i % 2 == 0 ? world.East.Id : world.Vacant.Id)).Number;
            if (i > 1) await world.Work.Claim(number, world.Wang, None);
            if (i > 3) await world.Work.Close(number, world.Wang, "好了", [], None);
            if (i is 5 or 6) await Rate(world, number, Satisfaction.Satisfied);
            if (i is 7) await Rate(world, number, Satisfaction.NotSolved);
            if (i is 8) await world.Cases.Withdraw(number, "", CaseWorld.Resident(), new IdempotencyKey(number), None);
            world.Time.Advance(TimeSpan.FromHours(30));
        }

        await world.Get<CountCases>().Run(None);
        await world.Get<CountCases>().Run(None);
        var slice = new CaseSlice(Monday, Monday.AddDays(14));
        var overview = (await world.Get<CaseDashboard>().Read(world.Sun, slice, None))!;
        Assert.Equal((12, 10, 7, 2, 1), (overview.All.Opened, overview.All.Claimed, overview.All.Closed, overview.All.Confirmed, overview.All.Reopened));
        Assert.Equal(3, overview.Weeks.Count);
        foreach (var row in overview.Weeks)
        {
            var week = DateOnly.Parse(row.Key, System.Globalization.CultureInfo.InvariantCulture);
            var one = new CaseSlice(week, week);
            Assert.Equal(row.Figures.Opened, await Behind(world, one));
            Assert.Equal(row.Figures.Claimed, await Behind(world, one with { Measure = CaseMeasure.Claimed }));
            Assert.Equal(row.Figures.Closed, await Behind(world, one with { Measure = CaseMeasure.Closed }));
            Assert.Equal(row.Figures.Confirmed, await Behind(world, one with { Measure = CaseMeasure.Confirmed }));
            Assert.Equal(row.Figures.OnTime, await Behind(world, one with { Measure = CaseMeasure.OnTime }));
            Assert.Equal(row.Figures.Reopened, await Behind(world, one with { Measure = CaseMeasure.Reopened }));
            Assert.Equal(row.Figures.Rated, await Behind(world, one with { Measure = CaseMeasure.Rated }));
        }
    }

    private static async Task<int> Behind(CaseWorld world, CaseSlice slice) =>
        (await world.Work.Inbox(world.Sun, new CaseFilter(CaseShelf.Open) { Slice = slice }, None)).Total;

    private static Task<RatingOutcome> Rate(CaseWorld world, string number, Satisfaction level) =>
        world.Cases.Rate(number, level, "", CaseWorld.Resident(), new IdempotencyKey($"rate {number}"), None);
}
