namespace WuShe.Integrations.WeChat;

/// <summary>The platform's APIs by their paths: what limits, rests and counters go by.</summary>
internal static class WeChatApis
{
    public const string CustomSend = "cgi-bin/message/custom/send";
    public const string Typing = "cgi-bin/message/custom/typing";
    public const string TemplateSend = "cgi-bin/message/template/send";
    public const string SubscribeSend = "cgi-bin/message/subscribe/bizsend";
    public const string MediaUpload = "cgi-bin/media/upload";
    public const string MediaGet = "cgi-bin/media/get";
    public const string MassSend = "cgi-bin/message/mass/send";
    public const string MassSendAll = "cgi-bin/message/mass/sendall";
    public const string UserInfo = "cgi-bin/user/info";

    /// <summary>Both ways to a token.</summary>
    public const string Token = "cgi-bin/token";

    /// <summary>The path without its query.</summary>
    public static string Of(string path) => path.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? path[..mark] : path;

    /// <summary>Whether the service lacks something when the account may not call it.</summary>
    public static bool IsNeeded(string api) => api is not (UserInfo or Typing);
}
