namespace WuShe.Dialogs.Understanding;

/// <summary>
/// A part of the day by its hours; a night that reaches past midnight ends above 24. Hours are those people mean when they
/// agree to meet, not those of a weather report: 上午 8–12, 中午 11–14, 下午 12–18, 晚上 18–24.
/// </summary>
internal sealed record PartOfDay(double From, double To, PartKind Kind)
{
    private static readonly PartOfDay Small = new(0, 6, PartKind.Early);
    private static readonly PartOfDay Morning = new(6, 9, PartKind.Morning);
    private static readonly PartOfDay Forenoon = new(8, 12, PartKind.Morning);
    private static readonly PartOfDay Noon = new(11, 14, PartKind.Noon);
    private static readonly PartOfDay Afternoon = new(12, 18, PartKind.Afternoon);
    private static readonly PartOfDay LateAfternoon = new(15, 18, PartKind.Afternoon);
    private static readonly PartOfDay Dusk = new(17, 20, PartKind.Afternoon);
    private static readonly PartOfDay Evening = new(18, 24, PartKind.Evening);
    private static readonly PartOfDay Night = new(22, 29, PartKind.Night);
    private static readonly PartOfDay Daytime = new(8, 18, PartKind.Noon);

    private static readonly WordTable<PartOfDay> Words = new(
        ("凌晨 后半夜 下半夜 鸡叫", Small),
        ("大清早 清早 清晨 一大早 大早上 打早 天刚亮 天亮 天麻麻亮 天不亮 天没亮 早晨 早上 早晨些 早上些 早晨间 清早八晨 早间", Morning),
        ("上午 上午些 午前 上半天 上半日", Forenoon),
        ("中午 中午些 晌午 晌午些 正午 午间 晌午头 中午间", Noon),
        ("下午 下午些 午后 下半天 下半日 下午间 后晌", Afternoon),
        ("下午晚些 快下班", LateAfternoon),
        ("傍晚 擦黑 黄昏 麻麻黑 天擦黑 天黑前 打麻子眼 天要黑 煞黑 挨黑", Dusk),
        ("晚上 晚上些 晚黑 晚夕 晚间 夜里 夜间 夜头 夜晚 黑了 天黑 天黑了 晚些时候 晚黑些 夜黑", Evening),
        ("半夜 半夜三更 半夜间 深夜 大半夜 三更半夜 深更半夜 午夜 上半夜 前半夜", Night),
        ("白天 大白天 日头 白日", Daytime));

    private static readonly WordTable<PartOfDay> Short = new(
        ("早 晨", Morning), ("晚 夜", Evening), ("午", Noon));

    /// <summary>Eats a part of the day. <paramref name="afterDay"/>: 早 and 晚 alone count too (明早, 周五晚).</summary>
    public static bool TryEat(Cursor cursor, bool afterDay, out PartOfDay part)
    {
        var at = cursor.At;
        if (Words.TryEat(cursor, out part) || (afterDay && cursor.Peek(1) is not ('点' or '些') && Short.TryEat(cursor, out part)))
        {
            // 早上好 greets.
            if (!(cursor.Now == '好' && cursor.Peek(1) is '\0' or '!' or ',' or '。' or ' ' or '啊' or '呀')) return true;
        }
        cursor.At = at;
        return false;
    }

    /// <summary>The hour on the day's own clock (24 and above: after its midnight) that an hour said with this part means.</summary>
    public int HourOf(int said) => Kind switch
    {
        PartKind.Early => said == 12 ? 0 : said,
        PartKind.Noon => said <= 4 ? said + 12 : said,
        PartKind.Afternoon => said < 12 ? said + 12 : said,
        PartKind.Evening => said == 12 || said < 5 ? said == 12 ? 24 : said + 24 : said < 12 ? said + 12 : said,
        PartKind.Night => said == 12 ? 24 : said <= 8 ? said + 24 : said < 12 ? said + 12 : said,
        _ => said,
    };
}

internal enum PartKind
{
    Early,
    Morning,
    Noon,
    Afternoon,
    Evening,
    Night,
}
