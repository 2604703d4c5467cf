namespace WuShe.Dialogs.Understanding;

/// <summary>
/// 周三, 这周末, 下下周一, 上个礼拜天. Weeks begin on Monday: on a Sunday 下周一 is tomorrow. Without 这 or 下, the coming one
/// is meant (the last one when looking back).
/// </summary>
internal static class Weekdays
{
    private static readonly WordTable<int> Weeks = new(
        ("上上个 上上", -2), ("上个 上 上一 上一个", -1), ("这个 这 本 这一", 0), ("下个 下 下一个 下一", 1), ("下下个 下下", 2), ("下下下个 下下下", 3));

    public static bool TryEat(Cursor cursor, TimeContext context, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        var named = Weeks.TryEat(cursor, out var shift);
        // 一周三次 counts.
        var counted = !named && cursor.Before is '一' or '两' or '二' or '三' or '四' or '半' or '几' or (>= '0' and <= '9');
        if (cursor.EatAny("星期", "礼拜", "周", "个星期", "个礼拜", "个周"))
        {
            var monday = MondayOf(named ? context.Today : context.Anchor).AddDays(7 * shift);
            if (named && Whole(cursor, context, monday, shift, ref day)) return true;
            if (!counted && DayChar(cursor) is { } number)
            {
                day = named ? DaySpec.Day(monday.AddDays(number)) with { Weekday = null } : Coming(context, number, 1);
                return true;
            }
            if (cursor.Eat("末"))
            {
                day = named ? Weekend(monday) : Coming(context, 5, 2);
                return true;
            }
        }
        else if (!named && cursor.Eat("双休日"))
        {
            day = Coming(context, 5, 2);
            return true;
        }
        cursor.At = at;
        return false;
    }

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    private static DaySpec Weekend(DateOnly monday) => new(TimePrecision.Day, new Days(monday.AddDays(5), monday.AddDays(7)));

    private static bool Whole(Cursor cursor, TimeContext context, DateOnly monday, int shift, ref DaySpec day)
    {
        if (DayAt(cursor.Now) >= 0 || cursor.Now is '末' or '边' or '围' or '几') return false;
        // 这周内 begins now.
        cursor.EatAny("之内", "以内", "内", "里");
        day = new DaySpec(TimePrecision.Week, new Days(monday, monday.AddDays(7)));
        return true;
    }

    private static DaySpec Coming(TimeContext context, int number, int length)
    {
        var first = MondayOf(context.Anchor).AddDays(number);
        if (context.Ahead && first.AddDays(length) <= context.Anchor) first = first.AddDays(7);
        if (!context.Ahead && first > context.Anchor) first = first.AddDays(-7);
        var other = first.AddDays(7 * context.Step);
        return new DaySpec(TimePrecision.Day, new Days(first, first.AddDays(length)), new Days(other, other.AddDays(length)))
        {
            TodayOnlyBeforeNoon = length == 1 && context.Ahead,
            Open = true,
            Weekday = length == 1 ? first.DayOfWeek : null,
        };
    }

    private static int? DayChar(Cursor cursor)
    {
        var number = DayAt(cursor.Now);
        if (number < 0 || (char.IsAsciiDigit(cursor.Now) && char.IsAsciiDigit(cursor.Peek(1)))) return null;
        cursor.At++;
        return number;
    }

    private static int DayAt(char c) => c switch
    {
        '日' or '天' or '7' => 6,
        >= '1' and <= '6' => c - '1',
        _ => "一二三四五六".IndexOf(c, StringComparison.Ordinal),
    };
}
