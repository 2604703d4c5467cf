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
    public const string MassPreview = "cgi-bin/message/mass/preview";
    public const string MassGet = "cgi-bin/message/mass/get";
    public const string MassDelete = "cgi-bin/message/mass/delete";
    public const string UserInfo = "cgi-bin/user/info";

    /// <summary>Who came back from the consent page; takes the account's secret, no token.</summary>
    public const string VisitorToken = "sns/oauth2/access_token";

    /// <summary>For pages that use the JS-SDK.</summary>
    public const string Ticket = "cgi-bin/ticket/getticket";

    /// <summary>Both ways to a token.</summary>
    public const string Token = "cgi-bin/token";

    /// <summary>The path without its query.</summary>
    public static string Of(string path) => path.IndexOf('?', StringComparison.Ordinal) is var mark and >= 0 ? path[..mark] : path;

    /// <summary>Whether the service lacks something when the account may not call it.</summary>
    public static bool IsNeeded(string api) => api is not (UserInfo or Typing);
}
