using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace WuShe.Services.Common.Organisation;

/// <summary>Words around a place: what is left of 「我在南门坝坝旁边」 to look up, and the 旁边 that belongs to where it is.</summary>
public static partial class PlaceWords
{
    /// <summary>The name inside the words, in the spelling in which names are compared; empty when nothing is left.</summary>
    public static string Key(string words)
    {
        var even = SpokenBuilding.Level(words).Trim(' ', '。', '，', ',', '.', '!', '！', '?', '？', '、', '~');
        even = even[Before().Match(even).Length..];
        for (var side = After().Match(even); side.Success; side = After().Match(even)) even = even[..side.Index];
        return even.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>Whether a key names something: 小区 and 楼道 are everywhere, and teaching them would send every sentence to one grid.</summary>
    public static bool Names(string key) => key.Length >= 2 && !Everywhere.Contains(key);

    private static readonly FrozenSet<string> Everywhere = FrozenSet.Create(
        "小区", "院子", "院坝", "坝子", "楼道", "楼梯", "电梯", "单元", "社区", "家里", "屋里", "屋头", "我家", "楼里", "路上", "路边", "马路", "街上", "街道",
        "树下", "墙上", "公路", "里面", "上面", "下面", "地上", "车库", "厕所", "全小区", "整个小区", "不知道", "不清楚", "一楼", "二楼", "三楼", "路灯");

    /// <summary>旁边, 门口 and the like right at <paramref name="at"/>: how long it is, 0 when there is none.</summary>
    internal static int SideAt(string even, int at)
    {
        var match = Side().Match(even, at);
        return match.Success && match.Index == at ? match.Length : 0;
    }

    private const string Sides = "旁边|旁旁|边边|边上|对面|对门|大门口|门口|门前|楼下|底下|脚下|前面|后面|后头|背后|外面|外头|拐角|转角|附近|(?<=门)口";

    [GeneratedRegex($"\\G(?:那个|的)?(?:{Sides})", RegexOptions.CultureInvariant)]
    private static partial Regex Side();

    [GeneratedRegex("^(?:我们|咱们|我)?(?:就)?(?:住在|在|是)?(?:那个|这个|小区的|小区)?", RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex($"(?:的|那个|那里|那儿|那边|这里|这边|{Sides})$", RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
