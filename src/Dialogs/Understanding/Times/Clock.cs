namespace WuShe.Dialogs.Understanding;

/// <summary>An hour as it was said: 三点半, 15:30, 三四点, 9到11点. Literal: on the clock of 24 hours, as 08:30 and 15点.</summary>
internal readonly record struct Clock(int Hour, int Minute, bool Literal)
{
    /// <summary>The second hour of 三四点 or 9到11点.</summary>
    public int? Until { get; init; }

    /// <summary>三点多: within the hour that follows.</summary>
    public bool Some { get; init; }

    /// <summary>Nothing but 「五点」: may as well be the number of points somebody makes.</summary>
    public bool Bare { get; init; }

    public bool Exists => Hour is >= 0 and <= 24 && Minute is >= 0 and < 60 && (Hour < 24 || Minute == 0) && Until is null or <= 24;

    public static bool TryEat(Cursor cursor, out Clock clock)
    {
        var at = cursor.At;
        if (cursor.Before is not (':' or '.' or '第') && (Digital(cursor, out clock) || Spoken(cursor, out clock))) return true;
        cursor.At = at;
        clock = default;
        return false;
    }

    /// <summary>15:30, 8:05</summary>
    private static bool Digital(Cursor cursor, out Clock clock)
    {
        clock = default;
        var at = cursor.At;
        var leading = cursor.Now == '0';
        if (char.IsAsciiDigit(cursor.Now) && Amount.TryEatWhole(cursor, out var hour, out var said) && said.Length <= 2 && cursor.Eat(":")
            && Amount.TryEatWhole(cursor, out var minute, out said) && said is { Arabic: true, Length: 2 } && cursor.Now != ':')
        {
            clock = new Clock(hour, minute, leading || hour > 12);
            return true;
        }
        cursor.At = at;
        return false;
    }

    private static bool Spoken(Cursor cursor, out Clock clock)
    {
        clock = default;
        if (!Amount.TryEat(cursor, out var said) || said.Vague || said.Low != Math.Floor(said.Low) || said.Low > 99) return false;
        int? until = said.High > said.Low ? (int)said.High : null;
        var leading = said.Arabic && said.Length == 2 && said.Low < 10;
        var at = cursor.At;
        // A range whose first hour goes without 点: 9到11点.
        if (until is null && cursor.EatAny("到", "至", "-", "~", "～", "、"))
        {
            if (Amount.TryEatWhole(cursor, out var second, out _) && cursor.Now is '点' or '時' && second > 0) until = second;
            else cursor.At = at;
        }
        if (!cursor.EatAny("点", "點") && !(said.Arabic && Oclock(cursor))) return false;
        clock = new Clock(said.Whole, 0, leading || said.Low is > 12 or 0) { Until = until };
        clock = After(cursor, clock);
        return !cursor.SeesAny("点", "儿", "意见", "建议", "要求", "问题", "原因", "想法", "看法", "东西", "希望", "事");
    }

    private static bool Oclock(Cursor cursor) => cursor.Peek(1) is not ('候' or '间' or '常' or '不' or '而' or '刻' or '段') && cursor.Eat("时");

    private static Clock After(Cursor cursor, Clock clock)
    {
        var minute = Minutes(cursor);
        var plain = minute is null && !cursor.EatAny("钟", "整", "正");
        var some = cursor.EatAny("多钟", "多点", "多", "过");
        var about = cursor.EatAny("左右", "上下", "的样子", "前后");
        return clock with { Minute = minute ?? 0, Some = some && minute is null, Bare = plain && !some && !about && clock.Until is null };
    }

    private static int? Minutes(Cursor cursor)
    {
        if (cursor.EatAny("半钟", "半")) return 30;
        if (cursor.EatAny("一刻钟", "一刻", "1刻")) return 15;
        if (cursor.EatAny("三刻钟", "三刻", "3刻")) return 45;
        var at = cursor.At;
        cursor.Eat("过");
        cursor.Eat("零");
        if (Amount.TryEatWhole(cursor, out var minute, out var said)
            && ((cursor.Now == '分' && cursor.Peek(1) != '钟') || (minute is >= 10 and < 60 && (said.Arabic ? said.Length == 2 : said.Length >= 2) && !cursor.SeesAny("个", "号", "栋", "楼", "点", "天", "分钟", "人"))
                || (cursor.At > at + 1 && cursor.Text[at] == '零')))
        {
            cursor.Eat("分");
            return minute;
        }
        cursor.At = at;
        return null;
    }
}
