using System.Collections.Frozen;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat;

/// <summary>What a code asks of us, beside what it means for the message at hand.</summary>
public enum WeChatRemedy
{
    None,

    /// <summary>Another access token, and the call once more.</summary>
    RenewToken,

    /// <summary>This API of this account rests for a while.</summary>
    SlowDown,

    /// <summary>This API of this account rests until the day ends in Beijing; admins are told.</summary>
    StopForToday,

    /// <summary>This person is not to be written to until they come back.</summary>
    MarkPerson,

    /// <summary>The account writes to nobody until it is looked after; admins are told.</summary>
    StopAccount,

    /// <summary>A setting is wrong, here or on the platform; admins are told.</summary>
    Configure,
}

/// <summary>One of the platform's error codes.</summary>
/// <param name="Result">What became of the message that met it.</param>
/// <param name="Meaning">A few words for staff and logs.</param>
/// <param name="Remedy">What else is to be done.</param>
public sealed record WeChatError(DeliveryResult Result, string Meaning, WeChatRemedy Remedy = WeChatRemedy.None);

/// <summary>
/// The platform's error codes, all in one table: whoever branches on a code asks here. Numbers and meanings as in the
/// platform's "全局返回码" and the pages of the APIs.
/// </summary>
public static class WeChatErrors
{
    private static readonly WeChatError Done = new(DeliveryResult.Delivered, "ok");

    // Trying again would only repeat it: another way must be found.
    private static readonly WeChatError Unknown = new(DeliveryResult.Refused, "unknown code");

    private static readonly FrozenDictionary<int, WeChatError> Codes = new Dictionary<int, WeChatError>
    {
        [0] = Done,
        [-1] = Again("platform busy"),
        [40001] = Again("access token or secret not valid", WeChatRemedy.RenewToken),
        [40002] = Again("grant type not valid: configuration", WeChatRemedy.Configure),
        [40003] = No("openid not valid"),
        [40004] = No("media type not valid"),
        [40005] = No("file type not valid"),
        [40006] = No("file size not valid"),
        [40007] = Again("media id expired"),
        [40008] = No("message type not valid"),
        [40009] = No("picture too large"),
        [40010] = No("voice too large"),
        [40011] = No("video too large"),
        [40012] = No("thumbnail too large"),
        [40013] = Again("AppID not valid: configuration", WeChatRemedy.Configure),
        [40014] = Again("access token not valid", WeChatRemedy.RenewToken),
        [40015] = No("menu type not valid"),
        [40016] = No("number of menu buttons not valid"),
        [40017] = No("menu button type not valid"),
        [40018] = No("menu button name too long"),
        [40019] = No("menu button key too long"),
        [40020] = No("menu button address too long"),
        [40021] = No("menu version not valid"),
        [40022] = No("menu level not valid"),
        [40023] = No("number of sub-buttons not valid"),
        [40024] = No("sub-button type not valid"),
        [40025] = No("sub-button name too long"),
        [40026] = No("sub-button key too long"),
        [40027] = No("sub-button address too long"),
        [40029] = No("sign-in code not valid"),
        [40031] = No("list of openids not valid"),
        [40032] = No("list of openids too long"),
        [40033] = No("characters not valid"),
        [40037] = No("template id not valid: configuration", WeChatRemedy.Configure),
        [40052] = No("action name not valid"),
        [40053] = No("action info not valid"),
        [40125] = Again("AppSecret not valid: configuration", WeChatRemedy.Configure),
        [40130] = No("at least two openids needed"),
        [40163] = No("sign-in code used already"),
        [40164] = Again("our address is not on the account's list: configuration", WeChatRemedy.Configure),
        [40200] = No("not for this kind of account", WeChatRemedy.Configure),
        [41001] = Again("access token missing", WeChatRemedy.RenewToken),
        [41002] = No("appid missing"),
        [41003] = No("refresh token missing"),
        [41004] = No("secret missing"),
        [41005] = No("media missing"),
        [41006] = No("media id missing"),
        [41007] = No("sub-menu missing"),
        [41008] = No("sign-in code missing"),
        [41009] = No("openid missing"),
        [42001] = Again("access token expired", WeChatRemedy.RenewToken),
        [42002] = No("refresh token expired"),
        [42003] = No("sign-in code expired"),
        [43002] = No("POST needed"),
        [43004] = No("does not follow", WeChatRemedy.MarkPerson),
        [43101] = No("no consent left"),
        [43107] = No("subscription notices turned off by the platform", WeChatRemedy.Configure),
        [43108] = Again("another notice to this person is under way"),
        [44002] = No("empty body"),
        [44004] = No("empty text"),
        [45002] = No("text too long"),
        [45008] = No("too many articles"),
        [45009] = Held("daily quota used up", WeChatRemedy.StopForToday),
        [45011] = Held("too many calls this minute", WeChatRemedy.SlowDown),
        [45015] = No("reply window closed"),
        [45028] = No("no broadcast quota left"),
        [45047] = No("customer messages used up"),
        [45056] = No("too many tags"),
        [45059] = No("too many tags on one person"),
        [45065] = new(DeliveryResult.Delivered, "sent already"),
        [45066] = Again("repeated too soon"),
        [45067] = No("clientmsgid too long"),
        [45072] = No("typing command not valid"),
        [45080] = No("no message in the last 30 s"),
        [45081] = No("typing already"),
        [45159] = No("tag not valid"),
        [45162] = No("type not allowed", WeChatRemedy.Configure),
        [45168] = No("sensitive word"),
        [46003] = No("no menu"),
        [46004] = No("no such user"),
        [47001] = No("body not readable"),
        [47003] = No("template field not valid"),
        [48001] = No("not granted to this account: configuration", WeChatRemedy.Configure),
        [48002] = No("messages turned off", WeChatRemedy.MarkPerson),
        [48004] = Held("account banned", WeChatRemedy.StopAccount),
        [48008] = No("no right for this message type", WeChatRemedy.Configure),
        // The account or only this person: the message makes way for others until somebody has looked.
        [50002] = No("restricted", WeChatRemedy.StopAccount),
        [61004] = Again("our address is not allowed: configuration", WeChatRemedy.Configure),
        [61007] = No("not authorised for the platform: configuration", WeChatRemedy.Configure),
        [61451] = No("parameter not valid"),
        [65301] = No("no such menu"),
    }.ToFrozenDictionary();

    /// <summary>What the code means. Unknown codes are refusals.</summary>
    public static WeChatError Of(int code) => Codes.GetValueOrDefault(code, Unknown);

    /// <summary>The outcome of a delivery that met the code.</summary>
    public static DeliveryOutcome Outcome(int code) => new(Of(code).Result, $"{code} {Of(code).Meaning}");

    private static WeChatError Again(string meaning, WeChatRemedy remedy = WeChatRemedy.None) => new(DeliveryResult.Retry, meaning, remedy);

    private static WeChatError No(string meaning, WeChatRemedy remedy = WeChatRemedy.None) => new(DeliveryResult.Refused, meaning, remedy);

    private static WeChatError Held(string meaning, WeChatRemedy remedy) => new(DeliveryResult.Held, meaning, remedy);
}
