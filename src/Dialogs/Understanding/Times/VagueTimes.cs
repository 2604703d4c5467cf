namespace WuShe.Dialogs.Understanding;

/// <summary>尽快, 马上, 改天, 刚才, 好久了: times without a day.</summary>
internal static class VagueTimes
{
    private enum Sort
    {
        Now,
        Soonest,
        Soon,
        SomeDay,
        AnyTime,
        JustNow,
        Lately,
        LongSince,
    }

    private static readonly WordTable<Sort> Words = new(
        ("现在 这会儿 这哈儿 这会 目前 正在", Sort.Now),
        ("越快越好 越早越好 尽快 尽早 马上 立刻 立马 赶快 赶紧 赶忙 快点 快些 早点 早些", Sort.Soonest),
        ("一会儿 等会儿 等一会儿 待会儿 等哈儿 等哈 等一哈 过会儿 过一会儿 过哈儿 等下 等一下 晚点 晚些", Sort.Soon),
        ("改天 改日 这两天 这几天 近两天 过几天 过两天 过些天 过几日 近几天 这两三天 改哈", Sort.SomeDay),
        ("随时 哪天都行 哪天都可以 什么时候都行 啥时候都行 好久都行 都有空 随便哪天", Sort.AnyTime),
        ("刚才 刚刚 将才 才将 将将 刚", Sort.JustNow),
        ("最近 近来 近期 这段时间 这阵子 这阵 前阵子 前段时间 前几天 前两天 头两天 前些天 这两天 这几天 近几天", Sort.Lately),
        ("好久了 很久了 老早 早就 一直 好长时间了 好长时间 很长时间 好久没 长期", Sort.LongSince));

    public static bool TryEat(Cursor cursor, TimeContext context, out Told? told)
    {
        told = null;
        var at = cursor.At;
        if (!Words.TryEat(cursor, out var sort)) return false;
        var recent = cursor.Text.AsSpan(at, cursor.At - at) is "这两天" or "这几天" or "近几天" or "近两天";
        if (recent && !context.Ahead) sort = Sort.Lately;
        told = Of(context, sort);
        if (told is not null) return true;
        cursor.At = at;
        return false;
    }

    /// <summary>Vague words about the past say nothing where something is booked, and the other way round.</summary>
    private static Told? Of(TimeContext context, Sort sort)
    {
        var (now, today) = (context.Now, context.Now.Date);
        return (context.Ahead, sort) switch
        {
            (true, Sort.Now) => Ahead(now, now.AddHours(1)),
            (true, Sort.Soonest) => Ahead(now, RelativeDays.NextWorking(context, context.Today.AddDays(1)).AddDays(1).ToDateTime(TimeOnly.MinValue)),
            (true, Sort.Soon) => Ahead(now, now.AddHours(3)),
            (true, Sort.SomeDay) => Ahead(today.AddDays(1), today.AddDays(5)),
            (true, Sort.AnyTime) => Ahead(now, today.AddDays(8)),
            (false, Sort.Now) => Since(now, now, TimePrecision.Minute),
            (false, Sort.JustNow) => Since(now.AddHours(-1), now),
            (false, Sort.Lately) => Since(today.AddDays(-7), now),
            (false, Sort.LongSince) => Since(today.AddDays(-30), now),
            _ => null,
        };
    }

    private static Told Ahead(DateTime from, DateTime to) => new(from, to, TimePrecision.Vague, TimeDirection.Future);

    private static Told Since(DateTime from, DateTime now, TimePrecision precision = TimePrecision.Vague) =>
        new(from, now, precision, TimeDirection.Past) { Since = true };
}
