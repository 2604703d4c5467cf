namespace WuShe.Integrations.WeChat;

/// <summary>What admins read in the console about an account in trouble, and the keys that name each trouble.</summary>
internal static class WeChatAlarms
{
    private const string Prefix = "wechat:";

    public static string Stopped(WeChatAccount account) => Of(account) + "stopped";

    public static string Quota(WeChatAccount account) => Of(account) + "quota";

    public static string Settings(WeChatAccount account) => Of(account) + "settings";

    public static bool IsAbout(string alarm, WeChatAccount account) => alarm.StartsWith(Of(account), StringComparison.Ordinal);

    public static string Words(WeChatAccount account, string api, int code) => $"公众号「{account.Name}」{Trouble(api, code)}（{code}）";

    private static string Trouble(string api, int code) => code switch
    {
        48004 or 50002 => "被微信限制，暂停发消息。没发出的都留着，恢复后接着发。请登录微信公众平台看通知，处理好后点「已处理」",
        45009 => $"今天的接口次数用完了：{api}。没发出的都留着，明天零点以后接着发",
        40164 or 61004 => "的 IP 白名单里没有这台服务器，发不出消息。请到微信公众平台的「基本配置」里加上",
        40001 or 40125 => "的 AppSecret 不对，发不出消息。请核对设置 AppSecret",
        40013 => "的 AppID 不对，发不出消息。请核对设置 AppId",
        40037 => "的模板编号不对，请核对模板设置",
        _ => $"没有接口权限：{api}。请到微信公众平台的「接口权限」里查看",
    };

    private static string Of(WeChatAccount account) => $"{Prefix}{account.Name}:";
}
