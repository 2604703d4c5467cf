using System.Buffers;

namespace WuShe.Dialogs.Understanding;

/// <summary>
/// The number to call before anything else is talked about. Words that name a danger plainly are known by heart; what is said
/// in other words is for the model to recognise (<see cref="Understood.Danger"/>).
/// </summary>
public static class Danger
{
    private static readonly (string[] Words, DangerKind Kind)[] Table =
    [
        (["着火", "起火", "失火", "火灾", "冒浓烟", "爆炸"], DangerKind.Fire),
        (["煤气泄漏", "燃气泄漏", "天然气泄漏", "煤气漏", "燃气漏", "漏煤气", "漏燃气", "闻到煤气", "煤气味"], DangerKind.Gas),
        (["困在电梯", "被困电梯", "电梯困人", "关在电梯"], DangerKind.Lift),
        (["跳楼", "轻生", "自杀", "不想活"], DangerKind.SelfHarm),
        (["晕倒", "昏迷", "没有呼吸", "大出血", "心脏病发", "触电", "溺水"], DangerKind.Injury),
        (["持刀", "抢劫", "打人", "入室"], DangerKind.Violence),
        (["救命", "紧急求助", "SOS", "sos"], DangerKind.Other),
    ];

    private const string Denials = "不没未";

    private static readonly SearchValues<string> Any =
        SearchValues.Create([.. Table.SelectMany(row => row.Words)], StringComparison.Ordinal);

    /// <summary>The danger that the words name; null when they name none, or say that there is none (打不着火, 没着火).</summary>
    public static DangerKind? Find(string text)
    {
        if (!text.AsSpan().ContainsAny(Any)) return null;
        foreach (var (words, kind) in Table)
            foreach (var word in words)
                if (Names(text, word)) return kind;
        return null;
    }

    /// <summary>What to say first.</summary>
    public static string Call(DangerKind kind) => kind switch
    {
        DangerKind.Gas => "请马上到屋外拨打 119！走之前不要开关电器、不要点火，能开窗就开窗。",
        DangerKind.Fire => "请马上离开，拨打 119！弯腰走楼梯，不要坐电梯。",
        DangerKind.Lift => "请拨打 119，再打物业电话或 96333！按电梯里的求助按钮，不要扒门，靠边站好。",
        DangerKind.Injury => "请马上拨打 120！不要随便移动伤者，有人流血就用干净的布压住。",
        DangerKind.SelfHarm => "请马上拨打 110，也可以打心理援助热线 12356，全天有人接听。您现在一定很难受，您不是一个人。",
        DangerKind.Missing => "请马上拨打 110，不用等 24 小时！说清年龄、穿着、最后在哪里看见的。",
        DangerKind.Violence => "请马上拨打 110！先保证自己安全，不要上前。",
        DangerKind.Traffic => "请拨打 122，有人受伤马上拨打 120！人先撤到路边。",
        DangerKind.Collapse => "请马上离开危险的地方，拨打 119，有人受伤拨打 120！不要回去拿东西。",
        _ => "请马上拨打 110！着火打 119，有人受伤打 120。先保证自己安全。",
    };

    private static bool Names(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            if (at == 0 || !Denials.Contains(text[at - 1], StringComparison.Ordinal)) return true;
        return false;
    }
}
