using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// What fails because a setting is wrong, here or on the platform, waits until somebody has looked after it, and admins are
/// told.
/// </summary>
internal sealed class WeComAlarms(IAlarmBoard alarms, TimeProvider time)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);

    // Longer than the time after which it is tried again: what is still wrong renews it.
    private static readonly TimeSpan Shown = TimeSpan.FromHours(2);

    /// <summary>The outcome with the time of the next try. <paramref name="who"/> is the app's or the robot's name in the settings.</summary>
    public async Task<DeliveryOutcome> Seen(string who, DeliveryOutcome outcome)
    {
        if (outcome.Result != DeliveryResult.Held) return outcome;
        var now = time.GetUtcNow();
        var code = WeComErrors.CodeIn(outcome);
        await alarms.Raise($"wecom:{who}:{code}", $"企业微信「{who}」的设置不对（错误码 {code}），消息先存着，改好后十分钟内自动补发", now + Shown);
        return outcome with { Until = now + LookAgain };
    }
}
