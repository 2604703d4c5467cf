using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace WuShe.Services.Common.Organisation;

/// <summary>
/// A numbered building as people say or write it: 3栋2单元, 三栋二单元, 3幢, 叁栋, 3号楼B座, A座, 3-2-501. <paramref name="Number"/> is
/// its number in one spelling (3, A, B2); <paramref name="Rest"/> what follows it (2单元501室), as people read it.
/// </summary>
internal readonly partial record struct SpokenBuilding(string Number, string Rest, int Start, int Length)
{
    private const string Digit = "0-9零〇一二三四五六七八九十百两";

    // 3栋楼 is a building, 3栋楼道 a building and its corridor.
    private const string Block = "(?:楼(?![道梯顶上下里内前后门栋]))?";
    private static readonly SearchValues<char> Kinds = SearchValues.Create("栋幢橦楼座#-");

    /// <summary>Every numbered building in words that <see cref="Level"/> has made even, in order.</summary>
    public static List<SpokenBuilding> All(string even)
    {
        List<SpokenBuilding> found = [];
        // Most sentences of a talk name none: no regex for them.
        if (even.AsSpan().IndexOfAny(Kinds) < 0) return found;
        foreach (Match match in Named().Matches(even)) found.Add(Read(match, dashed: false));
        foreach (Match match in Dashed().Matches(even)) found.Add(Read(match, dashed: true));
        if (found.Count > 1) found.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    /// <summary>The number when the whole name is a building's (3栋, A座); null for a landmark (菜鸟驿站).</summary>
    public static string? NumberOf(string name)
    {
        var even = Level(name);
        return All(even) is [var one] && one.Start == 0 && one.Length == even.Length && one.Rest.Length == 0 ? one.Number : null;
    }

    /// <summary>Full-width letters and digits as ASCII, in upper case, dashes as one sign; every character keeps its place.</summary>
    public static string Level(string words) => string.Create(words.Length, words, static (span, source) =>
    {
        for (var i = 0; i < span.Length; i++)
        {
            var c = source[i];
            if (c is >= '\uFF01' and <= '\uFF5E') c = (char)(c - 0xFEE0);
            span[i] = c switch
            {
                '—' or '–' or '−' or '－' or '―' => '-',
                '\u3000' => ' ',
                '壹' => '一',
                '贰' or '貳' => '二',
                '叁' or '參' => '三',
                '肆' => '四',
                '伍' => '五',
                '陆' => '六',
                '柒' => '七',
                '捌' => '八',
                '玖' => '九',
                '拾' => '十',
                '棟' => '栋',
                '樓' => '楼',
                '號' => '号',
                '單' => '单',
                _ => char.ToUpperInvariant(c),
            };
        }
    });

    private static SpokenBuilding Read(Match match, bool dashed)
    {
        var number = Canonical(match.Groups["no"].ValueSpan);
        var rest = dashed
            ? $"{match.Groups["unit"].Value}单元{match.Groups["room"].Value}室"
            : match.Value[(match.Groups["kind"].Index + match.Groups["kind"].Length - match.Index)..].Trim();
        return new SpokenBuilding(number, rest, match.Index, match.Length);
    }

    internal static string Canonical(ReadOnlySpan<char> number)
    {
        if (char.IsAsciiDigit(number[0])) return number.TrimStart('0') is { Length: > 0 } digits ? digits.ToString() : "0";
        return char.IsAsciiLetter(number[0]) ? number.ToString() : ChineseNumber(number).ToString(CultureInfo.InvariantCulture);
    }

    private static int ChineseNumber(ReadOnlySpan<char> number)
    {
        var (total, digit) = (0, 0);
        var plain = number.IndexOfAny("十百") < 0;
        foreach (var c in number)
        {
            var value = c == '两' ? 2 : c == '〇' ? 0 : "零一二三四五六七八九".IndexOf(c, StringComparison.Ordinal);
            if (plain) total = (total * 10) + Math.Max(0, value);
            else if (value >= 0) digit = value;
            else (total, digit) = (total + (Math.Max(1, digit) * (c == '百' ? 100 : 10)), 0);
        }
        return plain ? total : total + digit;
    }

    // A number is whole: 5栋 is not in 15栋, nor 五栋 in 十五栋. 3楼 is a floor, 3号楼 a building.
    [GeneratedRegex(
        $"(?<![{Digit}A-Z#.-])(?<no>[A-Z]?[0-9]{{1,3}}|[A-Z]|[零〇一二三四五六七八九十百两]{{1,5}}) ?(?<kind>号?[栋幢橦]{Block}|号楼|座|#{Block})"
        + $"(?: ?(?:[A-Z]|[0-9]{{1,2}}|[一二三四五六七八九十]{{1,2}}) ?座)?(?: ?(?:[{Digit}]{{1,3}}|[A-D]) ?(?:号?单元|门洞))?(?: ?(?:[0-9]{{1,2}}|[一二三四五六七八九十两]{{1,3}}) ?(?:楼(?!道|梯|顶|上|下)|层))?"
        + "(?: ?(?:[0-9]{1,2}-[0-9]{1,2}|[0-9]{3,4})(?![0-9]) ?[室号户房]?)?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Named();

    [GeneratedRegex(
        "(?<![0-9.A-Z-])(?<no>[A-Z]?[0-9]{1,3}) ?- ?(?<unit>[0-9]{1,2}) ?- ?(?<room>[0-9]{3,4})(?![0-9-])[室号]?",
        RegexOptions.CultureInvariant)]
    private static partial Regex Dashed();
}
