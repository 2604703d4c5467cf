using System.Collections.Frozen;

namespace WuShe.Dialogs.Routing;

internal enum Repair
{
    None,
    Back,
    Change,
    Cancel,
    Repeat,
    Human,
    Menu,

    /// <summary>Passes over the open question.</summary>
    Skip,

    /// <summary>The open question in the plainest words.</summary>
    Simpler,

    /// <summary>The open question alone.</summary>
    Slower,

    /// <summary>Brings back what was cancelled.</summary>
    Restore,

    /// <summary>Puts the open question again.</summary>
    GoOn,
}

/// <summary>Words that mend a conversation, whatever it is about. Each counts only as the whole message.</summary>
internal static class RepairWords
{
    private static readonly FrozenDictionary<string, Repair> Words = new (Repair Repair, string[] Words)[]
    {
        (Repair.Back, ["返回", "上一步", "返回上一步", "回上一步", "退回", "上一题", "回到上一步", "退一步", "倒回去", "回退"]),
        (Repair.Change, ["修改", "我要修改", "要修改", "改一下", "更改", "我要改", "改", "说错了", "搞错了", "我说错了", "弄错了", "选错了", "填错了", "搞拐了", "错了", "不对"]),
        (Repair.Cancel, ["取消", "算了", "不报了", "不办了", "不弄了", "退出", "不要了", "我要取消", "取消吧", "算了吧", "算了嘛", "不搞了", "莫报了", "不说了", "不用报了", "停", "结束"]),
        (Repair.Repeat, ["重复", "再说一遍", "再说一次", "重复一遍", "没看清", "没听清", "再说一哈", "再讲一遍", "没看到", "刚才说啥", "刚才说的什么", "你说啥子", "你说什么", "说啥子", "啥子"]),
        (Repair.Human, ["人工", "转人工", "找人", "人工客服", "人工服务", "找人工", "转接人工", "找工作人员", "真人", "转真人", "找真人", "找个人", "我要人工", "要人工", "客服", "找客服"]),
        (Repair.Menu, ["菜单", "帮助", "你好", "您好", "在吗", "主菜单", "help", "hi", "hello", "嗨"]),
        (Repair.Skip, ["跳过", "略过", "不填", "不想填", "先不填", "下一个", "下一步", "下一项", "跳过这一步"]),
        (Repair.Simpler, ["什么意思", "啥意思", "啥子意思", "没懂", "不懂", "听不懂", "看不懂", "没看懂", "没听懂", "不明白", "没搞懂", "搞不懂", "说简单点", "简单点", "怎么填", "咋填", "咋个填", "怎么说", "咋个说", "咋个弄", "搞不来"]),
        (Repair.Slower, ["慢点", "慢一点", "慢点说", "说慢点", "太快了", "慢慢来", "一个一个来", "一个一个问"]),
        (Repair.Restore, ["恢复", "撤销", "撤销取消", "不取消", "不取消了", "我点错了", "点错了", "按错了", "手滑了", "又要了"]),
        (Repair.GoOn, ["继续", "接着办", "接着来", "接着", "继续办", "往下走", "不改了", "不改", "不用改", "没有照片", "没照片", "没得照片"]),
    }
    .SelectMany(row => row.Words.Select(word => (word, row.Repair)))
    .ToFrozenDictionary(pair => pair.word, pair => pair.Repair, StringComparer.Ordinal);

    /// <summary>Names that mean the same thing when an answer is corrected.</summary>
    private static readonly string[][] SameNames =
    [
        ["地点", "位置", "地址", "地方", "在哪", "哪里", "楼号"],
        ["照片", "图片", "相片", "图"],
        ["类别", "类型", "种类", "分类"],
        ["说明", "补充", "描述", "内容", "问题", "情况", "备注"],
        ["电话", "手机", "手机号", "号码", "联系方式"],
        ["时间", "日期", "几点", "日子"],
        ["姓名", "名字", "称呼"],
        ["人数", "几个人"],
    ];

    private static readonly char[] Particles = ['啊', '呀', '哦', '呢', '嘛', '哈', '噻', '咯', '吧', '哟', '哎', '诶', '喔', '嘞', '吗'];

    private const int LongestNotKnown = 12;
    private static readonly char[] BeforeNotKnown = ['我', '也', '都', '就', '真', '还', '实', '在', '这', '个', '嗯', '哎'];
    private static readonly string[] NotKnown = ["不晓得", "不知道", "说不清", "搞不清", "记不得", "记不清", "不清楚", "不记得", "晓不得"];
    private static readonly string[] ChangePrefixes = ["我要修改", "我要改", "修改", "更改", "改一下", "改"];

    internal static Repair Of(string key)
    {
        if (key.Length is 0 or > 10) return Repair.None;
        if (Words.TryGetValue(key, out var repair)) return repair;
        var bare = key.TrimEnd(Particles);
        return bare.Length < key.Length ? Words.GetValueOrDefault(bare) : Repair.None;
    }

    /// <summary>Words by which a question that may be skipped is passed over.</summary>
    internal static bool Skips(string key) =>
        key is "没有" or "没" or "没了" or "没有了" or "无" or "不用" or "不用了" or "不需要" or "莫得" or "没得" or "没有照片" or "没照片" or "没得照片" or "没事了"
        || Of(key) == Repair.Skip || (key.Length <= LongestNotKnown && Array.Exists(NotKnown, word => key.AsSpan().TrimStart(BeforeNotKnown).StartsWith(word, StringComparison.Ordinal)));

    /// <summary>What follows 改 in 「改地点 5栋」; null when the words do not ask for a change.</summary>
    internal static string? AfterChange(string text)
    {
        foreach (var prefix in ChangePrefixes)
            if (text.Length > prefix.Length && text.StartsWith(prefix, StringComparison.Ordinal))
                return text[prefix.Length..].TrimStart();
        return null;
    }

    /// <summary>
    /// Whether <paramref name="text"/> begins with <paramref name="name"/> or a word that means the same;
    /// <paramref name="rest"/> is what follows it, without 为/成/到.
    /// </summary>
    internal static bool Names(string text, string name, out string rest)
    {
        rest = "";
        if (name.Length == 0) return false;
        if (Begins(text, name, ref rest)) return true;
        foreach (var group in SameNames)
        {
            if (Array.IndexOf(group, name) < 0) continue;
            foreach (var word in group)
                if (Begins(text, word, ref rest)) return true;
        }
        return false;
    }

    private static bool Begins(string text, string word, ref string rest)
    {
        if (!text.StartsWith(word, StringComparison.Ordinal)) return false;
        rest = text[word.Length..].TrimStart(' ', ':', '\uFF1A', ',', '\uFF0C', '为', '成', '到', '是').TrimEnd();
        return true;
    }
}
