namespace WuShe.Dialogs.Understanding;

/// <summary>12月3号, 下个月5号, 月底, 去年, 2026-12-03, 正月初五. Without a year or month, the coming one (the last one when looking back).</summary>
internal static class CalendarDates
{
    private const string NotADate = "楼栋幢橦院房门线桥机井厅桌窗库车铺摊单元厕口出梯电公店坝屋座宿馆位柜桩灯杆厂仓";

    private static readonly WordTable<int> Months = new(
        ("上上个月 上上月", -2), ("上个月 上月 上一个月 头个月", -1), ("这个月 这月 本月 当月 这个月里", 0), ("下个月 下月 下一个月 二个月", 1), ("下下个月 下下月", 2));

    /// <summary>Days of the month: from, to (0 = the last).</summary>
    private static readonly WordTable<(int From, int To)> Parts = new(
        ("上旬", (1, 10)), ("中旬 中间 中", (11, 20)), ("下旬", (21, 0)), ("底 末 尾 底边", (25, 0)), ("初 头", (1, 5)));

    public static bool TryEat(Cursor cursor, TimeContext context, out DaySpec day)
    {
        var at = cursor.At;
        if (Written(cursor, context, out day)) return true;
        int? year = Years.TryEat(cursor, context, out var named) ? named : null;
        if (year is not null)
        {
            cursor.Eat("的");
            if (year is < 1902 or > 2099)
            {
                day = DaySpec.Impossible(context.Today, TimeRefusal.TooFar);
                return true;
            }
            if (OfYear(cursor, context, year, out day)) return true;
        }
        if (LunarDates.TryEat(cursor, context, year, out day) || Month(cursor, context, year, out day)) return true;
        if (year is { } whole)
        {
            day = new DaySpec(TimePrecision.Year, new Days(new DateOnly(whole, 1, 1), new DateOnly(whole + 1, 1, 1)));
            return true;
        }
        if (OfYear(cursor, context, null, out day) || BarePart(cursor, context, out day) || BareDay(cursor, context, out day)) return true;
        cursor.At = at;
        return false;
    }

    /// <summary>2026-12-03, 2026/12/3, 12/3.</summary>
    private static bool Written(Cursor cursor, TimeContext context, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        if (char.IsAsciiDigit(cursor.Now) && cursor.Before is not ('-' or '/' or '.') && Amount.TryEatWhole(cursor, out var first, out _) && cursor.Now is '-' or '/' or '.')
        {
            var sign = cursor.Now;
            cursor.At++;
            if (Amount.TryEatWhole(cursor, out var second, out _))
            {
                if (first is > 1901 and < 2100 && cursor.Now == sign)
                {
                    cursor.At++;
                    if (Amount.TryEatWhole(cursor, out var third, out _))
                    {
                        day = OnDay(context, first, second, third);
                        return true;
                    }
                }
                else if (sign == '/' && first is > 0 and <= 12 && second is > 0 and <= 31 && cursor.Now is not ('/' or '-'))
                {
                    day = OnDay(context, null, first, second);
                    return true;
                }
            }
        }
        cursor.At = at;
        return false;
    }

    private static bool OfYear(Cursor cursor, TimeContext context, int? year, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        if (year is null && (char.IsAsciiDigit(cursor.Before) || cursor.Before is '个' or '半')) return false;
        var eaten = cursor.Eat("年") || year is not null;
        var (from, to) = !eaten ? (0, 0) : cursor.EatAny("底", "末", "尾") ? (12, 12) : cursor.EatAny("初", "头") && year is not null | cursor.ComesAfter("年初") ? (1, 1)
            : cursor.EatAny("上半年") ? (1, 6) : cursor.EatAny("下半年") ? (7, 12) : (0, 0);
        if (from == 0)
        {
            cursor.At = at;
            return false;
        }
        Days Of(int y) => new(new DateOnly(y, from, 1), new DateOnly(y, to, 1).AddMonths(1));
        var now = context.Today.Year;
        day = new DaySpec(TimePrecision.Month, year is { } one ? [Of(one)] : [Of(now), Of(now + context.Step)]);
        return true;
    }

