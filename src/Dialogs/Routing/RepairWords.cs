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
}

/// <summary>Words that mend a conversation, whatever it is about. Each counts only as the whole message.</summary>
internal static class RepairWords
{
    private static readonly FrozenDictionary<string, Repair> Words = new (Repair Repair, string[] Words)[]
    {
        (Repair.Back, ["返回", "上一步", "返回上一步", "回上一步", "退回", "上一题"]),
        (Repair.Change, ["修改", "我要修改", "要修改", "改一下", "更改", "我要改", "改"]),
        (Repair.Cancel, ["取消", "算了", "不报了", "不办了", "不弄了", "退出", "不要了", "我要取消", "取消吧", "算了吧"]),
        (Repair.Repeat, ["重复", "再说一遍", "再说一次", "重复一遍", "没看清", "没听清"]),
        (Repair.Human, ["人工", "转人工", "找人", "人工客服", "人工服务", "找人工", "转接人工", "找工作人员"]),
        (Repair.Menu, ["菜单", "帮助", "你好", "您好", "在吗", "主菜单", "help", "hi", "hello", "嗨"]),
    }
    .SelectMany(row => row.Words.Select(word => (word, row.Repair)))
    .ToFrozenDictionary(pair => pair.word, pair => pair.Repair, StringComparer.Ordinal);

    /// <summary>Names that mean the same thing when an answer is corrected.</summary>
    private static readonly string[][] SameNames =
    [
        ["地点", "位置", "地址", "地方", "在哪", "哪里"],
        ["照片", "图片", "相片", "图"],
        ["类别", "类型", "种类", "分类"],
        ["说明", "补充", "描述", "内容", "问题", "情况", "备注"],
        ["电话", "手机", "手机号", "号码", "联系方式"],
        ["时间", "日期", "几点", "日子"],
        ["姓名", "名字", "称呼"],
        ["人数", "几个人"],
    ];

    private static readonly string[] ChangePrefixes = ["我要修改", "我要改", "修改", "更改", "改一下", "改"];

    internal static Repair Of(string key) => key.Length is > 0 and <= 8 ? Words.GetValueOrDefault(key) : Repair.None;

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
