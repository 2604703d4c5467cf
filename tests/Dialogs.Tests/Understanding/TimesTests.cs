using System.Globalization;
using CsCheck;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Understanding;

public sealed class TimesTests
{
    private static readonly SampleHolidays Holidays = new();

    private static readonly string[] Bits =
    [
        "明天", "下", "上", "周", "周三", "星期", "天", "号", "月", "12", "3", "5", "三", "十", "点", "半", "下午", "晚上", "凌晨", "半夜", "到", "前", "后", "了", "年", "国庆",
        "节", "过", "每", "从", "起", "个", "小时", "工作日", "底", "初", "正月", "2月30号", "9999", ":", "-", "/", "今", "昨", "，", " ", "的", "第", "一", "几", "多", "😀", "两",
    ];

    private static readonly Gen<DateTimeOffset> Moments =
        Gen.Long[0, 60L * 24 * 366 * 60].Select(minutes => new DateTimeOffset(2000, 1, 1, 0, 0, 17, TimeSpan.Zero).AddMinutes(minutes));

    public static TheoryData<string, string, TimeBias, string> Table()
    {
        TheoryData<string, string, TimeBias, string> rows = [];
        var (now, bias) = ("", TimeBias.Future);
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Understanding", "times.table.txt")))
        {
            if (line.StartsWith('#')) continue;
            if (line.StartsWith('@'))
            {
                now = line[1..17];
                bias = line.EndsWith("past", StringComparison.Ordinal) ? TimeBias.Past : TimeBias.Future;
                continue;
            }
            var parts = line.Split(" = ");
            rows.Add(now, parts[0], bias, parts[1]);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Words_are_read(string now, string words, TimeBias bias, string expected) =>
        Assert.Equal(expected, TimesText.Of(Times.Read(words, At(now), Holidays, bias), words));

    [Fact]
    public void The_table_is_long_enough() => Assert.True(Table().Count >= 300, $"{Table().Count} rows");

    [Fact]
    public void Any_words_are_read_without_a_throw_and_what_is_ahead_is_not_before_now() =>
        Gen.Select(Gen.OneOf(Gen.String[0, 200], Gen.Int[0, Bits.Length - 1].Select(i => Bits[i]).Array[1, 40].Select(bits => string.Concat(bits))), Moments, Gen.Enum<TimeBias>())
            .Sample(
                (text, now, bias) =>
                {
                    if (Times.Read(text, now, Holidays, bias) is not { } reading) return;
                    Assert.True(reading.To >= reading.From);
                    Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (reading.From.Offset, reading.To.Offset));
                    Assert.Contains(reading.Words, text, StringComparison.Ordinal);
                    Assert.NotEqual("", reading.Words);
                    if (reading.Refusal != TimeRefusal.None) return;
                    if (reading.Direction == TimeDirection.Future) Assert.True(reading.From >= now, $"{text} at {now:O}: {reading}");
                    if (reading.Direction == TimeDirection.Past) Assert.True(reading.From <= now, $"{text} at {now:O}: {reading}");
                    if (reading.Since) Assert.True(reading.To <= now);
                },
                iter: 20_000);

    [Fact]
    public void Ten_thousand_characters_are_read_to_their_end()
    {
        var now = At("2026-11-25 15:00");
        // Each made a reading that goes back and tries again take minutes.
        string[] texts = [new('一', 10_000), new('9', 10_000), string.Concat(Enumerable.Repeat("下", 10_000)), string.Concat(Enumerable.Repeat("明天下午三", 2_000)), string.Concat(Enumerable.Repeat("每个过了前半夜", 1_500))];
        foreach (var text in texts) Times.Read(text, now, Holidays);
    }

    [Fact]
    public void Later_words_of_a_day_are_read_later_by_any_hour() =>
        Gen.Select(Moments, Gen.Int[8, 19]).Sample((now, hour) =>
        {
            var tomorrow = Times.Read($"明天{hour}点", now, Holidays)!;
            var after = Times.Read($"后天{hour}点", now, Holidays)!;
            Assert.Equal(TimeSpan.FromDays(1), after.From - tomorrow.From);
            Assert.Equal(hour, tomorrow.From.ToOffset(TimeSpan.FromHours(8)).Hour);
        });

    [Fact]
    public void The_dates_of_lunar_festivals_are_those_of_the_calendar()
    {
        Assert.Equal(new DateOnly(2026, 2, 17), Festivals.Day(Festival.SpringFestival, 2026));
        Assert.Equal(new DateOnly(2025, 10, 6), Festivals.Day(Festival.MidAutumn, 2025));
        Assert.Equal(new DateOnly(2028, 5, 28), Festivals.Day(Festival.DragonBoat, 2028));
        Assert.Equal(new DateOnly(2027, 4, 5), Festivals.Day(Festival.Qingming, 2027));
        Assert.Equal(new DateOnly(2026, 12, 22), Festivals.Day(Festival.Solstice, 2026));
    }

    private static DateTimeOffset At(string beijing) =>
        DateTimeOffset.ParseExact(beijing + " +08:00", "yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture);
}
