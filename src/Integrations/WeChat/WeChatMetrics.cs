using System.Diagnostics.Metrics;
using System.Globalization;

namespace WuShe.Integrations.WeChat;

/// <summary>Meter <c>WuShe.WeChat</c>: calls and refreshes of access tokens, by account and what came of them. No token, no person.</summary>
public static class WeChatMetrics
{
    /// <summary>The name that OpenTelemetry collects by.</summary>
    public const string MeterName = "WuShe.WeChat";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Refreshes = Meter.CreateCounter<long>("wushe.wechat.token.refreshes", "{refresh}", "Access tokens fetched, by account and result");

    private static readonly Counter<long> Calls = Meter.CreateCounter<long>("wushe.wechat.calls", "{call}", "Calls that the platform answered, by account, API and code");

    private static readonly Counter<long> Unreadable = Meter.CreateCounter<long>("wushe.wechat.pushes.unreadable", "{push}", "Pushes rightly encrypted that are no message, by account");

    /// <summary>A push that only who has the account's key can have made, and that says nothing.</summary>
    public static void NotRead(string account) => Unreadable.Add(1, new KeyValuePair<string, object?>("account", account));

    internal static void Called(string account, string api, int code) => Calls.Add(
        1,
        new KeyValuePair<string, object?>("account", account),
        new KeyValuePair<string, object?>("api", api),
        new KeyValuePair<string, object?>("code", code));

    /// <param name="account">Its name in the settings.</param>
    /// <param name="code">The platform's code, 0 for success; null when it did not answer.</param>
    internal static void Refreshed(string account, int? code) => Refreshes.Add(
        1,
        new KeyValuePair<string, object?>("account", account),
        new KeyValuePair<string, object?>("result", code?.ToString(CultureInfo.InvariantCulture) ?? "no answer"));
}
