using WuShe.Integrations.WeChat.Notices;

namespace WuShe.Integrations.WeChat;

/// <summary>Settings under <c>WeChat</c>.</summary>
public sealed record WeChatOptions
{
    /// <summary>Official Accounts by the name they have in the callback URL <c>/wechat/{account}</c>.</summary>
    public Dictionary<string, WeChatAccountOptions> Accounts { get; init; } = [];

    /// <summary>How far a push's timestamp may be from our clock: room for re-deliveries and clock skew, no more.</summary>
    public TimeSpan TimestampWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a push may wait for its direct answer; the platform hangs up after 5 s.</summary>
    public TimeSpan ReplyWithin { get; init; } = TimeSpan.FromSeconds(4.5);

    public WeChatLimits Limits { get; init; } = new();
}

/// <summary>One Official Account, as its console page shows it.</summary>
public sealed record WeChatAccountOptions
{
    public string AppId { get; init; } = "";

    public string AppSecret { get; init; } = "";

    public string Token { get; init; } = "";

    /// <summary>43 letters and digits; needed in compatible and safe mode.</summary>
    public string EncodingAesKey { get; init; } = "";

    /// <summary>The key before the last change, while pushes under it may still arrive.</summary>
    public string PreviousEncodingAesKey { get; init; } = "";

    /// <summary><c>Plain</c>, <c>Compatible</c> or <c>Safe</c>; without a value safe where there is a key.</summary>
    public string Mode { get; init; } = "";

    /// <summary>
    /// The unit of the organisation that the account speaks for: its name, the names on the way to it where several have the
    /// same (东街社工站/翠湖社区), or its id. What residents say there about no known place is that unit's. Empty: everybody's.
    /// </summary>
    public string Unit { get; init; } = "";

    /// <summary>
    /// <c>Stable</c> or <c>Classic</c>: which kind of access token is fetched. Classic only where something else still uses
    /// it, since each fetch then ends the token that others hold.
    /// </summary>
    public string TokenKind { get; init; } = "Stable";

    public string ApiBaseUrl { get; init; } = "https://api.weixin.qq.com";

    /// <summary>Whether it is a verified service account (服务号): only these may send choices that can be tapped.</summary>
    public bool ServiceAccount { get; init; }

    /// <summary>The name of the tag that staff have on this account: people with it get a menu with the console in it. Empty: nobody does.</summary>
    public string StaffTag { get; init; } = "";

    /// <summary>The account's forms for each kind of notice that services send, by the kind's name.</summary>
    public Dictionary<string, WeChatNoticeOptions> Notices { get; init; } = [];

    /// <summary>Where a browser inside WeChat is sent to be recognised.</summary>
    public string AuthorizeUrl { get; init; } = "https://open.weixin.qq.com/connect/oauth2/authorize";
}

public enum WeChatMode
{
    /// <summary>明文: readable XML.</summary>
    Plain,

    /// <summary>兼容: readable and encrypted; only the encrypted copy is believed.</summary>
    Compatible,

    /// <summary>安全: encrypted only.</summary>
    Safe,
}
