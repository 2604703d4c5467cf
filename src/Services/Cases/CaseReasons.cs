using WuShe.Dialogs;

namespace WuShe.Services.Cases;

/// <summary>「为什么到了他那里」 and 「为什么超时」, answered from the log in sentences that residents and staff alike may read.</summary>
internal static class CaseReasons
{
    /// <summary>Why the case is with whom it is: the last time it changed hands.</summary>
    public static string WhyHere(Case subject, string ownerName)
    {
        var rows = subject.Log.OrderBy(row => row.Seq).ToList();
        if (!subject.State.IsOpen()) return $"这件事已经{subject.State.InPlainWords()}，最后由{ownerName}经手。";
        if (subject.State == CaseState.Returned) return "有人退了单，站里正在商量由谁来办，最多一个工作日。";
        return rows.FindLast(row => Gives(row)) is not { } given
            ? $"这件事在{ownerName}那里。"
            : $"{ChineseDate.Minute(given.At)} {How(given)}。现在由{ownerName}负责。";
    }

    /// <summary>Why it is late, or was: where the time went. Says so when it is not.</summary>
    public static string WhyLate(Case subject, DateTimeOffset now)
    {
        var end = subject.ClosedAt ?? now;
        if (end <= subject.DueAt)
            return subject.ClosedAt is null ? $"没有超时，{ChineseDate.Day(subject.DueAt)}前给答复。" : "没有超时，是按时办完的。";
        var parts = Spans(subject, end).Where(span => span.Long > TimeSpan.FromHours(1)).OrderByDescending(span => span.Long).Take(3)
            .Select(span => $"{span.What}用了{Spoken(span.Long)}");
        var extended = subject.ExtendedAt is null ? "" : "（已经延期过一次）";
        return $"应在{ChineseDate.Day(subject.DueAt)}前办完{extended}，超了{Spoken(end - subject.DueAt)}。{string.Join("，", parts)}。";
    }

    /// <summary>How long the case was in whose hands, one stretch after the other.</summary>
    private static IEnumerable<(string What, TimeSpan Long)> Spans(Case subject, DateTimeOffset end)
    {
        var rows = subject.Log.OrderBy(row => row.Seq).ToList();
        Dictionary<string, TimeSpan> spans = [];
        for (var i = 0; i < rows.Count; i++)
        {
            var what = rows[i].To switch
            {
                CaseState.Dispatched => "等人接单",
                CaseState.Claimed => "处理",
                CaseState.Returned => "退单后商量由谁办",
                CaseState.Suspended => "挂起等待",
                CaseState.Resolved or CaseState.Confirmed => "办结后等居民回话",
                _ => "",
            };
            var until = i + 1 < rows.Count ? rows[i + 1].At : end;
            if (what.Length > 0 && until > rows[i].At) spans[what] = spans.GetValueOrDefault(what) + (until - rows[i].At);
        }

        return spans.Select(span => (span.Key, span.Value));
    }

    private static bool Gives(CaseEvent row) =>
        row.Move is CaseMove.Judge or CaseMove.Assign or CaseMove.Release or CaseMove.Place
        || (row.Move == CaseMove.Dispatch && row.From is CaseState.Accepted or CaseState.Reopened)
        || (row.Move == CaseMove.Claim && row.From == CaseState.Dispatched);

    private static string How(CaseEvent row) => row.Move switch
    {
        CaseMove.Judge => $"{row.Who}裁定给{row.Note}",
        CaseMove.Assign => $"{row.Who}转派给{row.Note}",
        CaseMove.Release => $"退回给{row.Note}",
        CaseMove.Place => $"{row.Who}确定了位置，{(row.To == CaseState.Dispatched ? $"转给{row.Note}" : row.Note)}",
        CaseMove.Claim => $"{row.Who}自己接的单",
        _ => row.Note.Length == 0 ? "交回值班人员" : $"派给{row.Note}",
    };

    /// <summary>2 天, 3 小时; rounded down.</summary>
    private static string Spoken(TimeSpan time) => time.TotalDays >= 1 ? $" {(int)time.TotalDays} 天" : $" {Math.Max(1, (int)time.TotalHours)} 小时";
}
