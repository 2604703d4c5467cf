using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Tests.Cases;
using WuShe.Services.WorkingTime;

namespace WuShe.Services.Tests.WorkingTime;

public sealed class MissingHolidaysTests : IAsyncLifetime, IAlarmBoard
{
    private readonly Dictionary<string, string> _raised = [];
    private CaseWorld _world = null!;
    private MissingHolidays _missing = null!;

    public async Task InitializeAsync()
    {
        _world = await CaseWorld.Begin();
        _missing = new MissingHolidays(this, _world.Get<WorkingCalendar>(), _world.Get<WorkingTimeMap>(), _world.Time);
    }

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    public async Task From_november_on_admins_are_told_of_next_year_until_it_is_imported()
    {
        To("2026-10-31T15:59:59Z");
        await _missing.Tell();
        Assert.Empty(_raised);
        To("2026-10-31T16:00:00Z"); // 1 November in Beijing
        await _missing.Tell();
        Assert.StartsWith("2027 年的放假安排还没有导入", Assert.Single(_raised).Value, StringComparison.Ordinal);

        var imports = _world.Get<HolidayImports>();
        await imports.Confirm(await imports.Check(2027, HolidayFiles.Of2027, _world.Admin, default), _world.Admin, default);
        await _missing.Tell();
        Assert.Empty(_raised);
    }

    [Fact]
    public async Task A_date_promised_in_a_year_that_is_not_known_is_told()
    {
        var hours = _world.Get<IWorkingHours>();
        To("2026-06-01T01:00:00Z");
        hours.DueAfter(_world.Time.GetUtcNow(), 15, _world.Lake.Id);
        await _missing.Tell();
        Assert.Empty(_raised);
        hours.DueAfter(_world.Time.GetUtcNow(), 200);
        await _missing.Tell();
        Assert.StartsWith("2027 年", Assert.Single(_raised).Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_dealt_with_it_has_peace_until_the_next_day()
    {
        To("2026-11-02T01:00:00Z");
        await _missing.Tell();
        _raised.Clear();
        await _missing.Tell();
        Assert.Empty(_raised);
        To("2026-11-03T01:00:00Z");
        await _missing.Tell();
        Assert.Single(_raised);
    }

    [Fact]
    public async Task The_year_that_has_come_without_a_notice_is_told_at_any_time()
    {
        To("2027-03-01T01:00:00Z");
        await _missing.Tell();
        Assert.StartsWith("2027 年", Assert.Single(_raised).Value, StringComparison.Ordinal);
    }

    Task IAlarmBoard.Raise(string key, string words, DateTimeOffset until)
    {
        Assert.True(until > _world.Time.GetUtcNow());
        _raised[key] = words;
        return Task.CompletedTask;
    }

    Task IAlarmBoard.Clear(string key)
    {
        _raised.Remove(key);
        return Task.CompletedTask;
    }

    Task<IReadOnlyList<Alarm>> IAlarmBoard.Current() => throw new NotSupportedException();

    private void To(string instant) => _world.Time.Advance(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture) - _world.Time.GetUtcNow());
}
