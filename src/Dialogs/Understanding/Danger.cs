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
        (["持刀", "抢劫", "打人", "入室", "救命"], DangerKind.Violence),
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
        DangerKind.Gas => "请不要开关电器、不要点火，马上开窗离开，到屋外拨打 119 和燃气公司电话！",
        DangerKind.Fire => "请马上离开现场，拨打 119！",
        DangerKind.Lift => "请按电梯里的求助按钮，并拨打 119 或物业电话，不要扒门！",
        DangerKind.Injury => "请马上拨打 120！",
        DangerKind.SelfHarm => "请马上拨打 110；心理援助热线 12356，全天有人接听。您不是一个人，我们也会尽快联系您。",
        DangerKind.Missing => "请马上拨打 110 报警，不用等 24 小时！",
        DangerKind.Violence => "请先保证自己安全，马上拨打 110！",
        DangerKind.Traffic => "请马上拨打 122；有人受伤，同时拨打 120！",
        DangerKind.Collapse => "请马上离开危险的地方，拨打 119；有人受伤，同时拨打 120！",
        _ => "请先保证自己安全，马上拨打 110！",
    };

    private static bool Names(string text, string word)
    {
        for (var at = text.IndexOf(word, StringComparison.Ordinal); at >= 0; at = text.IndexOf(word, at + 1, StringComparison.Ordinal))
            if (at == 0 || !Denials.Contains(text[at - 1], StringComparison.Ordinal)) return true;
        return false;
    }
}
