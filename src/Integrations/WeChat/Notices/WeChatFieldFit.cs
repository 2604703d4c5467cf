using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace WuShe.Integrations.WeChat.Notices;

/// <summary>
/// Fits values into the typed fields of templates (https://developers.weixin.qq.com/doc/offiaccount/Subscription_Messages/api.html,
/// "参数类别"). The platform cuts silently or refuses (47003) what is too long, so it is shortened here, by meaning: asides go first,
/// then a leading kind, then what follows the last pause; a number is kept whole or not at all.
/// </summary>
internal static partial class WeChatFieldFit
{
    private static readonly SearchValues<char> Pauses = SearchValues.Create("，。；、！？");

    /// <summary>The value as the field takes it; null when it cannot be said there.</summary>
    /// <param name="field">The field's name in the template: <c>thing1</c>, <c>character_string2</c>, <c>keyword3</c>.</param>
    /// <param name="value">What is to be said there.</param>
    /// <param name="limits">How long each type of field may be.</param>
    public static string? Fit(string field, string value, WeChatFieldLimits limits)
    {
        var type = TypeOf(field);
        var most = limits.Of(type);
        var text = OneLine(value);
        if (text.Length == 0) return null;
        return type switch
        {
            "number" => Whole(text, most, Number()),
            "letter" => Whole(text, most, Letters()),
            "character_string" => Whole(text, most, Ascii()),
            "phone_number" => Whole(text, most, Phone()),
            "amount" => Whole(text, most, Amount()),
            "time" or "date" => Whole(text, most, Moment()),
            "phrase" => Whole(text, most, Chinese()),
            "symbol" => text.Length <= most && text.All(c => char.IsPunctuation(c) || char.IsSymbol(c)) ? text : null,
            "car_number" => text.Length <= most ? text : null,
            "name" => Shorten(text, text.Any(c => c > 0xFF) ? most : most * 2),
            _ => Shorten(text, most),
        };
    }

    /// <summary>The type that a field's name begins with.</summary>
    public static string TypeOf(string field) => field.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');

    private static string? Whole(string text, int most, Regex form) => text.Length <= most && form.IsMatch(text) ? text : null;

    private static string? Shorten(string text, int most)
    {
        if (text.Length <= most) return text;
        var shorter = Aside().Replace(text, aside => aside.Index > 0 && aside.Index + aside.Length < text.Length
            && IsOfNumber(text[aside.Index - 1]) && IsOfNumber(text[aside.Index + aside.Length]) ? " " : "");
        if (!string.IsNullOrWhiteSpace(shorter)) text = shorter.Trim();
        if (text.Length <= most) return text;
        if (text.IndexOf('：', StringComparison.Ordinal) is var mark and > 0 && !string.IsNullOrWhiteSpace(text[(mark + 1)..])) text = text[(mark + 1)..].TrimStart();
        if (text.Length <= most) return text;
        var pause = text.AsSpan(0, most + 1).LastIndexOfAny(Pauses);
        if (pause >= most / 2) return text[..pause];
        return Cut(text, most);
    }

    /// <summary>Cut with an ellipsis, before a number or a word of letters rather than within it.</summary>
    private static string? Cut(string text, int most)
    {
        var end = most - 1;
        while (end > 0 && IsWithin(text, end)) end--;
        return end == 0 ? null : text[..end].TrimEnd() + "…";
    }

    private static bool IsWithin(string text, int at) =>
        (IsOfNumber(text[at - 1]) && IsOfNumber(text[at])) || char.IsLowSurrogate(text[at]);

    private static bool IsOfNumber(char c) => char.IsAsciiLetterOrDigit(c) || char.IsDigit(c) || c is '-' or '.' or ':' or '：' or '/' or '%';

    /// <summary>Without line breaks, control characters and emoji, which the platform strips or refuses.</summary>
    private static string OneLine(string value)
    {
        var line = new StringBuilder(value.Length);
        foreach (var rune in value.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.OtherSymbol) line.Append(' ');
            else if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned) && rune != Rune.ReplacementChar) line.Append(rune);
        }
        return Spaces().Replace(line.ToString(), " ").Trim();
    }

    [GeneratedRegex("^[0-9]+(\\.[0-9]+)?\\z")]
    private static partial Regex Number();

    [GeneratedRegex("^[A-Za-z]+\\z")]
    private static partial Regex Letters();

    [GeneratedRegex("^[!-~][ -~]*\\z")]
    private static partial Regex Ascii();

    [GeneratedRegex("^[0-9+() -]+\\z")]
    private static partial Regex Phone();

    [GeneratedRegex("^[¥￥$]?[0-9]{1,10}(\\.[0-9]{1,2})?元?\\z")]
    private static partial Regex Amount();

    /// <summary>A day, a time or both, or a range of them.</summary>
    [GeneratedRegex("^(?=.*[0-9])[0-9年月日时分~:：/. -]+\\z")]
    private static partial Regex Moment();

    [GeneratedRegex("^[\\u4e00-\\u9fff]+\\z")]
    private static partial Regex Chinese();

    [GeneratedRegex("(?:（[^（）]*）|\\([^()]*\\))+")]
    private static partial Regex Aside();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Spaces();
}
