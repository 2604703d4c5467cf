namespace WuShe.Dialogs.Understanding;

/// <summary>Reads the number of an option as people write it: 1, １, 一, 第一个, 选1, 1号.</summary>
public static class Numbers
{
    private const string Digits = "零一二三四五六七八九";
    private static readonly string[] Before = ["我要选", "我选择", "我选", "选择", "选", "第"];
    private static readonly string[] After = ["个吧", "个", "项", "号", "条", "种", "吧"];

    /// <summary>From 1 to 99; false when the words are anything but a number.</summary>
    public static bool TryRead(string text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 12) return false;
        var span = Plain.Key(text).AsSpan();
        foreach (var prefix in Before)
            if (span.StartsWith(prefix)) span = span[prefix.Length..].TrimStart();
        foreach (var suffix in After)
            if (span.EndsWith(suffix)) span = span[..^suffix.Length].TrimEnd();
        if (Arabic(span, ref number) || Chinese(span, ref number)) return true;
        number = 0;
        return false;
    }

    private static bool Arabic(ReadOnlySpan<char> span, ref int number)
    {
        if (span.Length is 0 or > 2) return false;
        foreach (var c in span)
            if (!char.IsAsciiDigit(c)) return false;
        number = int.Parse(span, System.Globalization.CultureInfo.InvariantCulture);
        return number > 0;
    }

    private static bool Chinese(ReadOnlySpan<char> span, ref int number)
    {
        if (span.Length is 0 or > 3) return false;
        var ten = span.IndexOf('十');
        if (ten < 0) return span.Length == 1 && (number = Digit(span[0])) > 0;
        var tens = ten == 0 ? 1 : ten == 1 ? Digit(span[0]) : -1;
        var ones = ten == span.Length - 1 ? 0 : span.Length - ten == 2 ? Digit(span[^1]) : -1;
        if (tens < 1 || ones < 0) return false;
        number = (tens * 10) + ones;
        return true;
    }

    private static int Digit(char c) => c == '两' ? 2 : Digits.IndexOf(c, StringComparison.Ordinal);
}
