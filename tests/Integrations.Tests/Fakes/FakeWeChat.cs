using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace WuShe.Fakes;

/// <summary>A message the platform took for a follower: text, or the bytes of a picture.</summary>
public sealed record WeChatDelivery(string OpenId, string Type, string Text, byte[]? Picture);

/// <summary>
/// The platform's server API on loopback, with its field checks, windows and error codes. Followers may be written to as
/// the real platform allows it: five messages in 48 h after a message, three in a minute after a tap or a scan.
/// </summary>
public sealed class FakeWeChat : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly FakeWeChatTokens _tokens;
    private readonly FakeWeChatFollowers _followers;
    private readonly FakeWeChatTickets _tickets;
    private readonly ConcurrentDictionary<string, (byte[] Content, string Type)> _media = new(StringComparer.Ordinal);
    private int _mediaCount;

    private FakeWeChat(WebApplication app, TimeProvider time, string appId, string secret)
    {
        (_app, _time) = (app, time);
        _tokens = new FakeWeChatTokens(time, appId, secret);
        _followers = new FakeWeChatFollowers(time);
        _tickets = new FakeWeChatTickets(time);
        Broadcasts = new FakeWeChatBroadcasts(time);
        Visitors = new FakeWeChatVisitors(time, appId, secret);
    }

    /// <summary>What settings call <c>ApiBaseUrl</c>.</summary>
    public string BaseUrl => _app.Urls.First();

    /// <summary>What reached the person, in order.</summary>
    public ConcurrentQueue<WeChatDelivery> Delivered { get; } = new();

    /// <summary>Every call: method and path, without its query.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    /// <summary>The same with what each was answered.</summary>
    public ConcurrentQueue<WeChatCall> Log { get; } = new();

    /// <summary>What goes wrong by chance; nothing unless told.</summary>
    public FakeWeChatFaults Faults { get; } = new();

    /// <summary>Codes the next calls of <c>custom/send</c> answer, instead of doing anything; 5xx as HTTP status.</summary>
    public ConcurrentQueue<int> FailNext { get; } = new();

    public int TokensIssued => _tokens.Issued;

    /// <summary>Whether it is a service account, which may send choices to tap.</summary>
    public bool TakesChoices { get; set; } = true;

    public FakeWeChatMenus Menus { get; } = new();

    public FakeWeChatCodes Codes { get; } = new();

    public FakeWeChatNotices Notices { get; } = new();

    /// <summary>Typing hints shown, by person.</summary>
    public ConcurrentQueue<string> Typing { get; } = new();

    /// <summary>What was broadcast.</summary>
    public FakeWeChatBroadcasts Broadcasts { get; }

    /// <summary>Who opens pages inside WeChat.</summary>
    public FakeWeChatVisitors Visitors { get; }

    public static async Task<FakeWeChat> Start(string appId, string secret, TimeProvider? time = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture));
        var fake = new FakeWeChat(builder.Build(), time ?? TimeProvider.System, appId, secret);
        fake.Map();
        await fake._app.StartAsync();
        return fake;
    }

    /// <summary>The person wrote: five messages within 48 h.</summary>
    public void Spoke(string openId, int allowed = 5) => _followers.Allow(openId, allowed, TimeSpan.FromHours(48));

    /// <summary>The person tapped a menu key, followed or scanned: three messages within a minute.</summary>
    public void Tapped(string openId) => _followers.Allow(openId, 3, TimeSpan.FromMinutes(1));

    public void Left(string openId) => _followers.Leave(openId);

    /// <summary>All tokens die, as after a forced refresh elsewhere.</summary>
    public void KillTokens() => _tokens.Kill();

    /// <summary>All tokens reach their end before their time.</summary>
    public void ExpireTokens() => _tokens.Expire();

    /// <summary>Codes the next calls for a token answer, instead of one; 5xx as HTTP status.</summary>
    public ConcurrentQueue<int> FailNextToken => _tokens.FailNext;

    /// <summary>Whether the caller's address is on the account's list; else tokens are refused (40164).</summary>
    public bool Whitelisted
    {
        get => _tokens.Whitelisted;
        set => _tokens.Whitelisted = value;
    }

    /// <summary>Who is known across accounts: openid → unionid.</summary>
    public ConcurrentDictionary<string, string> UnionIds { get; } = new(StringComparer.Ordinal);

    /// <summary>The code that <c>user/info</c> answers instead of a person; 0 for none.</summary>
    public int UserInfoRefusal { get; set; }

    /// <summary>What the account has beside its people: menu, templates, allowances.</summary>
    public FakeWeChatHouse House { get; } = new();

    /// <summary>Puts a file that a person sent where <c>media/get</c> finds it.</summary>
    public string Keep(byte[] content, string type = "image/jpeg")
    {
        var id = "media-" + Interlocked.Increment(ref _mediaCount).ToString(CultureInfo.InvariantCulture);
        _media[id] = (content, type);
        return id;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        _app.Use((http, next) =>
        {
            Calls.Enqueue($"{http.Request.Method} {http.Request.Path}");
            return Faults.Around(http, _time, () => next(http), Log.Enqueue);
        });
        _app.MapPost("/cgi-bin/stable_token", (Delegate)(async (HttpContext http) => _tokens.Stable(await Body(http))));
        _app.MapGet("/cgi-bin/token", (Delegate)((HttpContext http) => _tokens.Classic(http.Request.Query)));
        _app.MapPost("/cgi-bin/message/custom/send", (Delegate)(async (HttpContext http) => await Send(http)));
        foreach (var call in new[] { "sendall", "send", "preview", "get", "delete" })
            _app.MapPost("/cgi-bin/message/mass/" + call, (Delegate)(async (HttpContext http) => await WithJson(http, json => Broadcasts.Call(call, json))));
        _app.MapPost("/cgi-bin/media/upload", (Delegate)(async (HttpContext http) => await Upload(http)));
        _app.MapGet("/cgi-bin/user/info", (Delegate)((HttpContext http) => UserInfo(http.Request.Query)));
        _app.MapPost("/cgi-bin/openapi/quota/get", (Delegate)(async (HttpContext http) => Checked(http, House.Quota(await Body(http)))));
        _app.MapGet("/cgi-bin/template/get_all_private_template", (Delegate)((HttpContext http) => Checked(http, Notices.Templates.IsEmpty ? House.Templates() : Notices.Answer(http.Request.Path.Value!, "")!)));
        _app.MapGet("/cgi-bin/menu/get", (Delegate)((HttpContext http) => Checked(http, House.HasMenu ? House.Menu() : Menus.Answer(http.Request.Path.Value!, "")!)));
        _app.MapGet("/cgi-bin/user/get", (Delegate)((HttpContext http) => Checked(http, House.People())));
        _app.MapGet("/sns/oauth2/access_token", (Delegate)((HttpContext http) => Visitors.Exchange(http.Request.Query)));
        _app.MapGet("/cgi-bin/ticket/getticket", (Delegate)((HttpContext http) => _tokens.Refuses(http.Request.Query) is { } refused ? Code(refused) : _tickets.Get(http.Request.Query)));
        _app.MapGet("/cgi-bin/media/get", (Delegate)((HttpContext http) => Download(http)));
        _app.MapFallback((Delegate)(async (HttpContext http) => _tokens.Refuses(http.Request.Query) is { } refused
            ? Code(refused) : Answer(http.Request.Path.Value!, await Body(http))));
    }

    private IResult Checked(HttpContext http, IResult answer) => _tokens.Refuses(http.Request.Query) is { } refused ? Code(refused) : answer;

    private IResult Answer(string path, string body) =>
        Menus.Answer(path, body) ?? Codes.Answer(path, body) ?? Notices.Answer(path, body) ?? Type(path, body) ?? Results.NotFound();

    private IResult? Type(string path, string body)
    {
        if (path != "/cgi-bin/message/custom/typing") return null;
        using var json = JsonDocument.Parse(body);
        if (Text(json.RootElement, "command") is not ("Typing" or "CancelTyping")) return Code(45072);
        Typing.Enqueue(Text(json.RootElement, "touser"));
        return Code(0);
    }

    private async Task<IResult> Send(HttpContext http)
    {
        if (FailNext.TryDequeue(out var fail)) return FakeWeChatFaults.Answer(fail);
        return await WithJson(http, json => Code(Take(json)));
    }

    private async Task<IResult> WithJson(HttpContext http, Func<JsonElement, IResult> work)
    {
        if (_tokens.Refuses(http.Request.Query) is { } refused) return Code(refused);
        var body = await Body(http);
        if (body.Length == 0) return Code(44002);
        if (body.Contains("\\u", StringComparison.Ordinal)) return Code(40033);
        JsonElement json;
        try
        {
            json = JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            return Code(47001);
        }

        return work(json);
    }

    private int Take(JsonElement json)
    {
        var to = Text(json, "touser");
        if (to.Length is < 6 or > 64 || !to.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) return 40003;
        var type = Text(json, "msgtype");
        if (type == "msgmenu" && !TakesChoices) return 40200;
        if (type is not ("text" or "image" or "msgmenu" or "news") || !json.TryGetProperty(type, out var part)) return 40008;
        WeChatDelivery delivery;
        if (type == "text")
        {
            var content = Text(part, "content");
            if (content.Length == 0) return 44004;
            if (Encoding.UTF8.GetByteCount(content) > 2048) return 45002;
            delivery = new(to, type, content, null);
        }
        else if (type == "msgmenu")
        {
            var items = part.GetProperty("list").EnumerateArray().Select(item => Text(item, "content"));
            delivery = new(to, type, string.Join("\n", items.Prepend(Text(part, "head_content")).Append(Text(part, "tail_content"))), null);
        }
        else if (type == "news")
        {
            // Title, line and address in one text, as a test reads it.
            if (!part.TryGetProperty("articles", out var articles) || articles.ValueKind != JsonValueKind.Array || articles.GetArrayLength() != 1) return 45008;
            delivery = new(to, type, $"{Text(articles[0], "title")}\n{Text(articles[0], "description")}\n{Text(articles[0], "url")}", null);
        }
        else
        {
            if (!_media.TryGetValue(Text(part, "media_id"), out var picture)) return 40007;
            delivery = new(to, type, "", picture.Content);
        }

        if (_followers.Take(to) is var code and not 0) return code;
        Delivered.Enqueue(delivery);
        return 0;
    }

    private async Task<IResult> Upload(HttpContext http)
    {
        if (_tokens.Refuses(http.Request.Query) is { } refused) return Code(refused);
        if (http.Request.Query["type"] != "image") return Code(40004);
        if (!http.Request.HasFormContentType) return Code(41005);
        var form = await http.Request.ReadFormAsync();
        if (form.Files.GetFile("media") is not { FileName.Length: > 0 } file) return Code(41005);
        if (Path.GetExtension(file.FileName) is not (".jpg" or ".png" or ".gif" or ".bmp" or ".jpeg")) return Code(40005);
        if (file.Length is 0 or > 10 * 1024 * 1024) return Code(40006);
        using var content = new MemoryStream();
        await file.CopyToAsync(content);
        var created = _time.GetUtcNow().ToUnixTimeSeconds();
        return Results.Text(
            $$"""{"type":"image","media_id":"{{Keep(content.ToArray())}}","created_at":{{created.ToString(CultureInfo.InvariantCulture)}}}""", "text/plain");
    }

    private IResult Download(HttpContext http)
    {
        if (_tokens.Refuses(http.Request.Query) is { } refused) return Code(refused);
        return _media.TryGetValue(http.Request.Query["media_id"].ToString(), out var file) ? Results.Bytes(file.Content, file.Type, "file.jpg") : Code(40007);
    }

    private IResult UserInfo(IQueryCollection query)
    {
        if (_tokens.Refuses(query) is { } refused) return Code(refused);
        if (UserInfoRefusal != 0) return Code(UserInfoRefusal);
        var openId = query["openid"].ToString();
        var answer = new Dictionary<string, object> { ["subscribe"] = 1, ["openid"] = openId, ["language"] = "zh_CN" };
        if (UnionIds.TryGetValue(openId, out var union)) answer["unionid"] = union;
        return Results.Json(answer);
    }

    internal static IResult Code(int code, string words = "refused") => Results.Text(
        $$"""{"errcode":{{code.ToString(CultureInfo.InvariantCulture)}},"errmsg":"{{(code == 0 ? "ok" : words + " rid: 6f0a-1b")}}"}""", "text/plain");

    internal static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static async Task<string> Body(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        return await reader.ReadToEndAsync();
    }
}
