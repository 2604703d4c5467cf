namespace WuShe.Dialogs.Understanding;

/// <summary>
/// The number to call before anything else is talked about. Words that name a danger plainly are known by heart; what is said
/// in other words is for the model to recognise (<see cref="Understood.Danger"/>).
/// </summary>
public static class Danger
{
    /// <summary>The danger that the words name; null when they name none, or say that there is none now (打不着火, 去年着过火).</summary>
    public static DangerKind? Find(string text) => DangerWords.Find(text);

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
}
