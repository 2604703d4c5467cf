using System.Text.RegularExpressions;

namespace WuShe.Services.Common.Organisation;

/// <summary>A house number on its road: 28号, 二十八号, 28号附3号, 28号2单元. It says nothing without the road's name before it.</summary>
internal static partial class SpokenHouse
{
    /// <summary>The number in digits when the whole name is one (28号); null otherwise.</summary>
    public static string? NumberOf(string name) => At(SpokenBuilding.Level(name), 0) is { Rest.Length: 0 } house && house.Length == name.Length ? house.Number : null;

    /// <summary>The house number right at <paramref name="at"/>.</summary>
    public static SpokenBuilding? At(string even, int at)
    {
        var match = House().Match(even, at);
        if (!match.Success) return null;
        var number = SpokenBuilding.Canonical(match.Groups["no"].ValueSpan);
        var rest = match.Groups["rest"].Value.Trim();
        return new SpokenBuilding(number, rest, match.Index, match.Length);
    }

    [GeneratedRegex(
        "\\G[ 的]{0,2}(?<no>[0-9]{1,4}|[零〇一二三四五六七八九十百两]{1,5}) ?号(?![楼栋幢])(?:院)?(?<rest>(?:附[0-9一二三四五六七八九十]{1,3}号?)?(?: ?[0-9一二三四五六七八九十]{1,3} ?(?:号?单元|门洞))?(?: ?[0-9一二三四五六七八九十]{1,3} ?(?:楼(?![道梯顶上下])|层))?(?: ?[0-9]{3,4}(?![0-9]) ?[室号户房]?)?)",
        RegexOptions.CultureInvariant)]
    private static partial Regex House();
}
