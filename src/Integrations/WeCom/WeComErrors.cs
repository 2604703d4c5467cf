using System.Collections.Frozen;
using System.Globalization;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeCom;

/// <summary>What the platform's error codes mean for a post that was to be made.</summary>
public static class WeComErrors
{
    internal const int Busy = -1;
    internal const int TooOften = 45009;
    internal const int NoSuchChat = 86003;

    private static readonly FrozenDictionary<int, (DeliveryResult Result, string Meaning)> Codes = new Dictionary<int, (DeliveryResult, string)>
    {
        [Busy] = (DeliveryResult.Retry, "platform busy"),
        [40001] = (DeliveryResult.Held, "secret not valid: configuration"),
        [40003] = (DeliveryResult.Refused, "user id not valid"),
        [40008] = (DeliveryResult.Refused, "message type not valid"),
        [40013] = (DeliveryResult.Held, "CorpId not valid: configuration"),
        [40014] = (DeliveryResult.Retry, "access token not valid"),
        [40029] = (DeliveryResult.Refused, "code not valid"),
        [40031] = (DeliveryResult.Refused, "user list not valid"),
        [40032] = (DeliveryResult.Refused, "user list too long"),
        [40033] = (DeliveryResult.Refused, "characters not valid"),
        [40035] = (DeliveryResult.Refused, "parameter not valid"),
        [40050] = (DeliveryResult.Refused, "chat id not valid"),
        [40056] = (DeliveryResult.Held, "AgentId not valid: configuration"),
        [40058] = (DeliveryResult.Refused, "parameter not valid"),
        [40063] = (DeliveryResult.Refused, "empty parameter"),
        [41001] = (DeliveryResult.Retry, "access token missing"),
        [41011] = (DeliveryResult.Refused, "AgentId missing"),
        [42001] = (DeliveryResult.Retry, "access token expired"),
        [43004] = (DeliveryResult.Refused, "not bound to WeChat"),
        [44004] = (DeliveryResult.Refused, "empty text"),
        [45002] = (DeliveryResult.Refused, "text too long"),
        [TooOften] = (DeliveryResult.Retry, "too many calls this minute"),
        [45033] = (DeliveryResult.Retry, "too many calls at once"),
        [48002] = (DeliveryResult.Held, "no permission for this call: configuration"),
        [50001] = (DeliveryResult.Held, "sign-in domain not registered: configuration"),
        [50002] = (DeliveryResult.Refused, "outside what the app sees"),
        [50003] = (DeliveryResult.Held, "app disabled: configuration"),
        [60011] = (DeliveryResult.Refused, "no right on this member or department"),
        [60020] = (DeliveryResult.Held, "our address is not on the app's list: configuration"),
        [60111] = (DeliveryResult.Refused, "no such user id"),
        [81013] = (DeliveryResult.Refused, "nobody can receive it"),
        [82001] = (DeliveryResult.Refused, "nobody can receive it"),
        [86001] = (DeliveryResult.Refused, "chat id not valid"),
        [NoSuchChat] = (DeliveryResult.Refused, "no such chat"),
        [86006] = (DeliveryResult.Refused, "too few or too many members"),
        [86007] = (DeliveryResult.Refused, "a member is not valid"),
        [86008] = (DeliveryResult.Refused, "not this app's chat"),
        [93000] = (DeliveryResult.Held, "webhook key not valid: configuration"),
        [301002] = (DeliveryResult.Held, "no right on the app: configuration"),
    }.ToFrozenDictionary();

    /// <summary>
    /// Unknown codes are refusals: trying again would only repeat them. What the configuration is to blame for is held until
    /// somebody has put it right.
    /// </summary>
    public static DeliveryOutcome Outcome(int code)
    {
        var (result, meaning) = Codes.GetValueOrDefault(code, (DeliveryResult.Refused, "unknown code"));
        return new DeliveryOutcome(result, $"{code} {meaning}");
    }

    /// <summary>The code in the reason of an outcome.</summary>
    internal static string CodeIn(DeliveryOutcome outcome) => outcome.Reason.Split(' ')[0];

    /// <summary>Whether a new access token may help.</summary>
    internal static bool IsAboutToken(int code) => code is 40014 or 42001;
}

/// <summary>The platform answered with an error code; <see cref="WeComErrors"/> knows what it means.</summary>
public sealed class WeComException : Exception
{
    public WeComException()
        : this(WeComErrors.Busy)
    {
    }

    public WeComException(string message)
        : base(message) => Code = WeComErrors.Busy;

    public WeComException(string message, Exception innerException)
        : base(message, innerException) => Code = WeComErrors.Busy;

    public WeComException(int code)
        : base(string.Create(CultureInfo.InvariantCulture, $"WeCom errcode {WeComErrors.Outcome(code).Reason}")) => Code = code;

    public int Code { get; }
}
