using System.Security.Cryptography;
using StackExchange.Redis;
using WuShe.Bot.Console;
using WuShe.Bot.Simulator;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Integrations.DirectLine;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Pages.My;

/// <summary>
/// Who stands before a resident's own pages: known by a signed cookie, which WeChat's sign-in or the web chat's own token
/// brought. Pages are never named by what comes from outside: only our own paths are gone back to.
/// </summary>
public sealed class MyVisitors(
    ResidentPasses passes, WeChatSignIn signIn, WeChatAccounts accounts, DirectLineTokens chatTokens, IConfiguration configuration)
{
    internal const string VisitCookie = "wushe-my";
    internal const string BrowserCookie = "wushe-my-way";
    private const int BrowserLength = 32;

    /// <summary>The resident, or what the browser gets instead: the way to WeChat, or a page that says how to come in.</summary>
    /// <param name="http">The request.</param>
    /// <param name="page">The page that is wanted: a path of ours below the base path.</param>
    /// <param name="account">The account whose link was opened, if it says so.</param>
    public async Task<(Resident? Who, IResult? Otherwise)> Of(HttpContext http, string page, string? account)
    {
        http.Response.Headers.CacheControl = "no-store";
        var known = passes.Read(http.Request.Cookies[VisitCookie]);
        var asked = Asked(account);
        // A link of another account may be about what the person said there.
        if (known is { } who && (asked is null || asked.Channel == who.Channel || !IsInWeChat(http))) return (new Resident(who), null);
        if (!IsInWeChat(http) || (asked ?? OnlyOne) is not { } by) return (null, MyNotice.NotFromHere());
        try
        {
            var to = asked is null ? page : $"{page}?account={asked.Name}";
            var back = $"{PublicAddress.Of(configuration)}/my/wechat/{by.Name}";
            var way = await signIn.Begin(by, Browser(http), back, to);
            return (null, Results.Redirect(way.AbsoluteUri));
        }
        catch (Exception trouble) when (trouble is RedisException or TimeoutException)
        {
            return (null, MyNotice.Busy(page));
        }
    }

    /// <summary>Back from WeChat: the cookie and on to the wanted page, or a page that says what was wrong.</summary>
    public async Task<IResult> Returned(HttpContext http, string account, string? code, string? state, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!accounts.TryFind(account, out var by)) return MyNotice.NothingHere();
        var outcome = await signIn.Complete(by, http.Request.Cookies[BrowserCookie], code, state, ct);
        var to = outcome.To ?? MyPages.Path;
        switch (outcome.Result)
        {
            case WeChatSignInResult.Known:
                Remember(http, outcome.Who!.Value);
                return Results.LocalRedirect(http.Request.PathBase + to);
            case WeChatSignInResult.Cancelled:
                return MyNotice.Cancelled(to);
            case WeChatSignInResult.Preview:
                return MyNotice.Preview(to);
            case WeChatSignInResult.Busy:
                return MyNotice.Busy(to);
            default:
                return MyNotice.Again(to);
        }
    }

    /// <summary>What the web chat's page sends: the token of this browser's resident.</summary>
    public sealed record Visitor(string? Resident);

    /// <summary>The browser shows the web chat's token and is known by it on these pages. JSON of our own pages only: no form of another site sends that.</summary>
    public async Task<IResult> FromChat(HttpContext http, Visitor visitor)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (visitor.Resident is not { Length: > 0 } token || await chatTokens.Read(Pass.Resident, token) is not { } holder)
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        Remember(http, new ConversationId(WebChat.Channel, holder.Conversation));
        return Results.NoContent();
    }

    private WeChatAccount? Asked(string? account) => account is not null && accounts.TryFind(account, out var asked) && IsReal(asked) ? asked : null;

    private WeChatAccount? OnlyOne => accounts.All.Where(IsReal).Take(2).ToArray() is [var only] ? only : null;

    /// <summary>The simulated phone has no browser of its own that could be recognised.</summary>
    private static bool IsReal(WeChatAccount account) => !SimulatorAccount.IsSimulated(account.ApiBaseUrl);

    /// <summary>WeCom's browser names both, but knows nobody of an Official Account.</summary>
    private static bool IsInWeChat(HttpContext http)
    {
        var agent = http.Request.Headers.UserAgent.ToString();
        return agent.Contains("MicroMessenger", StringComparison.OrdinalIgnoreCase) && !agent.Contains("wxwork", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>What binds a sign-in to this browser. Kept while it lasts, since two pages may be opened at once.</summary>
    private static string Browser(HttpContext http)
    {
        var browser = http.Request.Cookies[BrowserCookie];
        if (browser is not { Length: BrowserLength } || !browser.All(char.IsAsciiHexDigitLower)) browser = RandomNumberGenerator.GetHexString(BrowserLength, lowercase: true);
        Append(http, BrowserCookie, browser, WeChatSignIn.Lasts);
        return browser;
    }

    private void Remember(HttpContext http, ConversationId who) => Append(http, VisitCookie, passes.Issue(who), passes.Lasts);

    private static void Append(HttpContext http, string name, string value, TimeSpan lasts) => http.Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true,
        // Lax: the way back from WeChat is a link from another site.
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = http.Request.PathBase + MyPages.Path,
        MaxAge = lasts,
        IsEssential = true,
    });
}
