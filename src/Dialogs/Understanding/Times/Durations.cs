namespace WuShe.Dialogs.Understanding;

/// <summary>A time that is complete in itself, in Beijing wall-clock time.</summary>
internal sealed record Told(DateTime From, DateTime To, TimePrecision Precision, TimeDirection Direction)
{
    public bool Since { get; init; }
}

/// <summary>三天后, 半个小时后, 两个钟头以后, 过几天, 三天了, 一个多月了, 三天前, 两天之内.</summary>
internal static class Durations
{
    private enum Unit
    {
        Minute,
        Quarter,
        Hour,
        Day,
        WorkingDay,
        Week,
        Month,
        Year,
    }

    private static readonly WordTable<Unit> Units = new(
        ("分钟 分把钟", Unit.Minute), ("刻钟", Unit.Quarter), ("小时 钟头 个小时 个钟头 个钟 个多小时 个多钟头 个把小时 个把钟头", Unit.Hour),
        ("天 日 个晚上 晚上 晚 夜 天天", Unit.Day), ("个工作日 工作日", Unit.WorkingDay), ("个星期 星期 个礼拜 礼拜 周 个多星期 个多礼拜", Unit.Week),
        ("个月 个多月 个把月", Unit.Month), ("年", Unit.Year));

    /// <summary>Either whole days that an hour may follow (三天后下午三点), or a time complete in itself.</summary>
    public static bool TryEat(Cursor cursor, TimeContext context, out DaySpec? day, out Told? told)
    {
        (day, told) = (null, null);
        var at = cursor.At;
        var ahead = cursor.EatAny("再过", "再等", "过个", "过", "隔", "等个", "等");
        var recent = !ahead && cursor.EatAny("最近这", "最近", "这", "近", "连续", "连着", "一连");
        var earlier = !ahead && !recent && cursor.EatAny("前", "头");
        if (!ahead && !earlier && cursor.Peek(1) is '几' or '多') cursor.Eat("好");
        if (cursor.Before is not ('第' or '-' or '.') && Amount.TryEat(cursor, out var amount) && Measure(cursor, ref amount, out var unit))
        {
            if (Tail(cursor, context, amount, unit, (ahead, recent, earlier), ref day, ref told)) return true;
        }
        cursor.At = at;
        return false;
    }

    /// <summary>The unit and what may stand around it: 个半小时, 天半, 多.</summary>
    private static bool Measure(Cursor cursor, ref Amount amount, out Unit unit)
    {
        var more = cursor.Eat("多");
        if (amount.Low != 0.5 && cursor.SeesAny("个半", "年半", "天半"))
        {
            if (cursor.Eat("个半")) amount = amount with { Low = amount.Low + 0.5, High = amount.High + 0.5 };
            cursor.Eat("的");
            if (cursor.SeesAny("小时", "钟头", "月", "星期", "礼拜"))
            {
                unit = cursor.Eat("月") ? Unit.Month : Units.TryEat(cursor, out var found) ? found : default;
                return true;
            }
        }
        cursor.EatAny("把", "来");
        if (!Units.TryEat(cursor, out unit)) return false;
        // 3日 and 26年 are dates.
        if (amount.Arabic && (cursor.ComesAfter("日") && unit == Unit.Day)) return false;
        if (cursor.Eat("半")) amount = amount with { Low = amount.Low + 0.5, High = amount.High + 0.5 };
        if (cursor.Eat("多") || more) amount = amount with { High = amount.High + 0.001 };
        return amount.High <= 9999;
    }

    private static bool Tail(
        Cursor cursor, TimeContext context, Amount amount, Unit unit, (bool Ahead, bool Recent, bool Earlier) said, ref DaySpec? day, ref Told? told)
    {
        // 半天 is no twelve hours: it is a long while.
        if (amount.Low == 0.5 && unit == Unit.Day)
        {
            if (!cursor.EatAny("了", "都")) return false;
            told = Since(context, context.Now.AddHours(-6), TimePrecision.Vague);
            return true;
        }
        if (cursor.EatAny("以后", "之后", "过后", "后") || said.Ahead)
        {
            var vague = amount.Vague || (said.Ahead && amount is { Low: 2, Arabic: false } && unit == Unit.Day);
            return After(context, amount, unit, vague, ref day, ref told);
        }
        if (cursor.EatAny("之内", "以内", "内"))
        {
            told = new Told(context.Now, unit <= Unit.Hour ? Shift(context, context.Now, amount.High, unit) : Shift(context, context.Now.Date, amount.High, unit).AddDays(1),
                unit <= Unit.Hour ? TimePrecision.Minute : TimePrecision.Day, TimeDirection.Future);
            return true;
        }
        if (cursor.EatAny("以前", "之前", "前") || said.Earlier) return Ago(context, amount, unit, said.Earlier, ref day, ref told);
        if (cursor.EatAny("了", "以来", "来") || cursor.SeesAny("没", "都", "不") || (!context.Ahead && !cursor.SeesAny("一次", "两次", "一回", "人", "个")))
        {
            told = SinceThen(context, amount, unit);
            return true;
        }
        if (!said.Recent) return false;
        told = context.Ahead
            ? new Told(context.Now, Shift(context, context.Now.Date, amount.High, unit).AddDays(1), TimePrecision.Vague, TimeDirection.Future)
            : SinceThen(context, amount, unit);
        return true;
    }

