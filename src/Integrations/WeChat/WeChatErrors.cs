using System.Collections.Frozen;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat;

/// <summary>What the platform's error codes mean for a message that was to be delivered.</summary>
public static class WeChatErrors
{
    private static readonly FrozenDictionary<int, (DeliveryResult Result, string Meaning)> Codes = new Dictionary<int, (DeliveryResult, string)>
    {
        [-1] = (DeliveryResult.Retry, "platform busy"),
        [40001] = (DeliveryResult.Retry, "access token or secret not valid"),
        [40002] = (DeliveryResult.Retry, "grant type not valid: configuration"),
        [40003] = (DeliveryResult.Refused, "openid not valid"),
        [40004] = (DeliveryResult.Refused, "media type not valid"),
        [40005] = (DeliveryResult.Refused, "file type not valid"),
        [40006] = (DeliveryResult.Refused, "file size not valid"),
        [40007] = (DeliveryResult.Retry, "media id expired"),
        [40008] = (DeliveryResult.Refused, "message type not valid"),
        [40013] = (DeliveryResult.Retry, "AppID not valid: configuration"),
        [40014] = (DeliveryResult.Retry, "access token not valid"),
        [40033] = (DeliveryResult.Refused, "characters not valid"),
        [40125] = (DeliveryResult.Retry, "AppSecret not valid: configuration"),
        [40164] = (DeliveryResult.Retry, "our address is not on the account's list: configuration"),
        [40200] = (DeliveryResult.Refused, "not for this kind of account"),
        [41001] = (DeliveryResult.Retry, "access token missing"),
        [42001] = (DeliveryResult.Retry, "access token expired"),
        [43004] = (DeliveryResult.Refused, "does not follow"),
        [44002] = (DeliveryResult.Refused, "empty body"),
        [44004] = (DeliveryResult.Refused, "empty text"),
        [45002] = (DeliveryResult.Refused, "text too long"),
        [45009] = (DeliveryResult.Retry, "daily quota used up"),
        [45011] = (DeliveryResult.Retry, "too many calls this minute"),
        [45015] = (DeliveryResult.Refused, "reply window closed"),
        [45047] = (DeliveryResult.Refused, "customer messages used up"),
        [45168] = (DeliveryResult.Refused, "sensitive word"),
        [47001] = (DeliveryResult.Refused, "body not readable"),
        [48001] = (DeliveryResult.Refused, "not granted to this account: configuration"),
        [48002] = (DeliveryResult.Refused, "messages turned off"),
        [48004] = (DeliveryResult.Refused, "account banned"),
        [48008] = (DeliveryResult.Refused, "no right for this message type"),
        [50002] = (DeliveryResult.Refused, "restricted"),
    }.ToFrozenDictionary();

    /// <summary>Unknown codes are refusals: another way must be found, trying again would only repeat them.</summary>
    public static DeliveryOutcome Outcome(int code)
    {
        var (result, meaning) = Codes.GetValueOrDefault(code, (DeliveryResult.Refused, "unknown code"));
        return new DeliveryOutcome(result, $"{code} {meaning}");
    }

    /// <summary>Whether a new access token may help.</summary>
    internal static bool IsAboutToken(int code) => code is 40001 or 40014 or 42001;
}
