using System.Text.RegularExpressions;

namespace WuShe.Services.Common.Organisation;

/// <summary>Words around a place: what is left of 「我在南门坝坝旁边」 to look up, and the 旁边 that belongs to where it is.</summary>
public static partial class PlaceWords
{
    /// <summary>The name inside the words, in the spelling in which names are compared; empty when nothing is left.</summary>
    public static string Key(string words)
    {
        var even = SpokenBuilding.Level(words).Trim(' ', '。', '，', ',', '.', '!', '！', '?', '？', '、', '~');
        var before = Before().Match(even).Length;
        if (before < even.Length) even = even[before..];
        for (var side = After().Match(even); side.Success && side.Index > 0; side = After().Match(even)) even = even[..side.Index];
        return even.Replace(" ", "", StringComparison.Ordinal);
    }

    /// <summary>旁边, 门口 and the like right at <paramref name="at"/>: how long it is, 0 when there is none.</summary>
    internal static int SideAt(string even, int at)
    {
        var match = Side().Match(even, at);
        return match.Success && match.Index == at ? match.Length : 0;
    }

    private const string Sides = "旁边|旁旁|边边|边上|对面|对门|大门口|门口|门前|楼下|底下|脚下|前面|后面|后头|背后|外面|外头|拐角|转角|附近";

    [GeneratedRegex($"\\G(?:那个|的)?(?:{Sides})", RegexOptions.CultureInvariant)]
    private static partial Regex Side();

    [GeneratedRegex("^(?:我们|咱们|我)?(?:就)?(?:住在|在|是)?(?:那个|这个|小区的|小区)?", RegexOptions.CultureInvariant)]
    private static partial Regex Before();

    [GeneratedRegex($"(?:的|那个|那里|那儿|那边|这里|这边|{Sides})$", RegexOptions.CultureInvariant)]
    private static partial Regex After();
}
