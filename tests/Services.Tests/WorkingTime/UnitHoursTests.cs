using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Tests.Cases;
using WuShe.Services.WorkingTime;

namespace WuShe.Services.Tests.WorkingTime;

public sealed class UnitHoursTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private CaseWorld _world = null!;

    public async Task InitializeAsync() => _world = await CaseWorld.Begin();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private UnitHours Hours => _world.Get<UnitHours>();

    private IWorkingHours Clock => _world.Get<IWorkingHours>();

    [Fact]
    public async Task A_unit_has_its_own_hours_or_those_of_the_nearest_above()
    {
        Assert.Equal("18:00", Due(_world.Lake.Id));
        await Hours.Set(_world.Centre.Id, [("8:30", "12:00"), ("13:30", "17:30")], _world.Admin, None);
        Assert.Equal("17:30", Due(_world.Lake.Id));
        await Hours.Set(_world.Station.Id, [("8:00", "20:00")], _world.Admin, None);
        await Hours.Set(_world.Lake.Id, [("10:00", "24:00")], _world.Admin, None);
        Assert.Equal(("00:00", "20:00", "20:00", "17:30"), (Due(_world.Lake.Id), Due(_world.Brocade.Id), Due(_world.Station.Id), Due(_world.Centre.Id)));
        Assert.Equal("18:00", Due(Guid.CreateVersion7()));
        Assert.Equal("18:00", At(Clock.DueAfter(_world.Time.GetUtcNow(), 1)));

        var (units, all) = await Hours.Find("", _world.Admin, None);
        Assert.Equal(4, all);
        Assert.Equal(["指导中心", "东街社工站", "翠湖社区", "锦绣社区"], units.Select(unit => unit.Name));
        Assert.Equal([null, null, null, "东街社工站"], units.Select(unit => unit.From));
        Assert.Equal([true, true, true, false], units.Select(unit => unit.Own));
        Assert.Equal("08:00 到 20:00", units[3].Hours.Chinese);

        await Hours.Inherit(_world.Lake.Id, _world.Admin, None);
        Assert.Equal("20:00", Due(_world.Lake.Id));
    }

    [Fact]
    public async Task Another_instance_has_them_as_soon_as_it_reads_anew()
    {
        await using var another = _world.Another();
        await Hours.Set(_world.Lake.Id, [("9:00", "17:00")], _world.Admin, None);
        await another.GetRequiredService<WorkingTimeMap>().Reload(None);
        Assert.Equal("17:00", At(another.GetRequiredService<IWorkingHours>().DueAfter(_world.Time.GetUtcNow(), 1, _world.Lake.Id)));
    }

    [Fact]
    public async Task A_lead_changes_the_own_unit_and_what_is_below()
    {
        Assert.Equal(WorkingTimeResult.Done, (await Hours.Set(_world.Lake.Id, [("9:00", "17:00")], _world.Sun, None)).Result);
        Assert.Equal(WorkingTimeResult.NotAllowed, (await Hours.Set(_world.Centre.Id, [("9:00", "17:00")], _world.Sun, None)).Result);
        Assert.Equal(WorkingTimeResult.NotAllowed, (await Hours.Inherit(_world.Centre.Id, _world.Sun, None)).Result);
        Assert.Equal(WorkingTimeResult.NotAllowed, (await Hours.Set(_world.Lake.Id, [("9:00", "16:00")], _world.Li, None)).Result);
        Assert.Equal(WorkingTimeResult.NotAllowed, (await Hours.Set(Guid.CreateVersion7(), [("9:00", "16:00")], _world.Admin, None)).Result);
        Assert.Equal(["东街社工站", "翠湖社区", "锦绣社区"], (await Hours.Find("", _world.Sun, None)).Units.Select(unit => unit.Name));
        Assert.Equal(["锦绣社区"], (await Hours.Find("锦绣", _world.Sun, None)).Units.Select(unit => unit.Name));
        Assert.Empty((await Hours.Find("", _world.Wang, None)).Units);
        Assert.Equal(("17:00", "18:00"), (Due(_world.Lake.Id), Due(_world.Centre.Id)));
    }

    [Theory]
    [InlineData("9:00-12:00,11:00-18:00", "第 2 行：和上面一行重叠了，要从 12:00 以后开始。")]
    [InlineData("14:00-18:00,9:00-12:00", "第 2 行：和上面一行重叠了，要从 18:00 以后开始。")]
    [InlineData("12:00-9:00", "第 1 行：下班要比上班晚，现在是 12:00 到 9:00。")]
    [InlineData("9:00-9:00", "第 1 行：下班要比上班晚，现在是 9:00 到 9:00。")]
    [InlineData("9:00-12:00,-", "")]
    [InlineData("9:00-12:00,12:00-24:00", "")]
    [InlineData("9：00-12：30", "")]
    [InlineData("-", "至少要写一行上班时间。")]
    [InlineData("9:00-24:01", "第 1 行：请写几点到几点，像 9:00 到 12:00。")]
    [InlineData("9:00-12:60", "第 1 行：请写几点到几点，像 9:00 到 12:00。")]
    [InlineData("9-12", "第 1 行：请写几点到几点，像 9:00 到 12:00。")]
    [InlineData("9:00-", "第 1 行：请写几点到几点，像 9:00 到 12:00。")]
    [InlineData("1:00-2:00,3:00-4:00,5:00-6:00,7:00-8:00,9:00-10:00,11:00-12:00,13:00-14:00", "最多写 6 行。")]
    public async Task Rows_that_make_no_sense_are_refused_with_the_row(string rows, string refusal)
    {
        var outcome = await Hours.Set(_world.Lake.Id, [.. rows.Split(',').Select(row => row.Split('-')).Select(ends => (ends[0], ends[1]))], _world.Admin, None);
        Assert.Equal(refusal.Length == 0 ? WorkingTimeResult.Done : WorkingTimeResult.Refused, outcome.Result);
        if (refusal.Length == 0) return;
        Assert.Equal(refusal, outcome.Words);
        Assert.Equal("18:00", Due(_world.Lake.Id));
    }

    [Fact]
    public async Task The_setting_is_what_units_without_hours_have()
    {
        await using var world = await CaseWorld.Begin(settings: new() { ["WorkingTime:DutyHours"] = "08:30-12:00, 13:30-17:30" });
        Assert.Equal("17:30", At(world.Get<IWorkingHours>().DueAfter(world.Time.GetUtcNow(), 1, world.Lake.Id)));
        Assert.Equal("17:30", At(world.Get<IWorkingCalendar>().DueAfter(world.Time.GetUtcNow(), 1)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("9-18")]
    [InlineData("09:00-12:00,11:00-18:00")]
    public async Task A_wrong_setting_is_named(string setting)
    {
        await using var world = await CaseWorld.Begin(settings: new() { ["WorkingTime:DutyHours"] = setting });
        var refused = Assert.Throws<OptionsValidationException>(() => world.Get<IOptions<WorkingTimeSettings>>().Value);
        Assert.Contains("WorkingTime:DutyHours", refused.Message, StringComparison.Ordinal);
    }

    private string Due(Guid unit) => At(Clock.DueAfter(_world.Time.GetUtcNow(), 1, unit));

    private static string At(DateTimeOffset due) => DutyHours.Written(Dialogs.BeijingTime.At(due).TimeOfDay);
}
