using System.Collections.Frozen;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

public static class YesNo
{
    public static Question<bool> Of(string prompt) => new YesNoQuestion(prompt, Labels, "请回答「是」或「不是」。");

    private static readonly string[] Labels = ["是", "不是"];
}

/// <summary>
/// The last question before something is done: 确认提交 / 我要修改 / 取消. 修改 and 取消 are the router's work, so the answer
/// is false only when somebody says no in other words.
/// </summary>
public static class Confirm
{
    public static Question<bool> Of(string summary, string yes = "确认提交") =>
        new YesNoQuestion(summary, [yes, "我要修改", "取消"], $"请点「{yes}」；要改哪里就点「我要修改」，不办了点「取消」。");
}

internal sealed class YesNoQuestion(string prompt, string[] labels, string hint) : Question<bool>(prompt)
{
    private static readonly FrozenSet<string> Yes = FrozenSet.Create(
        "是", "是的", "对", "对的", "对头", "要", "要的", "嗯", "嗯嗯", "好", "好的", "好吧", "行", "可以", "可以的", "同意", "确认",
        "确定", "提交", "没错", "没问题", "没得问题", "莫得问题", "要得", "得行", "就这样", "就这么办", "就是这样", "交", "报", "不错", "需要", "有", "有的", "当然", "ok", "okay", "yes", "y", "👌", "👍");

    private static readonly FrozenSet<string> No = FrozenSet.Create(
        "否", "不", "不是", "不是的", "不要", "没有", "没", "不用", "不用了", "不对", "不行", "不可以", "不需要", "不了", "别", "无",
        "不提交", "no", "n");

    private static readonly FrozenSet<string> Dropped = FrozenSet.Create("不提交", "不要", "不用", "不用了", "不需要", "不了", "先不", "先不报", "no");

    private static readonly FrozenSet<string> Unsure = FrozenSet.Create(
        "不知道", "不清楚", "不好说", "不确定", "不晓得", "不一定", "不记得", "不懂", "不明白");

    protected internal override IReadOnlyList<string> Options => labels;

    protected internal override string Hint => hint;

    protected internal override bool Confirms => labels.Length > 2;

    protected internal override string Brief => Confirms ? Phrases.RightSoFar(labels[0]) : base.Brief;

    protected internal override Reading<bool> Read(Input input)
    {
        var key = Plain.Key(input.Text).TrimEnd('啊', '呀', '哦', '呢', '嘛', '哈', '噻', '咯', '了');
        if (key.Length == 0) return default;
        if (key == Plain.Key(labels[0]) || Yes.Contains(key)) return Reading.Of<bool>(true);
        if (labels.Length > 2)
        {
            // At a confirmation nothing is guessed: 好多钱 would submit; 没有 (nothing to add) or 不对 (to be mended) would drop everything.
            return Dropped.Contains(key) ? Reading.Of<bool>(false) : Numbers.TryRead(key, out var first) && first == 1 ? Reading.Of<bool>(true) : default;
        }
        if (No.Contains(key)) return Reading.Of<bool>(false);
        if (Numbers.TryRead(key, out var number)) return number == 1 ? Reading.Of<bool>(true) : number == 2 ? Reading.Of<bool>(false) : default;
        if (key.Length > 6 || Unsure.Contains(key)) return default;
        if (key[0] is '不' or '没') return Reading.Of<bool>(false);
        return key[0] is '是' or '对' or '好' or '要' or '嗯' && key.IndexOfAny(['不', '没', '像']) < 0 ? Reading.Of<bool>(true) : default;
    }
}
