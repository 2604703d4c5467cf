namespace WuShe.Dialogs.Understanding;

/// <summary>Reads one time at the cursor: 每 + day + part + hour, a range, and 起/前/后/以内 after it.</summary>
internal static class PhraseReader
{
    private static readonly WordTable<TimeEvery> Every = new(
        ("每天 天天 每日 成天 一天到黑 一天到晚 整天 每晚上 日日", TimeEvery.Day), ("每个工作日 每到工作日 逢工作日 工作日", TimeEvery.WorkingDay),
        ("每年 年年", TimeEvery.Year), ("每个月 每月 月月", TimeEvery.Month), ("每周 每个星期 每星期 每个礼拜 每礼拜", TimeEvery.Week),
        ("三天两头 隔三差五 经常 时不时", TimeEvery.Often));

    /// <summary>A text holds no more fillers than this between a day and its hour: 明天我大概下午三点.</summary>
    private const int MostFillers = 4;

    public static TimePhrase? TryRead(Cursor cursor, TimeContext context)
    {
        var phrase = new TimePhrase { Start = cursor.At };
        var since = cursor.EatAny("自从", "从", "自", "打");
        if (since) cursor.EatSpaces();
        ReadEvery(cursor, phrase);
        ReadDayAndHour(cursor, context, phrase);
        if (phrase.IsEmpty || (phrase is { Day: null, Part: null, Clock.Bare: true } && !Countable(cursor, phrase)))
        {
            cursor.At = phrase.Start;
            return null;
        }
        if (phrase.Told is null)
        {
            ReadRange(cursor, context, phrase);
            ReadEdge(cursor, context, phrase, since);
        }
        phrase.End = cursor.At;
        return phrase;
    }

    private static void ReadEvery(Cursor cursor, TimePhrase phrase)
    {
        var at = cursor.At;
        if (cursor.EatAny("每到", "每逢", "一到", "逢"))
        {
            phrase.Every = TimeEvery.Day;
            return;
        }
        if (cursor.Now == '每' && (cursor.Peek(1) is '晚' or '早' || (cursor.Peek(1) == '个' && cursor.Peek(2) == '周')))
        {
            (phrase.Every, cursor.At) = (cursor.Peek(1) == '个' ? TimeEvery.Week : TimeEvery.Day, at + (cursor.Peek(1) == '个' ? 2 : 1));
            return;
        }
        if (!Every.TryEat(cursor, out var every)) return;
        phrase.Every = every;
        // 每周三: the week is read again with its day, 每月5号 goes on with the day.
        if (every == TimeEvery.Week) cursor.At = at + (cursor.Text[at + 1] == '个' ? 2 : 1);
    }

    private static void ReadDayAndHour(Cursor cursor, TimeContext context, TimePhrase phrase)
    {
        if (TryDay(cursor, context, phrase) && phrase.Told is not null) return;
        if (phrase is { Every: TimeEvery.Week, Day: null }) cursor.EatAny("周", "星期", "礼拜", "个星期", "个礼拜");
        if (phrase.Day is not null) SecondDay(cursor, context, phrase);
        var end = cursor.At;
        var direct = phrase.Day is not null || phrase.Every != TimeEvery.Never;
        if (direct) Skip(cursor);
        var hasPart = PartOfDay.TryEat(cursor, direct && (cursor.At == end || cursor.ComesAfter("的")), out var part);
        if (hasPart)
        {
            phrase.Part = part;
            end = cursor.At;
            Skip(cursor);
        }
        if (Clock.TryEat(cursor, out var clock)) (phrase.Clock, end) = (clock, cursor.At);
        // Fillers belong to a time only when an hour follows them.
        cursor.At = end;
    }

    private static bool TryDay(Cursor cursor, TimeContext context, TimePhrase phrase)
    {
        if (FestivalDays.TryEat(cursor, context, out var day) || RelativeDays.TryEat(cursor, context, out day)
            || Weekdays.TryEat(cursor, context, out day))
        {
            phrase.Day = day;
            return true;
        }
        // Durations come before dates: 三天后 and 半年前 hold what looks like one.
        if (phrase.Every == TimeEvery.Never && Durations.TryEat(cursor, context, out var days, out var told))
        {
            (phrase.Day, phrase.Told) = (days, told);
            return true;
        }
        if (phrase.Every == TimeEvery.Never && VagueTimes.TryEat(cursor, context, out told))
        {
            phrase.Told = told;
            return true;
        }
        if (!CalendarDates.TryEat(cursor, context, out day)) return false;
        phrase.Day = day;
        return true;
    }

