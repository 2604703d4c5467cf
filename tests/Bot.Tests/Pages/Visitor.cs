using System.Net;
using System.Net.Http.Json;
using System.Web;

namespace WuShe.Bot.Tests.Pages;

/// <summary>A browser in front of a resident's own pages: cookies of its own, follows no redirect by itself.</summary>
internal sealed class Visitor : IDisposable
{
    private const string WeChat = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/122.0 Mobile Safari/537.36 XWEB/1220099 MMWEBSDK/20240404 MicroMessenger/8.0.49 Language/zh_CN";
    private readonly HttpClient _http;

    public Visitor(Uri bot, bool inWeChat = true)
    {
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = Cookies }) { BaseAddress = bot };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd(inWeChat ? WeChat : "Mozilla/5.0 (X11; Linux x86_64) Chrome/122.0");
    }

    public CookieContainer Cookies { get; } = new();

    public async Task<(HttpStatusCode Status, string Body, Uri? Location)> Get(string path)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        return (answer.StatusCode, await Html(answer), answer.Headers.Location);
    }

    public Task<HttpResponseMessage> Raw(string path) => _http.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));

    public Task<HttpResponseMessage> Show(string? token) => _http.PostAsJsonAsync("my/visit", new { resident = token });

    /// <summary>Opens a page that wants to know who it is: the <c>state</c> that goes to WeChat.</summary>
    public async Task<string> Sent(string path)
    {
        var (status, _, way) = await Get(path);
        Assert.Equal(HttpStatusCode.Redirect, status);
        Assert.StartsWith("https://open.weixin.qq.com/connect/oauth2/authorize?", way!.AbsoluteUri, StringComparison.Ordinal);
        return HttpUtility.ParseQueryString(way.Query)["state"]!;
    }

    /// <summary>Chinese comes as numbered characters.</summary>
    public static async Task<string> Html(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());

    public void Dispose() => _http.Dispose();
}
