namespace WuShe.Dialogs.Understanding;

/// <summary>正月初五, 腊月二十三, 农历八月十五, 大年初二. Older people count so.</summary>
internal static class LunarDates
{
    public static bool TryEat(Cursor cursor, TimeContext context, int? year, out DaySpec day)
    {
        day = null!;
        var at = cursor.At;
        var said = cursor.EatAny("农历", "阴历", "旧历", "老历");
        if (MonthOf(cursor, ref said, out var month))
        {
            if (DayOf(cursor, said, out var number)) day = Spec(context, year, month, number);
            else if (said && Whole(context, year, month) is { } whole) day = whole;
        }
        if (day is not null) return true;
        cursor.At = at;
        return false;
    }

    private static bool MonthOf(Cursor cursor, ref bool said, out int month)
    {
        month = cursor.EatAny("正月", "大年", "年") ? 1 : cursor.EatAny("冬月") ? 11 : cursor.EatAny("腊月") ? 12 : 0;
        if (month > 0)
        {
            // 年 alone needs a day: 年初五, but not 年初.
            said |= !cursor.ComesAfter("年");
            return true;
        }
        if (!Amount.TryEatWhole(cursor, out month, out var amount) || amount.Arabic || !cursor.Eat("月")) return false;
        cursor.EatAny("份", "的");
        return true;
    }

    /// <summary>初五; without 初 only where the words are lunar for certain.</summary>
    private static bool DayOf(Cursor cursor, bool certain, out int day)
    {
        day = 0;
        var at = cursor.At;
        var first = cursor.Eat("初");
        if ((first || certain) && Amount.TryEatWhole(cursor, out day, out _) && day is > 0 and <= 30 && (!first || day <= 10)) return true;
        cursor.At = at;
        return false;
    }

    private static DaySpec Spec(TimeContext context, int? year, int month, int number)
    {
        List<Days> options = [];
        foreach (var y in YearsOf(context, year))
            if (Festivals.LunarDay(y, month, number) is { } found) options.Add(Days.One(found));
        return options.Count > 0 ? new DaySpec(TimePrecision.Day, [.. options]) : DaySpec.Impossible(context.Today, TimeRefusal.NoSuchDate);
    }

    private static DaySpec? Whole(TimeContext context, int? year, int month)
    {
        List<Days> options = [];
        foreach (var y in YearsOf(context, year))
            if (Festivals.LunarDay(y, month, 1) is { } first)
                options.Add(new Days(first, (month == 12 ? Festivals.LunarDay(y + 1, 1, 1) : Festivals.LunarDay(y, month + 1, 1)) ?? first.AddDays(30)));
        return options.Count > 0 ? new DaySpec(TimePrecision.Month, [.. options]) : null;
    }

    /// <summary>Lunar years around today: the one that is running began in this year or the last.</summary>
    private static int[] YearsOf(TimeContext context, int? year) => year is { } one ? [one]
        : context.Ahead ? [context.Today.Year - 1, context.Today.Year, context.Today.Year + 1]
        : [context.Today.Year, context.Today.Year - 1, context.Today.Year - 2];
}
