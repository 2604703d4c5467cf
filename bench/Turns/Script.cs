namespace WuShe.Bench.Turns;

/// <summary>What a simulated resident says, and a piece of what must come back: a wrong reply stops the bench.</summary>
internal sealed record Line(string Say, string Expect);

/// <summary>The two ways through the report dialog.</summary>
internal static class Script
{
    /// <summary>Five turns that only talk: everything up to the confirmation, then 取消. Nothing is stored in the database.</summary>
    public static readonly Line[] Talk =
    [
        new("问题上报", "什么"),
        new("楼道灯坏了三天了", "位置"),
        new("3栋2单元", "确认"),
        new("改位置", "位置"),
        new("取消", "不办了"),
    ];

    /// <summary>Three turns to a stored case.</summary>
    public static readonly Line[] Case =
    [
        new("3栋2单元楼道灯坏了三天了", "照片"),
        new("没有照片", "确认"),
        new("确认提交", "编号"),
    ];

    /// <summary>For the bare endpoint, which gives back what it got.</summary>
    public static readonly Line[] Echo = [new("楼道灯坏了三天了", "楼")];
}
