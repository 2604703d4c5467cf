using System.Globalization;

namespace WuShe.Dialogs;

/// <summary>Dates as people read them, in Beijing time.</summary>
public static class ChineseDate
{
    private const string Weekdays = "日一二三四五六";

    /// <summary>11月26日（周四）</summary>
    public static string Day(DateTimeOffset instant)
    {
        var day = BeijingTime.At(instant);
        return string.Create(CultureInfo.InvariantCulture, $"{day.Month}月{day.Day}日（周{Weekdays[(int)day.DayOfWeek]}）");
    }

    /// <summary>11月26日（周四）09:05</summary>
    public static string Minute(DateTimeOffset instant) =>
        Day(instant) + BeijingTime.At(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>上午9点, 下午3点半, 晚上8点05分: as people say it.</summary>
    public static string Hour(DateTimeOffset instant)
    {
        var at = BeijingTime.At(instant);
        var part = at.Hour switch { < 6 => "凌晨", < 12 => "上午", 12 => "中午", < 18 => "下午", _ => "晚上" };
        var hour = at.Hour > 12 ? at.Hour - 12 : at.Hour;
        var minute = at.Minute switch { 0 => "", 30 => "半", _ => at.ToString("mm'分'", CultureInfo.InvariantCulture) };
        return string.Create(CultureInfo.InvariantCulture, $"{part}{hour}点{minute}");
    }

    /// <summary>11月27日（周五）下午3点; the year too when it is another than that of <paramref name="now"/>.</summary>
    public static string Spoken(DateTimeOffset instant, DateTimeOffset now) => Dated(instant, now) + Hour(instant);

    /// <summary>11月27日（周五）; the year too when it is another than that of <paramref name="now"/>.</summary>
    public static string Dated(DateTimeOffset instant, DateTimeOffset now)
    {
        var year = BeijingTime.At(instant).Year;
        return year == BeijingTime.At(now).Year ? Day(instant) : string.Create(CultureInfo.InvariantCulture, $"{year}年{Day(instant)}");
    }
}
