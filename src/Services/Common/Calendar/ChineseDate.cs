using System.Globalization;

namespace WuShe.Services.Common.Calendar;

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
}
