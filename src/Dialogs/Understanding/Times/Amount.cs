using System.Globalization;

namespace WuShe.Dialogs.Understanding;

/// <summary>
/// A number in a text: 3, 三, 十五, 二〇二六, 1.5, 半; two when two are said (两三); 几 is three to seven.
/// </summary>
internal readonly record struct Amount(double Low, double High, bool Vague, bool Arabic, int Length)
{
    private const string Digits = "零一二三四五六七八九";
    private const int MostDigits = 4;

    public int Whole => (int)Low;

    public bool IsOne => Low == High && Low == Math.Floor(Low);

    /// <summary>Eats a number; false, with the cursor where it was, when none stands there or it has too many digits.</summary>
    public static bool TryEat(Cursor cursor, out Amount amount)
    {
        amount = default;
        return char.IsAsciiDigit(cursor.Now) ? Arabics(cursor, ref amount) : Chinese(cursor, ref amount);
    }

    /// <summary>A whole number and nothing else: a month, a day, an hour.</summary>
    public static bool TryEatWhole(Cursor cursor, out int number, out Amount amount)
    {
        var at = cursor.At;
        if (TryEat(cursor, out amount) && amount.IsOne && !amount.Vague)
        {
            number = amount.Whole;
            return true;
        }
        cursor.At = at;
        number = 0;
        return false;
    }

    private static bool Arabics(Cursor cursor, ref Amount amount)
    {
        var length = 0;
        if (char.IsAsciiDigit(cursor.Before)) return false;
        while (length <= MostDigits && char.IsAsciiDigit(cursor.Peek(length))) length++;
        if (length > MostDigits) return false;
        if (cursor.Peek(length) == '.' && char.IsAsciiDigit(cursor.Peek(length + 1)) && !char.IsAsciiDigit(cursor.Peek(length + 2))) length += 2;
        var value = double.Parse(cursor.Text.AsSpan(cursor.At, length), CultureInfo.InvariantCulture);
        cursor.At += length;
        amount = new Amount(value, value, false, true, length);
        return true;
    }

    private static bool Chinese(Cursor cursor, ref Amount amount)
    {
        if (cursor.Now is '几' or '数')
        {
            if (cursor.Now == '数' && cursor.Peek(1) is not ('天' or '日')) return false;
            cursor.At++;
            amount = new Amount(3, 7, true, false, 1);
            return true;
        }
        if (cursor.Now == '半')
        {
            cursor.At++;
            amount = new Amount(0.5, 0.5, false, false, 1);
            return true;
        }
        var length = 0;
        while (IsNumeral(cursor.Peek(length)) && length < 6) length++;
        if (length == 0 || !Value(cursor.Text.AsSpan(cursor.At, length), out var low, out var high)) return false;
        cursor.At += length;
        var some = cursor.Now == '几' && low % 10 == 0;
        if (some) (cursor.At, high) = (cursor.At + 1, low + 9);
        amount = new Amount(low, high, some, false, length);
        return true;
    }

    private static bool IsNumeral(char c) => c is '两' or '俩' or '〇' or '十' or '百' || Digits.Contains(c, StringComparison.Ordinal);

    private static int Digit(char c) => c switch { '两' or '俩' => 2, '〇' => 0, _ => Digits.IndexOf(c, StringComparison.Ordinal) };

    private static bool Value(ReadOnlySpan<char> numerals, out int low, out int high)
    {
        low = high = 0;
        if (numerals.IndexOfAny("十百") >= 0) return Counted(numerals, ref low, ref high);
        foreach (var c in numerals) low = (low * 10) + Digit(c);
        if (numerals.Length == 2 && low > 9 && low / 10 < low % 10) (low, high) = (low / 10, low % 10);
        else high = low;
        return numerals.Length is 1 or 2 or 4;
    }

    private static bool Counted(ReadOnlySpan<char> numerals, ref int low, ref int high)
    {
        var (total, digit) = (0, -1);
        foreach (var c in numerals)
        {
            if (c is '十' or '百')
            {
                total += (digit < 0 ? 1 : digit) * (c == '百' ? 100 : 10);
                digit = -1;
            }
            else if (digit > 0) return false;
            else digit = Digit(c);
        }
        low = high = total + Math.Max(0, digit);
        return true;
    }
}
