using System.Buffers;
using WuShe.Dialogs.Engine;

namespace WuShe.Services.ProblemReports;

/// <summary>Recognises a sentence that complains about something the catalogue knows.</summary>
public sealed class ReportOpener(Catalogue catalogue) : IOpener
{
    private const int Sentence = 4;

    private static readonly SearchValues<string> Trouble = SearchValues.Create(
        ["坏", "不亮", "漏", "堵", "破", "裂", "断", "掉", "塌", "倒了", "脏", "臭", "吵", "乱", "没人管", "没人修", "不管", "积水", "冒", "停水",
         "停电", "停气", "没水", "没电", "没气", "没灯", "没得", "不见了", "丢了", "偷", "占", "挡", "私搭", "违", "扰民", "危险", "隐患", "味",
         "修", "投诉", "反映", "举报", "上报", "生锈", "松动", "不通", "打不开", "关不上", "用不了", "不能用", "烂", "瞎", "噪", "咬", "扔", "抛",
         "不牵绳", "垃圾", "老鼠", "蟑螂", "堆", "黑", "睡不着", "故障", "失灵", "卡住"],
        StringComparison.Ordinal);

    private static readonly SearchValues<string> Elsewhere = SearchValues.Create(
        ["律师", "预约", "报名", "志愿", "咨询", "怎么办理", "如何办理", "想问", "请问", "几点开", "什么时候开", "电话多少", "天气", "谢谢", "你好"],
        StringComparison.Ordinal);

    public double Opens(string text)
    {
        if (text.Length < Sentence) return 0;
        var words = text.AsSpan();
        var known = catalogue.Guess(text) is not null;
        var trouble = words.ContainsAny(Trouble);
        var score = known && trouble ? 0.85 : known ? 0.5 : trouble && text.Length >= 2 * Sentence ? 0.55 : 0;
        return words.ContainsAny(Elsewhere) ? score / 2 : score;
    }
}
