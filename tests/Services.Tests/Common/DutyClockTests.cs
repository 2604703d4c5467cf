using System.Globalization;
using WuShe.Services.Common.Calendar;

namespace WuShe.Services.Tests.Common;

/// <summary>
/// Golden dates. The expected ones were counted by hand on the State Council's notices (the papers named in
/// Common/Calendar/Holidays/*.json): each line's comment lists the working days that were counted. Times are Beijing time.
/// <list type="bullet">
/// <item>2024: 春节 off 10–17 February, worked Sundays 4 and 18 February; 国庆 off 1–7 October, worked Sunday 29 September and Saturday 12 October.</item>
/// <item>2025: 春节 off 28 January–4 February, worked Sunday 26 January and Saturday 8 February; 国庆、中秋 off 1–8 October, worked Sunday 28 September and Saturday 11 October.</item>
/// <item>2026: 春节 off 15–23 February, worked Saturdays 14 and 28 February; 国庆 off 1–7 October, worked Sunday 20 September and Saturday 10 October; 中秋 off 25–27 September.</item>
/// </list>
/// </summary>
public sealed class DutyClockTests
{
    private static readonly DutyClock Clock = new(new WorkingCalendar().Days, DutyHours.Usual);

    [Theory]
    // 2024, 春节: 9 February (除夕, a Friday) is worked in this year.
    [InlineData("2024-02-02 10:00", 1, "2024-02-04")] // Friday; Su4
    [InlineData("2024-02-02 10:00", 3, "2024-02-06")] // Su4 Mo5 Tu6
    [InlineData("2024-02-02 10:00", 7, "2024-02-18")] // Su4 Mo5 Tu6 We7 Th8 Fr9 | Su18
    [InlineData("2024-02-09 17:59", 1, "2024-02-18")] // Su18
    [InlineData("2024-02-09 10:00", 3, "2024-02-20")] // Su18 Mo19 Tu20
    [InlineData("2024-02-12 03:00", 1, "2024-02-18")] // on a day off
    [InlineData("2024-02-18 10:00", 1, "2024-02-19")] // on a Sunday made up
    // 2024, 国庆
    [InlineData("2024-09-27 20:00", 1, "2024-09-29")] // Friday evening; Su29
    [InlineData("2024-09-27 20:00", 3, "2024-10-08")] // Su29 Mo30 | Tu8
    [InlineData("2024-09-30 09:00", 7, "2024-10-15")] // Tu8 We9 Th10 Fr11 Sa12 | Mo14 Tu15
    [InlineData("2024-09-30 09:00", 15, "2024-10-25")] // Tu8–Sa12 5, Mo14–Fr18 10, Mo21–Fr25 15
    // 2025, 春节: 27 January is a Monday and worked.
    [InlineData("2025-01-24 16:00", 1, "2025-01-26")] // Friday; Su26
    [InlineData("2025-01-24 16:00", 3, "2025-02-05")] // Su26 Mo27 | We5
    [InlineData("2025-01-27 18:30", 3, "2025-02-07")] // We5 Th6 Fr7
    [InlineData("2025-01-27 18:30", 4, "2025-02-08")] // … Sa8
    [InlineData("2025-01-30 12:00", 7, "2025-02-12")] // We5 Th6 Fr7 Sa8 | Mo10 Tu11 We12
    // 2025, 国庆、中秋
    [InlineData("2025-09-26 09:00", 3, "2025-09-30")] // Su28 Mo29 Tu30
    [InlineData("2025-09-30 09:00", 1, "2025-10-09")] // Th9
    [InlineData("2025-09-30 09:00", 3, "2025-10-11")] // Th9 Fr10 Sa11
    [InlineData("2025-10-05 09:00", 15, "2025-10-28")] // Th9 Fr10 Sa11 3, Mo13–Fr17 8, Mo20–Fr24 13, Mo27 Tu28
    // 2026, 春节
    [InlineData("2026-02-13 17:00", 1, "2026-02-14")] // Friday; Sa14
    [InlineData("2026-02-13 17:00", 2, "2026-02-24")] // Sa14 | Tu24
    [InlineData("2026-02-14 08:00", 7, "2026-03-03")] // Tu24 We25 Th26 Fr27 Sa28 | Mo2 Tu3
    [InlineData("2026-02-23 23:59", 1, "2026-02-24")] // the last minute of the last day off
    // 2026, 中秋 and 国庆
    [InlineData("2026-09-18 10:00", 1, "2026-09-20")] // Friday; Su20
    [InlineData("2026-09-18 10:00", 7, "2026-09-29")] // Su20 Mo21 Tu22 We23 Th24 | Mo28 Tu29
    [InlineData("2026-09-30 10:00", 3, "2026-10-10")] // Th8 Fr9 Sa10
    [InlineData("2026-09-30 10:00", 4, "2026-10-12")] // … Mo12
    public void The_nth_working_day_ends_at_six(string from, int days, string due) =>
        Assert.Equal(Beijing(due + " 18:00"), Clock.DueAfter(Beijing(from), days));

