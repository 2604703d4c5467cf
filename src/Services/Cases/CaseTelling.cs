using WuShe.Dialogs;

namespace WuShe.Services.Cases;

/// <summary>Tells a case's story in plain sentences.</summary>
internal static class CaseTelling
{
    public static IReadOnlyList<string> Sentences(Case subject, string ownerName)
    {
        List<string> sentences = [.. Rows(subject).Select(told => $"{ChineseDate.Minute(told.Row.At)} {told.Words}")];
        sentences.Add(Next(subject, ownerName));
        return sentences;
    }

    /// <summary>The rows of the log that residents hear of, oldest first, without their times.</summary>
    public static IEnumerable<(CaseEvent Row, string Words)> Rows(Case subject)
    {
        foreach (var row in subject.Log.OrderBy(row => row.Seq))
            if (Sentence(row) is { } words)
                yield return (row, words);
    }

    public static string Next(Case subject, string ownerName) => subject.State switch
    {
        CaseState.Resolved => "下一步：请您看看办得好不好。没有解决，就回复「没解决」。",
        CaseState.Confirmed => "这件事已经办完。又有问题，就回复「没解决」。",
        _ => $"下一步：{ownerName}在{ChineseDate.Day(subject.DueAt)}前给您答复。",
    };

    private static string? Sentence(CaseEvent row) => row.To switch
    {
        CaseState.Dispatched or CaseState.Claimed when row.From == row.To && row.Who == CaseActor.Resident.Name => $"您补充：{OrPictures(row.Note)}",
        CaseState.Accepted => "您反映了这件事，我们收到了。",
        CaseState.Dispatched when row.From == CaseState.Reopened => "已交回值班人员继续办理。",
        CaseState.Dispatched when row.From == CaseState.Dispatched => $"位置确定了，已转给{row.Note}。",
        CaseState.Dispatched => $"已派给{row.Note}。",
        CaseState.Claimed when row.From == CaseState.Reopened => "原来的工作人员继续办理。",
        CaseState.Claimed when row.From == CaseState.Claimed => $"{row.Who}：{OrPictures(row.Note)}",
        CaseState.Claimed => $"{row.Who}接单，开始处理。",
        CaseState.Resolved => $"{row.Who}办好了：{row.Note}",
        CaseState.Confirmed => $"您的评价：{row.Note}",
        CaseState.Reopened => $"您说还要再办：{row.Note}",
        _ => null,
    };

    private static string OrPictures(string note) => note.Length == 0 ? "发来了照片。" : note;
}
