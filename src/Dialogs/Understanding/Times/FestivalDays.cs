namespace WuShe.Dialogs.Understanding;

/// <summary>国庆后第一天, 春节前, 元旦那天, 节后, 过完年. 后第一天 follows the days off, as announced.</summary>
internal static class FestivalDays
{
    private static readonly WordTable<Festival?> Names = new(
        ("元旦节 元旦 阳历年", Festival.NewYear), ("春节 新春 过年 大年初一", Festival.SpringFestival), ("清明节 清明", Festival.Qingming),
        ("五一劳动节 五一 5.1 劳动节", Festival.Labour), ("端午节 端午 端阳节 端阳", Festival.DragonBoat), ("中秋节 中秋 八月十五", Festival.MidAutumn),
        ("国庆节 国庆 十一假期 十一长假 十一黄金周 十一放假 十一期间", Festival.National), ("除夕 大年三十 年三十 三十晚上", Festival.NewYearsEve),
        ("元宵节 元宵 正月十五 大年十五", Festival.Lantern), ("七夕节 七夕", Festival.Qixi), ("重阳节 重阳", Festival.DoubleNinth),
        ("腊八节 腊八", Festival.Laba), ("冬至节 冬至", Festival.Solstice), ("三八妇女节 三八节 妇女节", Festival.Women),
        ("六一儿童节 六一 儿童节", Festival.Children), ("七一", Festival.Party), ("八一建军节 八一 建军节", Festival.Army),
        ("教师节", Festival.Teachers), ("圣诞节 圣诞", Festival.Christmas), ("节 节日 放假 假期 长假 小长假", null), ("年", Festival.SpringFestival));

    private enum Side
    {
        Whole,
        TheDay,
        Nth,
        Before,
        DayBefore,
        After,
        NthAfter,
        WorkingAfter,
    }

    public static bool TryEat(Cursor cursor, TimeContext context, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        var year = Years.TryEat(cursor, context, out var named) ? named : (int?)null;
        if (year is not null) cursor.Eat("的");
        var over = cursor.EatAny("过完了", "过完", "过了", "放完", "等过了");
        var (start, name) = (cursor.At, ' ');
        if (!cursor.AtEnd) name = cursor.Now;
        if (year is null or (>= Festivals.FirstYear and <= Festivals.LastYear)
            && Names.TryEat(cursor, out var festival) && cursor.Now is not ('路' or '街' or '村' or '广' or '桥' or '号' or '点' or '栋' or '中'))
        {
            // 年 and 节 alone count only with what stands around them: 年前, 过完节.
            var weak = festival is null || (cursor.At - start == 1 && name == '年');
            var side = Tail(cursor, over, out var n);
            var counted = !over && weak && cursor.Text.AsSpan(Math.Max(0, start - 1), Math.Min(start, 1)) is [var c] && (char.IsAsciiDigit(c) || "一二三四五六七八九十几半多今明去前后每个季春两这当过".Contains(c, StringComparison.Ordinal));
            if (!counted && (!weak || side is not (Side.Whole or Side.TheDay)))
            {
                day = Spec(context, festival, year, side, n);
                return true;
            }
        }
        cursor.At = at;
        return false;
    }

    private static Side Tail(Cursor cursor, bool over, out int n)
    {
        n = 1;
        cursor.EatAny("小长假", "长假", "假期", "黄金周", "放假", "假", "这几天", "那几天");
        cursor.EatAny("期间", "里头");
        cursor.Eat("的");
        if (cursor.EatAny("前一天", "前头一天", "头天", "头一天", "前夕")) return Side.DayBefore;
        var at = cursor.At;
        if (cursor.EatAny("以后", "之后", "过后", "后头", "后", "完了", "完", "收假") | over)
        {
            cursor.Eat("的");
            if (cursor.EatAny("第一个工作日", "上班第一天", "第一天上班", "第一个上班", "头一天上班")) return Side.WorkingAfter;
            return Nth(cursor, out n) ? Side.NthAfter : Side.After;
        }
        cursor.At = at;
        if (cursor.EatAny("以前", "之前", "前头", "前")) return Side.Before;
        if (Nth(cursor, out n)) return Side.Nth;
        return cursor.EatAny("那天", "当天", "当日", "这天") ? Side.TheDay : Side.Whole;
    }

    private static bool Nth(Cursor cursor, out int n)
    {
        var at = cursor.At;
        n = 1;
        if (cursor.EatAny("头一天", "头天")) return true;
        if (cursor.Eat("第") && Amount.TryEatWhole(cursor, out n, out _) && n is > 0 and < 32 && cursor.EatAny("天", "日")) return true;
        cursor.At = at;
        return false;
    }

    private static DaySpec Spec(TimeContext context, Festival? festival, int? year, Side side, int n)
    {
        var precision = side switch
        {
            Side.After or Side.Before => TimePrecision.Vague,
            _ => TimePrecision.Day,
        };
        List<Days> spans = [];
        List<Days> days = [];
        var longest = 1;
        foreach (var (one, inYear) in Candidates(context, festival, year))
        {
            var span = Festivals.Span(one, inYear, context.Holidays);
            var day = Festivals.Day(one, inYear);
            longest = Math.Max(longest, span.To.DayNumber - span.From.DayNumber);
            spans.Add(Range(context, side, n, span, day));
            days.Add(Days.One(day));
        }
        if (side == Side.Whole && longest > 1) precision = TimePrecision.Week;
        return new DaySpec(precision, [.. spans]) { WithHour = side == Side.Whole ? [.. days] : null };
    }

    private static Days Range(TimeContext context, Side side, int n, Days span, DateOnly day) => side switch
    {
        Side.TheDay => Days.One(day),
        Side.Nth => Days.One(span.From.AddDays(n - 1)),
        Side.DayBefore => Days.One(span.From.AddDays(-1)),
        Side.Before => new Days(context.Ahead && context.Today < span.From ? context.Today : span.From.AddDays(-7), span.From),
        Side.NthAfter => Days.One(span.To.AddDays(n - 1)),
        Side.WorkingAfter => Days.One(RelativeDays.NextWorking(context, span.To)),
        Side.After => new Days(span.To, span.To.AddDays(7)),
        _ => span,
    };

    private static List<(Festival Festival, int Year)> Candidates(TimeContext context, Festival? festival, int? year)
    {
        if (festival is { } one)
            return year is { } only ? [(one, only)] : [.. Enumerable.Range(0, 3).Select(i => (one, context.Today.Year + (i * context.Step)))];
        var all = from y in Enumerable.Range(context.Today.Year - 1, 3)
                  where year is null || y == year
                  from f in Enum.GetValues<Festival>()
                  where Festivals.HasDaysOff(f)
                  orderby Festivals.Day(f, y)
                  select (f, y);
        // 节后 is after the holiday that is coming or on, not after the one that is over.
        List<(Festival, int)> found = context.Ahead ? [.. all.Where(one => Festivals.Span(one.f, one.y, context.Holidays).To > context.Today)] : [.. all.Reverse()];
        return found.Count > 0 ? found : [(Festival.National, year ?? context.Today.Year)];
    }
}
