using System.Buffers;

namespace WuShe.Dialogs.Understanding;

/// <summary>Words of immediate danger, and the number to call before anything else is talked about.</summary>
public static class Danger
{
    private static readonly (string[] Words, string Call)[] Table =
    [
        (["着火", "起火", "失火", "火灾", "冒浓烟", "爆炸"], "请马上离开现场，拨打 119!"),
        (["煤气泄漏", "燃气泄漏", "天然气泄漏", "煤气漏", "燃气漏", "漏煤气", "漏燃气", "闻到煤气", "煤气味"],
            "请不要开关电器、不要点火，马上开窗离开，到屋外拨打 119 和燃气公司电话！"),
        (["困在电梯", "被困电梯", "电梯困人", "关在电梯"], "请按电梯里的求助按钮，并拨打 119 或物业电话，不要扒门！"),
        (["跳楼", "轻生", "自杀", "不想活"], "请马上拨打 110；心理援助热线 12356，全天有人接听。"),
        (["晕倒", "昏迷", "没有呼吸", "大出血", "心脏病发", "触电", "溺水"], "请马上拨打 120!"),
        (["持刀", "抢劫", "打人", "入室", "救命"], "请先保证自己安全，马上拨打 110!"),
    ];

    private static readonly SearchValues<string> Any =
        SearchValues.Create([.. Table.SelectMany(row => row.Words)], StringComparison.Ordinal);

    /// <summary>What to say first; null when nothing in the words sounds dangerous.</summary>
    public static string? Find(string text)
    {
        if (!text.AsSpan().ContainsAny(Any)) return null;
        foreach (var (words, call) in Table)
            foreach (var word in words)
                if (text.Contains(word, StringComparison.Ordinal)) return call;
        return null;
    }
}
