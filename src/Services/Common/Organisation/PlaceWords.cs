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

    /// <summary>
    /// Whether words tell a spot that every estate has (单元门口, 四楼, 地下车库, 坝坝头): where it is must still be asked.
    /// False for anything with a name or the number of a building.
    /// </summary>
    public static bool IsGeneral(string words) => General().IsMatch(SpokenBuilding.Level(words).Replace(" ", "", StringComparison.Ordinal));

    /// <summary>旁边, 门口 and the like right at <paramref name="at"/>: how long it is, 0 when there is none.</summary>
    internal static int SideAt(string even, int at)
    {
        var match = Side().Match(even, at);
        return match.Success && match.Index == at ? match.Length : 0;
    }

    private const string Sides = "旁边|旁旁|边边|边上|对面|对门|大门口|门口|门前|楼下|底下|脚下|前面|后面|后头|背后|外面|外头|拐角|转角|附近|(?<=门)口";

    // Longest first: a word is taken whole and not looked at again, however long the words are.
    private const string Spots =
        "物业办公室|健身器材|公交站台|地下车库|客服中心|活动中心|人行道|便利店|保安亭|停车场|健身区|健身角|公交站|单元门|地下室|地铁口|坡坎坎|垃圾房|垃圾桶|垃圾点|垃圾站|小卖部"
        + "|幼儿园|架空层|棋牌室|楼梯口|楼梯间|水泵房|活动室|游乐场|火锅店|烧烤店|烧烤摊|理发店|电梯厅|电梯口|电梯间|篮球场|绿化带|配电房|门卫室|麻将馆|中庭|侧门|公厕|凉亭|前门"
        + "|单元|厕所|后门|喷泉|围墙|坝坝|坝子|坡坎|外墙|大厅|大门|大院|天台|学校|小区|小学|小门|屋顶|山墙|岗亭|工地|广场|底层|底楼|栏杆|梯坎|楼梯|楼道|楼门|楼顶|正门|水池"
        + "|池塘|滑梯|电梯|空地|站台|花台|花园|花坛|茶馆|草坪|药店|街边|走廊|超市|路口|路边|车库|车棚|车站|过道|铁门|门岗|阳台|院坝|院子|面馆|顶层|顶楼|餐馆|饭店|馆子|马路"
        + "|坎|坡|墙|桥|楼|沟|河|街|路|门|院";

    private const string Little = "我们|一|咱们|那个|这个|那边|这边|那里|那儿|这里|就在|一排|一带|隔壁|进门|中间|口子|在|的|那|这|东|西|南|北|女|男|小|左|右|上|下|头|里|外|边|前|后|面|旁|口|处|儿|以|到|往|段|截|条";

    [GeneratedRegex($"^(?>(?>(?:负|地下)?(?:[0-9]+|[一二两三四五六七八九十百几]+)(?:楼|层|单元|号门)半?|{Sides}|{Spots}|{Little})+)$", RegexOptions.CultureInvariant)]
    private static partial Regex General();

    [GeneratedRegex($"\\G(?:那个|的)?(?:{Sides})", RegexOptions.CultureInvariant)]
    private static partial Regex Side();

    [GeneratedRegex("^(?:我们|咱们|我)?(?:就)?(?:住在|在|是)?(?:那个|这个|小区的|小区)?", RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex($"(?:的|那个|那里|那儿|那边|这里|这边|{Sides})$", RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
