using System.Globalization;
using System.Text;
using WuShe.Services.Common;

namespace WuShe.OrganisationBench;

/// <summary>Sheets of a city: a centre for each thirty stations, thirty rooms in each station.</summary>
internal static class City
{
    private const int Each = 30;

    public static string Units(int count)
    {
        var sheet = new StringBuilder("编号,名称,级别,上级\n");
        foreach (var (code, level, above) in Tree(count)) sheet.Append(CultureInfo.InvariantCulture, $"{code},{code}{level},{level},{above}\n");
        return sheet.ToString();
    }

    public static string People(int count)
    {
        var sheet = new StringBuilder("登录名,称呼,角色,单位,值班时间\n");
        foreach (var (code, level, _) in Tree(count))
            sheet.Append(CultureInfo.InvariantCulture, $"staff-{code},{code}号,{level switch { "中心" => "中心人员", "社工站" => "站长", _ => "网格员" }},{code},8:30-12:00 14:00-18:00\n");
        return sheet.ToString();
    }

    /// <summary>A square of some 500 m for each room, side by side.</summary>
    public static string Grids(int count)
    {
        var sheet = new StringBuilder("编号,名称,社区,网格员,轮廓\n");
        var at = 0;
        foreach (var (code, level, _) in Tree(count))
        {
            if (level != "社工室") continue;
            var (west, south) = (106 + (at % 90 * 0.005), 29 + (at / 90 * 0.005));
            var ring = string.Join(',', new[] { (0, 0), (1, 0), (1, 1), (0, 1), (0, 0) }.Select(corner =>
                string.Create(CultureInfo.InvariantCulture, $"[{west + (corner.Item1 * 0.005):F4},{south + (corner.Item2 * 0.005):F4}]")));
            sheet.Append(CultureInfo.InvariantCulture, $"G{code},{code}网格,{code},staff-{code},\"{{\"\"type\"\":\"\"Polygon\"\",\"\"coordinates\"\":[[{ring}]]}}\"\n");
            at++;
        }
        return sheet.ToString();
    }

    private static IEnumerable<(string Code, string Level, string Above)> Tree(int count)
    {
        for (var centre = 1; count > 0; centre++)
        {
            var top = $"C{centre}";
            yield return (top, "中心", "");
            count--;
            for (var station = 1; station <= Each && count > 0; station++)
            {
                var middle = $"{top}-{station}";
                yield return (middle, "社工站", top);
                count--;
                for (var room = 1; room <= Each && count > 0; room++, count--) yield return ($"{middle}-{room}", "社工室", middle);
            }
        }
    }
}

/// <summary>Nothing is owed here.</summary>
internal sealed class NobodyToWake : IWake
{
    public void Outbox()
    {
    }
}
