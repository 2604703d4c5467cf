namespace WuShe.Dialogs.Understanding;

/// <summary>今年, 去年, 2026年, 二〇二六年.</summary>
internal static class Years
{
    private static readonly WordTable<int> Words = new(
        ("今年 今年子", 0), ("明年 来年 明年子", 1), ("后年", 2), ("去年 去年子 旧年 上年", -1), ("前年", -2), ("大前年", -3), ("大后年", 3));

    public static bool TryEat(Cursor cursor, TimeContext context, out int year)
    {
        if (Words.TryEat(cursor, out var shift))
        {
            year = context.Today.Year + shift;
            return true;
        }
        var at = cursor.At;
        if (Amount.TryEatWhole(cursor, out year, out var said) && cursor.Eat("年"))
        {
            if (said.Length == 4) return true;
            // 26年 is a year only before a month; otherwise twenty-six years.
            year += 2000;
            if (said is { Arabic: true, Length: 2 } && char.IsAsciiDigit(cursor.Now)) return true;
        }
        cursor.At = at;
        return false;
    }
}
