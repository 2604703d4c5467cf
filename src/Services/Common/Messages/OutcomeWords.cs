using System.Text.RegularExpressions;

namespace WuShe.Services.Common.Messages;

/// <summary>What became of a message, for staff: by which way it arrived, or which ways were closed and why.</summary>
public static partial class OutcomeWords
{
    /// <summary>Begins the outcome of what a member of staff told the person; their name follows.</summary>
    public const string ByStaff = "by staff: ";

    /// <summary>Begins the outcome for people who have no chat: staff took their report.</summary>
    private const string NoChat = "no channel intake";

    private static readonly (string Of, string Words)[] Reasons =
    [
        ("reply window closed", "居民太久没有说话，公众号不能主动发"), ("customer messages used up", "这次能主动发的条数用完了"),
        ("does not follow", "没有关注公众号"), ("has left", "没有关注公众号"), ("no consent left", "居民没有订阅"), ("no form for", "没有设置模板"),
        ("does not fit", "内容放不进模板"), ("template not in", "模板对不上"), ("is not in the template", "模板对不上"), ("is not filled", "模板对不上"),
        ("not set up", "没有开通短信"), ("no channel", "这个入口没有接通"), ("sensitive word", "内容被平台拦下"), ("subscription notices turned off", "订阅通知被平台关闭"),
        ("openid not valid", "平台不认识这个人"), ("no such account", "公众号已不在设置里"),
    ];

    /// <summary>One sentence in plain Chinese.</summary>
    public static string Of(OutboxMessage message)
    {
        if (message.DeliveredAt is not null) return Told(message.Outcome);
        var why = Why(message.Outcome);
        if (message.FinishedAt is not null) return $"没有送到，不再发了{why}。";
        if (message.Parked && HasNoChat(message)) return "还没告诉：电话、窗口或书信代录的，没有聊天可以发。请打电话或当面告诉。";
        if (message.Parked) return $"还没送到，等居民下次说话时再发{why}。";
        return message.Attempts == 0 ? "正在等着发出。" : $"正在重发{why}。";
    }

    /// <summary>No chat is there to wait for: somebody has to tell the person.</summary>
    internal static bool HasNoChat(OutboxMessage message) => message.Outcome.StartsWith(NoChat, StringComparison.Ordinal);

    private static string Told(string outcome)
    {
        if (outcome.StartsWith(ByStaff, StringComparison.Ordinal)) return $"{outcome[ByStaff.Length..]}已当面告诉居民。";
        var by = outcome.StartsWith("sms", StringComparison.Ordinal) ? "短信"
            : outcome.Contains("by template", StringComparison.Ordinal) ? "微信模板消息"
            : outcome.Contains("by subscription", StringComparison.Ordinal) ? "微信订阅通知"
            : outcome.StartsWith("wechat", StringComparison.Ordinal) ? "微信"
            : outcome.StartsWith("web", StringComparison.Ordinal) ? "网页聊天" : "聊天";
        return $"已送到（{by}）{Why(outcome)}。";
    }

    private static string Why(string outcome)
    {
        var reasons = outcome.Split([';'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Reason)
            .Where(reason => reason.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        return reasons.Count == 0 ? "" : $"：{string.Join("，", reasons)}";
    }

    private static string Reason(string part)
    {
        var words = Reasons.FirstOrDefault(reason => part.Contains(reason.Of, StringComparison.Ordinal)).Words;
        if (words is not null) return words;
        return Code().Match(part) is { Success: true } code ? $"平台没有收（{code.Value}）" : "";
    }

    [GeneratedRegex("-1\\b|\\b[1-9][0-9]{4,6}\\b")]
    private static partial Regex Code();
}
