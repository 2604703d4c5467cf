using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

/// <summary>Times in the words of the bot.</summary>
internal static class TimeSentences
{
    internal static string Shown(TimeAnswer time, DateTimeOffset now)
    {
        if (time.From == time.To) return ChineseDate.Spoken(time.From, now);
        // The end is exclusive: up to midnight is up to the day before.
        var last = BeijingTime.DateOf(time.To.AddTicks(-1));
        var oneDay = BeijingTime.DateOf(time.From) == last;
        if (time.Precision is TimePrecision.Minute) return $"{ChineseDate.Spoken(time.From, now)}到{(oneDay ? ChineseDate.Hour(time.To) : ChineseDate.Spoken(time.To, now))}";
        if (time.Precision == TimePrecision.PartOfDay) return $"{ChineseDate.Dated(time.From, now)}{PartOf(time)}";
        return oneDay
            ? ChineseDate.Dated(time.From, now)
            : $"{ChineseDate.Dated(time.From, now)}到{ChineseDate.Dated(time.To.AddTicks(-1), now)}";
    }

    /// <summary>What is wrong with a time and what to say instead.</summary>
    internal static string Why(TimeReading reading) => reading.Refusal switch
    {
        TimeRefusal.NoSuchDate => $"日历上没有「{reading.Words}」这一天。",
        TimeRefusal.NoSuchHour => $"「{reading.Words}」的钟点不对，一天只有 24 点。",
        TimeRefusal.AlreadyPast => $"「{reading.Words}」已经过去了，请说一个以后的时间。",
        TimeRefusal.NotYet => $"「{reading.Words}」还没有到，请说一个以前的时间。",
        TimeRefusal.EndsBeforeStart => "结束的时间比开始还早，请再说一次。",
        TimeRefusal.WeekdayDiffers => "日期和星期几对不上，请再说一次。",
        TimeRefusal.TooFar => "这个时间太远了，请说近一点的时间。",
        _ => "",
    };

    private static string PartOf(TimeAnswer time)
    {
        // What is left of a part that has begun keeps its name: it is told by where it ends.
        var end = (time.To - TimeSpan.FromTicks(1)).ToOffset(TimeSpan.FromHours(8)).Hour;
        return end switch { < 6 => "半夜", < 9 => "早上", < 12 => "上午", < 14 => "中午", < 18 => "下午", < 20 => "傍晚", _ => "晚上" };
    }
}
