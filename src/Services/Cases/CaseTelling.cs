using WuShe.Dialogs;

namespace WuShe.Services.Cases;

/// <summary>
/// Tells a case's story in plain sentences: to its reporter, or (<c>follows</c>) to a neighbour who follows it, who reads nothing of
/// what the reporter or other followers said, and staff's words without numbers and doors.
/// </summary>
internal static class CaseTelling
{
    public static IReadOnlyList<string> Sentences(Case subject, string ownerName, bool follows = false)
    {
        List<string> sentences = [.. Rows(subject, follows).Select(told => $"{ChineseDate.Minute(told.Row.At)} {told.Words}")];
        sentences.Add(Next(subject, ownerName, follows));
        return sentences;
    }

    /// <summary>The rows of the log that residents hear of, oldest first, without their times.</summary>
    public static IEnumerable<(CaseEvent Row, string Words)> Rows(Case subject, bool follows = false)
    {
        foreach (var row in subject.Log.OrderBy(row => row.Seq))
            if ((follows ? ToFollower(row) : Sentence(row)) is { } words)
                yield return (row, words);
    }

    public static string Next(Case subject, string ownerName, bool follows = false) => subject.State switch
    {
        CaseState.Withdrawn when follows => "反映的人说不用办了。您那里还没好，请直接再说一次。",
        CaseState.Resolved when subject.SettledAt is null => "下一步：请您看看办得好不好。没有解决，就回复「没解决」。",
        CaseState.Confirmed when subject.SettledAt is null => "这件事已经办完。又有问题，就回复「没解决」。",
        CaseState.Resolved or CaseState.Confirmed => "这件事已经办完。又有问题，请直接再说一次。",
        CaseState.Withdrawn => "您说不用办了。又有需要，请直接再说一次。",
        CaseState.Merged => "这件事和另一件一样的事一起办，有进展都会告诉您。",
        CaseState.Returned => "下一步：正在商量由谁来办，定下来就告诉您。",
        CaseState.Suspended => $"下一步：{ChineseDate.Day(subject.ResumesAt ?? subject.DueAt)}接着办。",
        _ => $"下一步：{ownerName}在{ChineseDate.Day(subject.DueAt)}前给您答复。",
    };

    /// <summary>Whether the pictures of the row are a follower's to see: those that staff took.</summary>
    public static bool ShowsPictures(CaseEvent row, bool follows) => !follows || row.ActorId is not null;

    private static string? ToFollower(CaseEvent row) => row.Move switch
    {
        CaseMove.Open => "邻居反映了这件事，我们收到了。",
        CaseMove.Add => null,
        CaseMove.Confirm => "反映的人说办好了。",
        CaseMove.Reopen when row.Who == CaseActor.Resident.Name => "反映的人说还要再办。",
        CaseMove.Withdraw => "反映的人说不用办了。",
        _ => Sentence(row) is { } words ? NeighbourWords.Staff(words) : null,
    };

    /// <summary>Null for what a resident need not hear of: how staff press and remind each other.</summary>
    private static string? Sentence(CaseEvent row) => row.Move switch
    {
        CaseMove.Open => "您反映了这件事，我们收到了。",
        CaseMove.Add => $"您补充：{OrPictures(row.Note)}",
        CaseMove.Dispatch when row.From == CaseState.Reopened => "已交回值班人员继续办理。",
        CaseMove.Dispatch when row.From == CaseState.Accepted => $"已派给{Whom(row)}。",
        CaseMove.Place when row.To == CaseState.Dispatched => $"位置确定了，已转给{row.Note}。",
        CaseMove.Place => row.Note,
        CaseMove.Claim when row.From == CaseState.Reopened => "原来的工作人员继续办理。",
        CaseMove.Claim when row.From == CaseState.Dispatched => $"{row.Who}接单，开始处理。",
        CaseMove.Note => $"{row.Who}：{OrPictures(row.Note)}",
        CaseMove.Return => $"{row.Who}说不归他那里办，正在商量由谁来办。",
        CaseMove.Judge or CaseMove.Assign or CaseMove.Release => $"已转给{Whom(row)}。",
        CaseMove.Extend => "要多花几天，站里已经同意延期。",
        CaseMove.Suspend when row.From == CaseState.Claimed => $"先停一停：{row.Note}",
        CaseMove.Resume => "又接着办了。",
        CaseMove.Supervise => "上级正在催办。",
        CaseMove.Resolve => $"{row.Who}办好了：{row.Note}",
        CaseMove.Confirm => $"您的评价：{row.Note}",
        CaseMove.Reopen when row.Who == CaseActor.Follower.Name => "跟进的邻居说还没好，要再办。",
        CaseMove.Reopen => $"您说还要再办：{row.Note}",
        CaseMove.Withdraw => "您说不用办了。",
        CaseMove.Merge => "和另一件一样的事一起办。",
        CaseMove.Split => "不和那一件一起办了，单独办。",
        _ => null,
    };

    /// <summary>Who got it, without the reason why, which is for staff.</summary>
    private static string Whom(CaseEvent row) => row.Note.Split('：')[0];

    private static string OrPictures(string note) => note.Length == 0 ? "发来了照片。" : note;
}
