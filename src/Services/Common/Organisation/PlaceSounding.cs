using System.Buffers;
using System.Text.RegularExpressions;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Common.Organisation;

/// <summary>
/// Tells an answer to 「在哪里」 from words about something else. Doubt is cheap (the question is put once more), so what is
/// let through is broad: known places, numbers of buildings, words of which places are made, and any short name.
/// </summary>
public sealed partial class PlaceSounding(IPlaces places, IUnderstanding understanding)
{
    /// <summary>南门坝坝, 老粮站那个坡坡.</summary>
    private const int LongestName = 8;

    /// <summary>What sentences are made of and names of places are not.</summary>
    private static readonly SearchValues<char> OfSentences = SearchValues.Create("了吗呢吧啊嘛哦哈呀咯噻我你您他她它们不没莫得要气烦急谢请喂嗯啥咋怎么什谁确好对是满");

    /// <summary>Whether the words may be a place. Pure but for the places in memory.</summary>
    public bool MayBePlace(string words) =>
        Numbered().IsMatch(SpokenBuilding.Level(words)) || places.Knows(words) || IsShortName(words) || understanding.SaysWhere(words);

    private static bool IsShortName(string words)
    {
        var name = Plain.Key(words);
        return name.Length is >= 2 and <= LongestName && !name.AsSpan().ContainsAny(OfSentences) && name.Any(char.IsLetter);
    }

    // 3栋, 二单元, 28号, 六楼, 3-2, B座. Not 三个人.
    [GeneratedRegex("[0-9零〇一二三四五六七八九十百两A-Z] ?(?:号|[栋幢橦楼座层室]|单元|门洞|组|期|巷|弄|街|路|#)|[0-9]{1,3} ?- ?[0-9]{1,4}", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();
}
