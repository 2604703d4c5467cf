using WuShe.Dialogs;

namespace WuShe.Services.Cases;

/// <summary>Times of casework as staff read them, in Beijing time.</summary>
public static class CaseTimes
{
    /// <summary>今天 09:30, 昨天 18:00, 11月20日 18:00; other years with the year.</summary>
    public static string When(DateTimeOffset instant, DateTimeOffset now)
    {
        var at = BeijingTime.At(instant);
        var day = (BeijingTime.DateOf(instant).DayNumber - BeijingTime.DateOf(now).DayNumber) switch
        {
            -1 => "昨天",
            0 => "今天",
            1 => "明天",
            _ when at.Year == BeijingTime.At(now).Year => $"{at.Month}月{at.Day}日",
            _ => $"{at.Year}年{at.Month}月{at.Day}日",
        };
        return $"{day} {at:HH:mm}";
    }

    /// <summary>By how much a date was missed: 已超期 2 天, 已超期 3 小时.</summary>
    public static string Late(DateTimeOffset dueAt, DateTimeOffset now)
    {
        var late = now - dueAt;
        return late.TotalDays >= 1 ? $"已超期 {(int)late.TotalDays} 天" : $"已超期 {Math.Max(1, (int)late.TotalHours)} 小时";
    }
}
