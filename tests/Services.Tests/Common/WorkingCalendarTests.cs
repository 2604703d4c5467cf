using WuShe.Dialogs.Understanding;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Tests.Common;

public sealed class WorkingCalendarTests
{
    private static readonly WorkingCalendar Calendar = new();

    [Theory]
    [InlineData("2025-09-30", true)]
    [InlineData("2025-10-01", false)]
    [InlineData("2025-10-08", false)]
    [InlineData("2025-10-09", true)]
    [InlineData("2025-09-28", true)] // a Sunday made up
    [InlineData("2025-10-11", true)] // a Saturday made up
    [InlineData("2025-10-12", false)]
    [InlineData("2026-10-01", false)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-08", true)]
    [InlineData("2026-09-20", true)] // a Sunday made up
    [InlineData("2026-10-10", true)] // a Saturday made up
    [InlineData("2026-02-14", true)] // a Saturday made up
    [InlineData("2026-02-16", false)]
    [InlineData("2026-02-23", false)]
    [InlineData("2026-02-24", true)]
    [InlineData("2026-02-28", true)] // a Saturday made up
    public void Announced_days(string day, bool works) => Assert.Equal(works, Calendar.IsWorkingDay(Day(day)));

    [Theory]
    [InlineData("2031-10-01", true)] // a Wednesday: nothing is announced yet
    [InlineData("2031-10-04", false)]
    public void A_year_without_a_notice_follows_the_week(string day, bool works)
    {
        Assert.False(Calendar.Knows(2031));
        Assert.Equal(works, Calendar.IsWorkingDay(Day(day)));
    }

    [Theory]
    [InlineData("国庆后第一天", "2026-09-30T01:00:00Z", "2026-10-07T16:00:00Z")]
    [InlineData("下一个工作日", "2026-10-09T08:00:00Z", "2026-10-09T16:00:00Z")] // the Saturday made up
    [InlineData("节后", "2026-02-16T02:00:00Z", "2026-02-23T16:00:00Z")]
    public void Words_about_holidays_are_read_against_the_announced_days(string words, string now, string from) =>
        Assert.Equal(Instant(from), Times.Read(words, Instant(now), Calendar)!.From);

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
