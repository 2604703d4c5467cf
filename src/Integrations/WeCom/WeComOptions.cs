namespace WuShe.Integrations.WeCom;

/// <summary>Settings under <c>WeCom</c>: the company, its self-built apps and its robots.</summary>
public sealed record WeComOptions
{
    /// <summary>The company's id, <c>ww…</c>.</summary>
    public string CorpId { get; init; } = "";

    public string ApiBaseUrl { get; init; } = "https://qyapi.weixin.qq.com";

    /// <summary>Self-built apps by the name they have in the callback URL <c>/wecom/{app}</c>.</summary>
    public Dictionary<string, WeComAppOptions> Apps { get; init; } = [];

    /// <summary>Robots: those that only post have a webhook, AI bots are called back at <c>/wecom/{bot}</c>.</summary>
    public Dictionary<string, WeComBotOptions> Bots { get; init; } = [];

    /// <summary>The app that writes to staff, reads the directory and signs in; empty = the first by name.</summary>
    public string StaffApp { get; init; } = "";

    /// <summary>How far a push's timestamp may be from our clock.</summary>
    public TimeSpan TimestampWindow { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a push may wait for its direct answer; the platform hangs up after 5 s.</summary>
    public TimeSpan ReplyWithin { get; init; } = TimeSpan.FromSeconds(4.5);

    /// <summary>Posts a group robot may make in a minute; the platform refuses more.</summary>
    public int RobotPostsPerMinute { get; init; } = 20;

    /// <summary>Messages of an app to one member in a minute; the platform drops more without a word.</summary>
    public int MemberMessagesPerMinute { get; init; } = 30;

    /// <summary>The same in an hour.</summary>
    public int MemberMessagesPerHour { get; init; } = 1000;

    /// <summary>What one member may be sent in a minute by the chats an app made; likewise.</summary>
    public int ChatMessagesPerMinute { get; init; } = 200;

    /// <summary>The same in a day.</summary>
    public int ChatMessagesPerDay { get; init; } = 10_000;

    /// <summary>How much the platform takes of everything.</summary>
    public WeComLimits Limits { get; init; } = new();

    /// <summary>Where a member's own WeCom signs in.</summary>
    public string AuthorizeUrl { get; init; } = "https://open.weixin.qq.com/connect/oauth2/authorize";

    /// <summary>Where other browsers show the QR code to sign in by.</summary>
    public string QrLoginUrl { get; init; } = "https://login.work.weixin.qq.com/wwlogin/sso/login";
}

/// <summary>A self-built app, as its console page shows it.</summary>
public sealed record WeComAppOptions
{
    public string AgentId { get; init; } = "";

    public string Secret { get; init; } = "";

    /// <summary>Of the callback. Without token and key there is none.</summary>
    public string Token { get; init; } = "";

    /// <summary>43 letters and digits.</summary>
    public string EncodingAesKey { get; init; } = "";

    /// <summary>The key before the last change, while pushes under it may still arrive.</summary>
    public string PreviousEncodingAesKey { get; init; } = "";

    /// <summary>Whether the app makes a group chat for each unit; the platform allows it to apps seen by the whole company.</summary>
    public bool GroupChats { get; init; }
}

/// <summary>A robot: a webhook, or the token and key of an AI bot.</summary>
public sealed record WeComBotOptions
{
    /// <summary>The whole address with its key: whoever knows it can post.</summary>
    public string WebhookUrl { get; init; } = "";

    /// <summary>The name of the unit whose group the webhook's robot is in; empty = every unit without one of its own.</summary>
    public string Unit { get; init; } = "";

    public string Token { get; init; } = "";

    public string EncodingAesKey { get; init; } = "";
}