    private static bool After(TimeContext context, Amount amount, Unit unit, bool vague, ref DaySpec? day, ref Told? told)
    {
        if (unit <= Unit.Hour)
        {
            var (from, to) = (Shift(context, context.Now, amount.Low, unit), Shift(context, context.Now, Math.Floor(amount.High * 2) / 2, unit));
            told = new Told(from, to, vague ? TimePrecision.Vague : TimePrecision.Minute, TimeDirection.Future);
            return true;
        }
        var first = DateOnly.FromDateTime(Shift(context, context.Now.Date, vague ? Math.Min(amount.Low, 2) - 1 : amount.Low, unit));
        var last = DateOnly.FromDateTime(Shift(context, context.Now.Date, vague ? Math.Max(amount.High, 4) : amount.High, unit));
        day = new DaySpec(vague ? TimePrecision.Vague : TimePrecision.Day, new Days(first, last.AddDays(1)));
        return true;
    }

    private static bool Ago(TimeContext context, Amount amount, Unit unit, bool span, ref DaySpec? day, ref Told? told)
    {
        var from = Shift(context, unit <= Unit.Hour ? context.Now : context.Now.Date, -Math.Floor(amount.High), unit);
        if (amount.High < 1) from = Shift(context, context.Now, -amount.High, unit);
        if (unit <= Unit.Hour) told = new Told(from, from, TimePrecision.Minute, TimeDirection.Past);
        else if (span) told = new Told(from.Date, context.Now.Date, TimePrecision.Vague, TimeDirection.Past);
        else day = new DaySpec(amount.Vague ? TimePrecision.Vague : TimePrecision.Day,
            new Days(DateOnly.FromDateTime(from), DateOnly.FromDateTime(Shift(context, context.Now.Date, -amount.Low, unit)).AddDays(1)));
        return true;
    }

    private static Told SinceThen(TimeContext context, Amount amount, Unit unit)
    {
        var high = amount.Vague ? amount.Low : amount.High;
        var from = unit <= Unit.Hour ? Shift(context, context.Now, -high, unit) : Shift(context, context.Now.Date, -Math.Floor(high * 2) / 2, unit);
        return Since(context, from, amount.Vague ? TimePrecision.Vague : unit <= Unit.Hour ? TimePrecision.Minute : TimePrecision.Day);
    }

    private static Told Since(TimeContext context, DateTime from, TimePrecision precision) =>
        new(from, context.Now, precision, TimeDirection.Past) { Since = true };

    private static DateTime Shift(TimeContext context, DateTime from, double amount, Unit unit) => unit switch
    {
        Unit.Minute => from.AddMinutes(amount),
        Unit.Quarter => from.AddMinutes(15 * amount),
        Unit.Hour => from.AddHours(amount),
        Unit.Day => from.AddDays((int)amount),
        Unit.WorkingDay => Working(context, from, (int)amount),
        Unit.Week => from.AddDays((int)(7 * amount)),
        Unit.Month => from.AddMonths((int)amount).AddDays(amount % 1 >= 0.5 ? 15 : amount % 1 <= -0.5 ? -15 : 0),
        _ => from.AddMonths(Math.Clamp((int)(12 * amount), -3600, 3600)),
    };

    private static DateTime Working(TimeContext context, DateTime from, int days)
    {
        var day = DateOnly.FromDateTime(from);
        for (var left = Math.Min(Math.Abs(days), 500); left > 0;)
        {
            day = day.AddDays(Math.Sign(days));
            if (context.Holidays.IsWorkingDay(day)) left--;
        }
        return day.ToDateTime(TimeOnly.MinValue);
    }
}