    private static bool Month(Cursor cursor, TimeContext context, int? year, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        if (year is null && Months.TryEat(cursor, out var shift))
        {
            cursor.EatAny("的", "份");
            var month = new DateOnly(context.Today.Year, context.Today.Month, 1).AddMonths(shift);
            day = DayOf(cursor, out var number) ? OnDay(context, month.Year, month.Month, number)
                : Parts.TryEat(cursor, out var part) ? new DaySpec(TimePrecision.Week, PartOf(month, part))
                : new DaySpec(TimePrecision.Month, new Days(month, month.AddMonths(1)));
            return true;
        }
        if (cursor.Before is not ('第' or '个') && Amount.TryEatWhole(cursor, out var named, out _) && cursor.Eat("月"))
        {
            cursor.EatAny("份", "的");
            if (DayOf(cursor, out var number)) day = OnDay(context, year, named, number);
            else if (named is < 1 or > 12) day = DaySpec.Impossible(context.Today, TimeRefusal.NoSuchDate);
            else
            {
                var precision = Parts.TryEat(cursor, out var part) ? TimePrecision.Week : TimePrecision.Month;
                Days Of(int y) => precision == TimePrecision.Week ? PartOf(new DateOnly(y, named, 1), part) : new Days(new DateOnly(y, named, 1), new DateOnly(y, named, 1).AddMonths(1));
                var now = context.Anchor.Year;
                day = new DaySpec(precision, year is { } one ? [Of(one)] : [Of(now), Of(now + context.Step)]) { Open = year is null };
            }
            return true;
        }
        cursor.At = at;
        return false;
    }

    /// <summary>The day after a month: 3号, 3日, or 3 alone when nothing that follows makes it something else.</summary>
    private static bool DayOf(Cursor cursor, out int day)
    {
        var at = cursor.At;
        if (Amount.TryEatWhole(cursor, out day, out _)
            && (cursor.EatAny("号", "日") || cursor.AtEnd || cursor.Now is ' ' or ',' or '，' or '。' or '上' or '下' or '早' or '晚' or '中' or '(' or '到' or '至' or '前' or '后')) return true;
        cursor.At = at;
        return false;
    }

    /// <summary>月底, 月初: of this month, or the next (the last) one when it is over.</summary>
    private static bool BarePart(Cursor cursor, TimeContext context, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        var said = cursor.Before is not ('个' or '正' or '腊' or '冬' or '每') && cursor.Eat("月");
        if (!(said && Parts.TryEat(cursor, out var part)) && !BareThird(cursor, at, out part))
        {
            cursor.At = at;
            return false;
        }
        var month = new DateOnly(context.Today.Year, context.Today.Month, 1);
        day = new DaySpec(TimePrecision.Week, PartOf(month, part), PartOf(month.AddMonths(context.Step), part));
        return true;
    }

    private static bool BareThird(Cursor cursor, int at, out (int, int) part)
    {
        cursor.At = at;
        return cursor.SeesAny("上旬", "中旬", "下旬") ? Parts.TryEat(cursor, out part) : (part = default) != default;
    }

    /// <summary>5号 alone; 建设路28号 and 3号楼 are places.</summary>
    private static bool BareDay(Cursor cursor, TimeContext context, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        if (cursor.Before is '路' or '街' or '巷' or '道' or '弄' or '段' or '第' or '院' or '里' or '坊' or '村' or '组' or '园' or '-' or '单' or '型') return false;
        if (Amount.TryEatWhole(cursor, out var number, out _) && number is > 0 and <= 31 && cursor.EatAny("号", "日")
            && !NotADate.Contains(cursor.AtEnd ? ' ' : cursor.Now, StringComparison.Ordinal) && cursor.Now is not ('子' or '常' or '报' or '用'))
        {
            var month = new DateOnly(context.Anchor.Year, context.Anchor.Month, 1);
            List<Days> options = [];
            for (var i = 0; i < 3; i++)
            {
                var one = month.AddMonths(i * context.Step);
                if (number <= DateTime.DaysInMonth(one.Year, one.Month)) options.Add(Days.One(one.AddDays(number - 1)));
            }
            day = new DaySpec(TimePrecision.Day, [.. options]) { Open = true };
            return true;
        }
        cursor.At = at;
        return false;
    }

    private static DaySpec OnDay(TimeContext context, int? year, int month, int day)
    {
        if (month is < 1 or > 12 || day < 1) return DaySpec.Impossible(context.Today, TimeRefusal.NoSuchDate);
        List<Days> options = [];
        int[] years = year is { } one ? [one] : [context.Anchor.Year, context.Anchor.Year + context.Step];
        foreach (var y in years)
            if (day <= DateTime.DaysInMonth(y, month)) options.Add(Days.One(new DateOnly(y, month, day)));
        return options.Count > 0
            ? new DaySpec(TimePrecision.Day, [.. options]) { Open = year is null }
            : DaySpec.Impossible(new DateOnly(years[0], month, Math.Min(day, DateTime.DaysInMonth(years[0], month))), TimeRefusal.NoSuchDate);
    }

    private static Days PartOf(DateOnly month, (int From, int To) part) => new(
        month.AddDays(part.From - 1), part.To == 0 ? month.AddMonths(1) : month.AddDays(part.To));
}
