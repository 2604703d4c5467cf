using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Services.Cases;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Tests.Cases;
using WuShe.Services.WorkingTime;

namespace WuShe.Services.Tests.WorkingTime;

public sealed class HolidayImportsTests : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;
    private CaseWorld _world = null!;

    public async Task InitializeAsync()
    {
        _world = await CaseWorld.Begin();
        // The world begins in March 2026.
        _world.Time.Advance(new DateTimeOffset(2026, 12, 30, 2, 0, 0, TimeSpan.Zero) - _world.Time.GetUtcNow());
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    private HolidayImports Imports => _world.Get<HolidayImports>();

    [Fact]
    public async Task What_would_change_is_shown_before_anything_does()
    {
        Assert.Equal([2027, 2026, 2025, 2024, 2023], Imports.Years());
        var preview = await Imports.Check(2027, HolidayFiles.Of2027, _world.Admin, None);

        Assert.Empty(preview.Faults);
        Assert.Contains(new DayChange(new(2027, 1, 1), "上班", "放假：元旦"), preview.Days);
        Assert.Contains(new DayChange(new(2027, 1, 31), "周末", "上班（调休）"), preview.Days);
        Assert.Equal(19, preview.Days.Count);
        Assert.Equal([2027], preview.DueYears);
        Assert.Equal([1, 3, 7, 15], preview.Due.Select(due => due.WorkingDays));
        // On 31 December, a Thursday: one day was Friday the 1st, which is off now.
        var first = preview.Due[0];
        Assert.Equal((new DateOnly(2026, 12, 31), new DateOnly(2027, 1, 1), new DateOnly(2027, 1, 4)), (first.FirstStart, first.Before, first.After));
        Assert.False(_world.Get<WorkingCalendar>().Knows(2027));
        await using var db = _world.CreateDbContext();
        Assert.Empty(await db.Set<ImportedYear>().ToListAsync());
    }

    [Fact]
    public async Task From_the_confirmation_on_due_dates_follow_it_and_promised_ones_stay()
    {
        var hours = _world.Get<IWorkingHours>();
        var opened = await _world.Open(_world.East.Id);
        var promised = await DueAt(opened.Number);
        Assert.Equal(Beijing(2027, 1, 4, 18), promised); // counted: 31 December, 1 and 4 January
        Assert.Equal(WorkingTimeResult.Done, (await Import(HolidayFiles.Of2027)).Result);

        Assert.Equal(Beijing(2027, 1, 5, 18), hours.DueAfter(_world.Time.GetUtcNow(), 3));
        Assert.Equal(Beijing(2027, 1, 5, 18), await DueAt((await _world.Open(_world.East.Id, "r2")).Number));
        Assert.Equal(promised, await DueAt(opened.Number));
        Assert.StartsWith("管理员 12月30日", Imports.Source(2027), StringComparison.Ordinal);
        Assert.Equal("系统自带。", Imports.Source(2026));
        Assert.Equal(2026, Imports.Years()[1]);
    }

    [Fact]
    public async Task A_correction_stands_instead_of_the_year_that_comes_with_the_product()
    {
        // As in 2020, when 春节 was made longer: two more days off.
        var year = HolidayFiles.Read(2026);
        var longer = year with { Days = [.. year.Days, new(new(2026, 12, 31), "元旦", true)] };
        var file = Encoding.UTF8.GetBytes(HolidayFile.Write(longer));
        var preview = await Imports.Check(2026, file, _world.Admin, None);
        Assert.Equal([new DayChange(new(2026, 12, 31), "上班", "放假：元旦")], preview.Days);
        Assert.Equal([2026, 2027], preview.DueYears);

        await Imports.Confirm(preview, _world.Admin, None);
        Assert.False(_world.Get<IWorkingHours>().IsWorkingDay(new(2026, 12, 31)));
        Assert.Empty((await Imports.Check(2026, file, _world.Admin, None)).Days);
        await Import(Encoding.UTF8.GetBytes(HolidayFile.Write(year)), 2026);
        Assert.True(_world.Get<IWorkingHours>().IsWorkingDay(new(2026, 12, 31)));
    }

    [Fact]
    public async Task Another_instance_counts_by_it_as_soon_as_it_reads_anew()
    {
        await using var another = _world.Another();
        await Import(HolidayFiles.Of2027);
        Assert.True(another.GetRequiredService<IWorkingHours>().IsWorkingDay(new(2027, 1, 1)));
        await another.GetRequiredService<WorkingTimeMap>().Reload(None);
        Assert.False(another.GetRequiredService<IWorkingHours>().IsWorkingDay(new(2027, 1, 1)));
    }

    [Fact]
    public async Task Of_two_who_looked_at_once_the_second_looks_again()
    {
        var (one, other) = (await Imports.Check(2027, HolidayFiles.Of2027, _world.Admin, None), await Imports.Check(2027, HolidayFiles.Of2027, _world.Admin, None));
        Assert.Equal(WorkingTimeResult.Done, (await Imports.Confirm(one, _world.Admin, None)).Result);
        var second = await Imports.Confirm(other, _world.Admin, None);
        Assert.Equal(WorkingTimeResult.Refused, second.Result);
        Assert.Contains("别人刚刚导入过", second.Words, StringComparison.Ordinal);
    }

    /// <summary>Of a year that is new (both insert) and of one that was imported before (both update).</summary>
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_many_who_confirm_at_once_one_has_done_it(bool onServer)
    {
        Skip.If(onServer && CaseWorld.Postgres is null, "WUSHE_TEST_POSTGRES is not set.");
        await using var world = await CaseWorld.Begin(onServer ? CaseWorld.Postgres : null);
        var imports = world.Get<HolidayImports>();
        var file = Encoding.UTF8.GetBytes(HolidayFiles.Text(2026));
        for (var round = 1; round <= 2; round++)
        {
            var preview = await imports.Check(2026, file, world.Admin, None);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => imports.Confirm(preview, world.Admin, None))));
            Assert.Single(outcomes, outcome => outcome.Result == WorkingTimeResult.Done);
            Assert.Equal(5, outcomes.Count(outcome => outcome.Result == WorkingTimeResult.Refused));
            await using var db = world.CreateDbContext();
            Assert.Equal(round, (await db.Set<ImportedYear>().SingleAsync()).Version);
        }
    }

    [Fact]
    public async Task Only_admins_import_and_only_years_that_can_have_been_announced()
    {
        Assert.Contains("只有管理员", Assert.Single((await Imports.Check(2027, HolidayFiles.Of2027, _world.Sun, None)).Faults).Reason, StringComparison.Ordinal);
        var preview = await Imports.Check(2027, HolidayFiles.Of2027, _world.Admin, None);
        Assert.Equal(WorkingTimeResult.NotAllowed, (await Imports.Confirm(preview, _world.Sun, None)).Result);
        Assert.Contains("不能导入 2028 年", Assert.Single((await Imports.Check(2028, HolidayFiles.Of2027, _world.Admin, None)).Faults).Reason, StringComparison.Ordinal);
        Assert.False(_world.Get<WorkingCalendar>().Knows(2027));
    }

    [Fact]
    public async Task A_wrong_file_changes_nothing()
    {
        var preview = await Imports.Check(2026, HolidayFiles.Of2027, _world.Admin, None);
        Assert.Contains("文件写的是 2027 年，不是要导入的 2026 年。", Assert.Single(preview.Faults).Reason, StringComparison.Ordinal);
        Assert.Equal(WorkingTimeResult.Refused, (await Imports.Confirm(preview, _world.Admin, None)).Result);
        await using var db = _world.CreateDbContext();
        Assert.Empty(await db.Set<ImportedYear>().ToListAsync());
    }

    [Fact]
    public void The_trial_box_answers_in_a_sentence_and_warns_of_a_year_that_is_not_known()
    {
        var trial = _world.Get<DueTrial>();
        Assert.Equal("从现在起 1 个工作日是 12月31日（周四），到 18:00 为止。", trial.Ask(1, _world.Wang).Words);
        Assert.Equal("从现在起 3 个工作日是 2027年1月4日（周一），到 18:00 为止。2027 年的放假安排还没有导入，这个日期只按周末算，可能会变。", trial.Ask(3, _world.Wang).Words);
        Assert.Equal(WorkingTimeResult.Refused, trial.Ask(0, _world.Wang).Result);
        Assert.Empty(_world.Get<WorkingTimeMap>().TakeMissed());
    }

    private async Task<WorkingTimeOutcome> Import(byte[] file, int year = 2027) => await Imports.Confirm(await Imports.Check(year, file, _world.Admin, None), _world.Admin, None);

    private async Task<DateTimeOffset> DueAt(string number)
    {
        await using var db = _world.CreateDbContext();
        return await db.Set<Case>().Where(one => one.Number == number).Select(one => one.DueAt).SingleAsync();
    }

    private static DateTimeOffset Beijing(int year, int month, int day, int hour) => new(year, month, day, hour, 0, 0, TimeSpan.FromHours(8));
}
