namespace WuShe.Dialogs.Understanding;

/// <summary>明天, 大后天, 今明两天, 下一个工作日; also the first half of 明早 and 今晚, leaving 早 and 晚 to be read next.</summary>
internal static class RelativeDays
{
    private static readonly WordTable<(int From, int Days)> Words = new(
        ("今明两天 今明天 今天明天", (0, 2)), ("明后天 明后两天 明天后天 明后", (1, 2)), ("昨今两天", (-1, 2)),
        ("大后天 外后天 大后儿 外天 万后天", (3, 1)), ("后天 后日 后儿 后儿个", (2, 1)), ("明天 明日 明儿 明儿个 明朝", (1, 1)),
        ("今天 今日 今儿 今儿个 今朝 当天", (0, 1)), ("昨天 昨日 昨儿 昨儿个 昨个", (-1, 1)), ("前天 前日 前儿 前儿个", (-2, 1)),
        ("大前天 上前天 大前儿", (-3, 1)));

    private static readonly WordTable<int> HalfWords = new(("今", 0), ("明", 1), ("后", 2), ("昨", -1), ("前", -2));

    public static bool TryEat(Cursor cursor, TimeContext context, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        if (Words.TryEat(cursor, out var said))
        {
            // 前天后天 aside: 以前天天 and 今后天气 hold these words by accident.
            if (cursor.Now is '天' or '气' && said.From is -2 or 2 && cursor.Text[at] is '前' or '后')
            {
                cursor.At = at;
                return false;
            }
            var from = context.Today.AddDays(said.From);
            day = new DaySpec(TimePrecision.Day, new Days(from, from.AddDays(said.Days)));
            return true;
        }
        return Half(cursor, context, ref day, at) || Working(cursor, context, ref day, at);
    }

    private static bool Half(Cursor cursor, TimeContext context, ref DaySpec day, int at)
    {
        if (cursor.ComesAfter("说", "证", "声", "文", "发", "以", "之", "然", "最", "从", "目")) return false;
        if (!HalfWords.TryEat(cursor, out var shift)) return false;
        var bare = shift is 2 or -2 ? cursor.Now == '晚' && cursor.Peek(1) is not ('来' or '点' or '到')
            : cursor.SeesAny("早", "晚", "夜", "晨", "午", "上午", "中午", "下午", "半夜", "凌晨") && !cursor.SeesAny("早就", "早知", "早已");
        if (!bare)
        {
            cursor.At = at;
            return false;
        }
        day = DaySpec.Day(context.Today.AddDays(shift));
        return true;
    }

    /// <summary>The next working day after today; 最近的工作日 is today's while it lasts.</summary>
    private static bool Working(Cursor cursor, TimeContext context, ref DaySpec day, int at)
    {
        var soonest = cursor.EatAny("最近的", "最近一个", "最快一个", "第一个");
        if (!soonest && !cursor.EatAny("下一个", "下个", "下一", "次一个")) return false;
        if (!cursor.Eat("工作日") && !cursor.Eat("上班日"))
        {
            cursor.At = at;
            return false;
        }
        var from = soonest && context.Now.Hour < 18 ? context.Today : context.Today.AddDays(1);
        day = DaySpec.Day(NextWorking(context, from));
        return true;
    }

    public static DateOnly NextWorking(TimeContext context, DateOnly from)
    {
        // No holiday of any year lasts a month.
        for (var i = 0; i < 31 && !context.Holidays.IsWorkingDay(from); i++) from = from.AddDays(1);
        return from;
    }
}