    [Theory]
    [InlineData("2026-11-23 09:00", "2026-11-23")] // a Monday
    [InlineData("2026-11-23 17:59", "2026-11-23")]
    [InlineData("2026-11-23 18:00", "2026-11-24")] // its duty is over
    [InlineData("2026-11-21 10:00", "2026-11-23")] // a Saturday
    [InlineData("2026-10-01 10:00", "2026-10-08")] // 国庆
    public void No_day_at_all_is_the_end_of_this_duty_or_the_next(string from, string due) =>
        Assert.Equal(Beijing(due + " 18:00"), Clock.DueAfter(Beijing(from), 0));

    [Theory]
    [InlineData("2026-11-23 09:00", 2, "2026-11-23 11:00")]
    [InlineData("2026-11-23 11:00", 1, "2026-11-23 12:00")] // up to the lunch break, not behind it
    [InlineData("2026-11-23 11:00", 2, "2026-11-23 15:00")] // 11–12, 14–15
    [InlineData("2026-11-23 12:30", 2, "2026-11-23 16:00")] // at lunch: from 14:00
    [InlineData("2026-11-23 17:00", 2, "2026-11-24 10:00")] // 17–18, 9–10
    [InlineData("2026-11-23 20:00", 2, "2026-11-24 11:00")] // in the evening
    [InlineData("2026-11-23 03:00", 2, "2026-11-23 11:00")] // at night
    [InlineData("2026-11-27 17:00", 2, "2026-11-30 10:00")] // over the weekend
    [InlineData("2024-02-09 17:00", 2, "2024-02-18 10:00")] // over 春节 2024 to the Sunday made up
    [InlineData("2025-01-27 11:30", 7, "2025-02-05 11:30")] // a whole day: 11:30–12 and 14–18 4:30, We5 9–11:30 2:30
    [InlineData("2026-02-14 17:30", 2, "2026-02-24 10:30")] // over 春节 2026
    [InlineData("2024-09-30 16:00", 14, "2024-10-09 16:00")] // 16–18 2, Tu8 7, We9 9–12 3 and 14–16 2
    [InlineData("2025-09-30 17:00", 15, "2025-10-10 18:00")] // 17–18 1, Th9 7, Fr10 7: Friday's end, not Saturday's beginning
    [InlineData("2026-09-30 17:00", 2, "2026-10-08 10:00")] // over 国庆 2026
    [InlineData("2026-10-09 17:00", 8, "2026-10-10 18:00")] // 17–18 1, Sa10 made up 7
    public void Hours_of_duty_leave_lunch_nights_and_holidays_out(string from, int hours, string due) =>
        Assert.Equal(Beijing(due), Clock.Add(Beijing(from), TimeSpan.FromHours(hours)));

    [Theory]
    [InlineData("2026-11-23 11:00", "2026-11-23 15:00", 2)]
    [InlineData("2026-11-23 12:00", "2026-11-23 14:00", 0)]
    [InlineData("2026-11-23 00:00", "2026-11-24 00:00", 7)]
    [InlineData("2024-02-09 12:00", "2024-02-18 14:00", 7)] // 14–18 4; Su18 9–12 3
    [InlineData("2025-01-26 00:00", "2025-02-09 00:00", 42)] // Su26 Mo27 | We5 Th6 Fr7 Sa8: 6 × 7
    [InlineData("2026-09-20 00:00", "2026-10-11 00:00", 77)] // Su20–Th24 5, Mo28–We30 3, Th8 Fr9 Sa10 3: 11 × 7
    [InlineData("2026-10-01 00:00", "2026-10-08 09:00", 0)]
    public void Duty_time_between(string from, string to, int hours)
    {
        Assert.Equal(TimeSpan.FromHours(hours), Clock.Between(Beijing(from), Beijing(to)));
        Assert.Equal(TimeSpan.FromHours(-hours), Clock.Between(Beijing(to), Beijing(from)));
    }

    [Theory]
    [InlineData("2026-11-23 08:59", false, "2026-11-23 09:00")]
    [InlineData("2026-11-23 09:00", true, "2026-11-23 09:00")]
    [InlineData("2026-11-23 12:00", false, "2026-11-23 14:00")]
    [InlineData("2026-11-23 18:00", false, "2026-11-24 09:00")]
    [InlineData("2026-09-20 10:00", true, "2026-09-20 10:00")] // a Sunday made up
    [InlineData("2026-10-01 10:00", false, "2026-10-08 09:00")]
    [InlineData("2025-01-27 18:00", false, "2025-02-05 09:00")]
    public void Open_or_when_next(string at, bool open, string next)
    {
        Assert.Equal(open, Clock.IsOpen(Beijing(at)));
        Assert.Equal(Beijing(next), Clock.NextOpening(Beijing(at)));
    }

    [Fact]
    public void Negative_times_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.DueAfter(Beijing("2026-11-23 09:00"), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Clock.Add(Beijing("2026-11-23 09:00"), TimeSpan.FromTicks(-1)));
    }

    private static DateTimeOffset Beijing(string time) => new(DateTime.ParseExact(time, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
}
