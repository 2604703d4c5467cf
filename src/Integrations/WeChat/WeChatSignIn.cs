using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;
using WuShe.Dialogs;

namespace WuShe.Integrations.WeChat;

/// <summary>What became of a visit to WeChat's consent page.</summary>
public enum WeChatSignInResult
{
    /// <summary>WeChat told who it is.</summary>
    Known,

    /// <summary>The way back was not the one that was begun, was used already or took too long: begin again.</summary>
    Again,

    /// <summary>The person did not agree.</summary>
    Cancelled,

    /// <summary>A preview of the page, in which WeChat invents a visitor.</summary>
    Preview,

    /// <summary>WeChat cannot be asked now.</summary>
    Busy,
}

/// <param name="Result">What became of it.</param>
/// <param name="Who">The person's conversation with the account; set when known.</param>
/// <param name="To">The page that was wanted, as it was given at the beginning; null when that is not known.</param>
public sealed record WeChatSignInOutcome(WeChatSignInResult Result, ConversationId? Who, string? To);

/// <summary>
/// Recognises whoever opens a page inside WeChat (网页授权, <c>snsapi_base</c>: silent, openid only). What goes to WeChat as
/// <c>state</c> is random, works once, for ten minutes, and only in the browser that began.
/// </summary>
public sealed class WeChatSignIn(IConnectionMultiplexer redis, IHttpClientFactory http, WeChatRates rates, TimeProvider time)
{
    /// <summary>How long a person may take on WeChat's side; a code lives five minutes.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(10);

    private const int MaxCode = 512;

    /// <summary>Letters and digits of a <c>state</c>.</summary>
    private const int StateLength = 32;

    /// <summary>The address on WeChat's side to send the browser to.</summary>
    /// <param name="account">Whom the person is known to.</param>
    /// <param name="browser">Something secret that only this browser holds.</param>
    /// <param name="back">The absolute address that WeChat sends the browser back to; its host is registered with the account.</param>
    /// <param name="to">The page that is wanted.</param>
    public async Task<Uri> Begin(WeChatAccount account, string browser, string back, string to)
    {
        var state = RandomNumberGenerator.GetHexString(StateLength, lowercase: true);
        var until = (time.GetUtcNow() + Lasts).ToUnixTimeSeconds();
        var value = string.Create(CultureInfo.InvariantCulture, $"{until}|{account.Name}|{Hash(browser)}|{to}");
        await redis.GetDatabase().StringSetAsync(Key(state), value, Lasts);
        // The platform minds the order of the parameters, and the fragment.
        return new Uri(
            $"{account.AuthorizeUrl}?appid={account.AppId}&redirect_uri={Uri.EscapeDataString(back)}&response_type=code&scope=snsapi_base&state={state}#wechat_redirect");
    }

    /// <summary>Who came back. Whatever was wrong is an outcome, not an exception.</summary>
    public async Task<WeChatSignInOutcome> Complete(WeChatAccount account, string? browser, string? code, string? state, CancellationToken ct)
    {
        try
        {
            if (await Begun(account, browser, state) is not { } to) return new(WeChatSignInResult.Again, null, null);
            if (code is null or "" or "authdeny") return new(WeChatSignInResult.Cancelled, null, to);
            if (code.Length > MaxCode) return new(WeChatSignInResult.Again, null, to);
            return await Ask(account, code, to, ct);
        }
        catch (Exception trouble) when (trouble is WeChatException || WeChatApi.IsPassing(trouble, ct))
        {
            return new(WeChatSignInResult.Busy, null, null);
        }
    }

    /// <summary>The wanted page when all is as it was begun; whatever comes of it, the state is used up.</summary>
    private async Task<string?> Begun(WeChatAccount account, string? browser, string? state)
    {
        if (browser is null || state is not { Length: StateLength } || !state.All(char.IsAsciiHexDigitLower)) return null;
        var stored = (string?)await redis.GetDatabase().StringGetDeleteAsync(Key(state));
        if (stored?.Split('|', 4) is not [var until, var name, var begunBy, var to] || name != account.Name) return null;
        if (long.Parse(until, CultureInfo.InvariantCulture) <= time.GetUtcNow().ToUnixTimeSeconds()) return null;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(begunBy), Encoding.ASCII.GetBytes(Hash(browser))) ? to : null;
    }

    private async Task<WeChatSignInOutcome> Ask(WeChatAccount account, string code, string to, CancellationToken ct)
    {
        var address = new Uri(
            $"{account.ApiBaseUrl}{WeChatApis.VisitorToken}?appid={account.AppId}&secret={Uri.EscapeDataString(account.AppSecret)}&code={Uri.EscapeDataString(code)}&grant_type=authorization_code");
        using var client = http.CreateClient(WeChatApi.HttpName);
        using var response = await client.GetAsync(address, ct);
        var answer = await WeChatWebJson.Read(response, WeChatWebJson.Default.WeChatVisitorReturn, ct);
        await rates.Note(account, new WeChatLeave(WeChatApis.VisitorToken, Probing: false), answer.Code);
        if (answer.Code != 0) return new(IsAboutCode(answer.Code) ? WeChatSignInResult.Again : WeChatSignInResult.Busy, null, to);
        if (answer.Snapshot == 1) return new(WeChatSignInResult.Preview, null, to);
        return answer.OpenId is { Length: > 0 and <= 64 } openId
            ? new(WeChatSignInResult.Known, new ConversationId(account.Channel, openId), to)
            : new(WeChatSignInResult.Busy, null, to);
    }

    /// <summary>Not valid, used already, missing, expired: another one will do.</summary>
    private static bool IsAboutCode(int code) => code is 40029 or 40163 or 41008 or 42003;

    private static RedisKey Key(string state) => $"wushe:wechat:sign-in:{Hash(state)}";

    private static string Hash(string words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(words)));
}
