using System.Text.RegularExpressions;

namespace WuShe.Integrations.WeChat.Broadcasts;

/// <summary>The words of <c>MASSSENDJOBFINISH</c>'s <c>Status</c> ("群发接口和原创校验", 事件推送群发结果).</summary>
internal static partial class WeChatBroadcastStatus
{
    public static bool IsSuccess(string status) => string.Equals(status.Replace(" ", "", StringComparison.Ordinal), "sendsuccess", StringComparison.OrdinalIgnoreCase);

    /// <summary>The platform's word and, for a numbered refusal, what it means.</summary>
    public static string Words(string status)
    {
        var shown = status.Length <= 40 ? status : status[..40];
        return Refusal().Match(status) is { Success: true } refusal && Meaning(refusal.Groups[1].Value) is { } meaning ? $"{shown} {meaning}" : shown;
    }

    private static string? Meaning(string number) => number switch
    {
        "10001" => "涉嫌广告",
        "20001" => "涉嫌政治",
        "20002" => "涉嫌色情",
        "20004" => "涉嫌社会",
        "20006" => "涉嫌违法犯罪",
        "20008" => "涉嫌欺诈",
        "20013" => "涉嫌版权",
        "21000" => "涉嫌其他",
        "22000" => "涉嫌互推",
        "30001" => "原创校验出错，没有群发",
        "30002" => "原创校验不通过",
        "30003" => "没有转载的许可",
        "40001" => "管理员拒绝",
        "40002" => "管理员三十分钟没有确认",
        _ => null,
    };

    [GeneratedRegex(@"^err\((\d+)\)")]
    private static partial Regex Refusal();
}
