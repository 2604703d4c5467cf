namespace WuShe.Services.Cases;

/// <summary>Where a case stands. The values are stored: never renumber.</summary>
public enum CaseState
{
    /// <summary>受理</summary>
    Accepted = 1,

    /// <summary>派单: waits for its worker, or in the duty queue of its unit.</summary>
    Dispatched = 2,

    /// <summary>接单: somebody is at it.</summary>
    Claimed = 3,

    /// <summary>办结, as the worker says.</summary>
    Resolved = 4,

    /// <summary>反馈评价: the resident agrees.</summary>
    Confirmed = 5,

    /// <summary>退单</summary>
    Returned = 6,

    /// <summary>延期</summary>
    Extended = 7,

    /// <summary>挂起</summary>
    Suspended = 8,

    /// <summary>督办</summary>
    Supervised = 9,

    /// <summary>重开: the resident does not agree. Passed through on the way back to the worker.</summary>
    Reopened = 10,

    /// <summary>撤回</summary>
    Withdrawn = 11,

    /// <summary>并案</summary>
    Merged = 12,
}

/// <summary>States as people read them.</summary>
public static class CaseStates
{
    /// <summary>The official name, for staff.</summary>
    public static string Chinese(this CaseState state) => state switch
    {
        CaseState.Accepted => "已受理",
        CaseState.Dispatched => "待接单",
        CaseState.Claimed => "处理中",
        CaseState.Resolved => "已办结",
        CaseState.Confirmed => "已评价",
        CaseState.Returned => "已退单",
        CaseState.Extended => "已延期",
        CaseState.Suspended => "已挂起",
        CaseState.Supervised => "督办中",
        CaseState.Reopened => "重新办理",
        CaseState.Withdrawn => "已撤回",
        CaseState.Merged => "已并案",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>The same in words that residents use themselves.</summary>
    public static string InPlainWords(this CaseState state) => state switch
    {
        CaseState.Accepted => "收到了",
        CaseState.Dispatched => "等人接手",
        CaseState.Claimed => "正在办",
        CaseState.Resolved => "办好了",
        CaseState.Confirmed => "办完了",
        CaseState.Returned => "换人来办",
        CaseState.Extended => "要晚几天",
        CaseState.Suspended => "先停一停",
        CaseState.Supervised => "正在催办",
        CaseState.Reopened => "重新在办",
        CaseState.Withdrawn => "您说不办了",
        CaseState.Merged => "和另一件一起办",
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Whether somebody still has to do something.</summary>
    public static bool IsOpen(this CaseState state) =>
        state is not (CaseState.Resolved or CaseState.Confirmed or CaseState.Withdrawn or CaseState.Merged);
}