    /// <summary>11月27日（周五）, 下周的周五, 下个月第一个星期三 aside: a weekday after a date must fit it.</summary>
    private static void SecondDay(Cursor cursor, TimeContext context, TimePhrase phrase)
    {
        var at = cursor.At;
        cursor.EatAny("的", "(", ",", " ", "，");
        if (Weekdays.TryEat(cursor, context with { Bias = TimeBias.Future }, out var second) && second.Weekday is { } weekday)
        {
            cursor.Eat(")");
            var first = phrase.Day!;
            if (first.Precision == TimePrecision.Week && Inside(first.Options[0], weekday) is { } inside) phrase.Day = DaySpec.Day(inside);
            else if (first.Precision == TimePrecision.Day && first.Weekday is null && first.Options[0].From.AddDays(1) == first.Options[0].To)
            {
                var fitting = first.Options.Where(o => o.From.DayOfWeek == weekday).ToArray();
                phrase.Day = fitting.Length > 0 && first.Refusal == TimeRefusal.None
                    ? first with { Options = fitting }
                    : first with { Refusal = first.Refusal == TimeRefusal.None ? TimeRefusal.WeekdayDiffers : first.Refusal };
            }
            else cursor.At = at;
            return;
        }
        cursor.At = at;
    }

    private static DateOnly? Inside(Days week, DayOfWeek weekday)
    {
        for (var day = week.From; day < week.To; day = day.AddDays(1))
            if (day.DayOfWeek == weekday) return day;
        return null;
    }

    /// <summary>Words that may stand between a day and its hour.</summary>
    private static void Skip(Cursor cursor)
    {
        for (var i = 0; i < MostFillers; i++)
            if (!cursor.EatAny("那天", "的", " ", ",", "，", "、", "我", "大概", "大约", "差不多", "可能", "就", "在", "有空", "可以", "都", "吧", "嘛", "呢", "约", "是")) break;
    }

    private static void ReadRange(Cursor cursor, TimeContext context, TimePhrase phrase)
    {
        var at = cursor.At;
        cursor.EatSpaces();
        if (cursor.EatAny("一直到", "直到", "到", "至", "-", "~", "～"))
        {
            cursor.EatSpaces();
            if (cursor.EatAny("现在", "今", "目前", "这会儿", "这哈儿") && !(cursor.ComesAfter("今") && cursor.Now is '天' or '晚' or '早' or '年'))
            {
                phrase.Edge = Edge.Since;
                return;
            }
            var anchor = phrase.Day is { Open: true } or { Precision: TimePrecision.Day } ? context with { Anchor = phrase.Day.Options[0].From, Bias = TimeBias.Future } : context;
            var until = new TimePhrase { Start = cursor.At };
            ReadDayAndHour(cursor, anchor, until);
            if (until.Told is null && !until.IsEmpty && (until.Day is null || phrase.Day is not null || phrase.Every != TimeEvery.Never))
            {
                phrase.Until = until;
                return;
            }
        }
        cursor.At = at;
        if (phrase is { HasHour: false, Day: not null } && Or(cursor, context, phrase)) return;
        cursor.At = at;
    }

    /// <summary>周六或者周日: two days one after the other are a range.</summary>
    private static bool Or(Cursor cursor, TimeContext context, TimePhrase phrase)
    {
        cursor.EatAny("或者", "或", "和", "跟", "、");
        if (!(RelativeDays.TryEat(cursor, context, out var day) || Weekdays.TryEat(cursor, context, out day))) return false;
        if (phrase.Day!.Options[0].To != day.Options[0].From) return false;
        phrase.Until = new TimePhrase { Day = day };
        return true;
    }

    private static void ReadEdge(Cursor cursor, TimeContext context, TimePhrase phrase, bool since)
    {
        if (phrase.Edge != Edge.None) return;
        if (cursor.EatAny("以来", "开始", "起", "就开始", "到现在", "至今", "之后一直", "以后一直", "过后一直") || ((since || cursor.Sees("就没")) && !context.Ahead)) phrase.Edge = Edge.Since;
        else if (phrase.Day?.Precision == TimePrecision.Vague) return;
        else if (cursor.EatAny("之前", "以前", "前")) phrase.Edge = Edge.Before;
        else if (cursor.EatAny("之内", "以内", "内")) phrase.Edge = Edge.Within;
        else if (cursor.EatAny("之后", "以后", "过后", "后")) phrase.Edge = Edge.After;
    }

    /// <summary>「五点」 alone is an hour unless it counts something: 说两点, 有一点, 这几点.</summary>
    private static bool Countable(Cursor cursor, TimePhrase phrase)
    {
        var before = phrase.Start > 0 ? cursor.Text[phrase.Start - 1] : '\0';
        if ("说提讲这那第早晚快慢多少好差大小高低近远轻重有哪点写补充".Contains(before == '\0' ? ' ' : before, StringComparison.Ordinal)) return false;
        return phrase.Clock is not { Hour: 1 } || char.IsAsciiDigit(cursor.Text[phrase.Start]) || (phrase.Start == 0 && !cursor.SeesAny("都", "也", "不", "没", "用", "水", "电", "光"));
    }
}
