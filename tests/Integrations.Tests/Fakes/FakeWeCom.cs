using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace WuShe.Fakes;

/// <summary>A message of an app that reached members.</summary>
public sealed record WeComDelivery(string[] To, string Type, JsonElement Body);

/// <summary>A card that changed for these people.</summary>
public sealed record WeComChange(string[] People, string ResponseCode, JsonElement Body);

/// <summary>A post in a group chat or by a robot.</summary>
public sealed record WeComPost(string Where, string Type, JsonElement Body);

/// <summary>
/// WeCom's server API on loopback, with its field checks, limits and error codes: one company with one self-built app, group
/// robots, a directory and sign-in.
/// </summary>
public sealed class FakeWeCom : IAsyncDisposable
{
    public const int AgentId = 1000002;
    public const string Secret = "the-secret-of-the-app";
    public const string RobotKey = "7f3a-robot-key";

    private readonly WebApplication _app;
    private readonly TimeProvider _time;
    private readonly FakeWeComTokens _tokens;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _responseCodes = new();
    private readonly ConcurrentDictionary<string, byte> _tasks = new();
    private readonly ConcurrentDictionary<string, List<DateTimeOffset>> _windows = new();
    private int _count;

    private FakeWeCom(WebApplication app, TimeProvider time, string corpId)
    {
        (_app, _time) = (app, time);
        _tokens = new FakeWeComTokens(time, corpId, Secret);
        Chats = new FakeWeComChats(this);
        Directory = new FakeWeComDirectory();
    }

    /// <summary>What settings call <c>ApiBaseUrl</c>.</summary>
    public string BaseUrl => _app.Urls.First();

    public string WebhookUrl => BaseUrl + "/cgi-bin/webhook/send?key=" + RobotKey;

    /// <summary>Every call: method and path, without its query.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public ConcurrentQueue<WeComDelivery> Delivered { get; } = new();

    /// <summary>Messages beyond a member's limit: the platform says "ok" and drops them.</summary>
    public ConcurrentQueue<WeComDelivery> Dropped { get; } = new();

    public ConcurrentQueue<WeComChange> Changes { get; } = new();

    public ConcurrentQueue<WeComPost> RobotPosts { get; } = new();

    /// <summary>Later answers of AI bots, by the response code in their address.</summary>
    public ConcurrentQueue<WeComPost> BotAnswers { get; } = new();

    /// <summary>Codes the next calls but those for tokens answer, instead of doing anything; 5xx as HTTP status.</summary>
    public ConcurrentQueue<int> FailNext { get; } = new();

    public FakeWeComChats Chats { get; }

    public FakeWeComDirectory Directory { get; }

    public int TokensIssued => _tokens.Issued;

    public static async Task<FakeWeCom> Start(string corpId, TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var fake = new FakeWeCom(builder.Build(), time ?? TimeProvider.System, corpId);
        fake.Map();
        await fake._app.StartAsync();
        return fake;
    }

    /// <summary>The code a tap brings: it changes the card once.</summary>
    public string NewResponseCode()
    {
        var code = "RC" + Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        _responseCodes[code] = _time.GetUtcNow();
        return code;
    }

    /// <summary>All tokens die before their time.</summary>
    public void KillTokens() => _tokens.Kill();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        _app.Use(async (http, next) =>
        {
            Calls.Enqueue($"{http.Request.Method} {http.Request.Path}");
            if (http.Request.Path != "/cgi-bin/gettoken" && FailNext.TryDequeue(out var fail))
            {
                await (fail is >= 500 and < 600 ? Results.StatusCode(fail) : Code(fail)).ExecuteAsync(http);
                return;
            }

            await next(http);
        });
        _app.MapGet("/cgi-bin/gettoken", (Delegate)((HttpContext http) => _tokens.Get(http.Request.Query)));
        Post("/cgi-bin/message/send", Send);
        Post("/cgi-bin/message/update_template_card", Update);
        Post("/cgi-bin/appchat/create", Chats.Create);
        Post("/cgi-bin/appchat/update", Chats.Update);
        Post("/cgi-bin/appchat/send", Chats.Send);
        Get("/cgi-bin/appchat/get", query => Chats.Get(query["chatid"].ToString()));
        Get("/cgi-bin/department/simplelist", _ => Directory.Departments());
        Get("/cgi-bin/department/get", query => Directory.Department(query["id"].ToString()));
        Get("/cgi-bin/user/simplelist", query => Directory.Users(query["department_id"].ToString()));
        Get("/cgi-bin/user/get", query => Directory.User(query["userid"].ToString()));
        Get("/cgi-bin/auth/getuserinfo", query => Directory.Visitor(query["code"].ToString()));
        _app.MapPost("/cgi-bin/webhook/send", (Delegate)(async (HttpContext http) => Robot(http.Request.Query["key"].ToString(), await Json(http))));
        _app.MapPost("/cgi-bin/aibot/response", (Delegate)(async (HttpContext http) => BotAnswer(http.Request.Query["response_code"].ToString(), await Json(http))));
    }

    private void Post(string path, Func<JsonElement, IResult> act) => _app.MapPost(path, (Delegate)(async (HttpContext http) =>
    {
        if (_tokens.Refuses(http.Request.Query) is { } refused) return Code(refused);
        var (json, code) = await Json(http);
        return code != 0 ? Code(code) : act(json);
    }));

    private void Get(string path, Func<IQueryCollection, IResult> act) => _app.MapGet(path, (Delegate)((HttpContext http) =>
        _tokens.Refuses(http.Request.Query) is { } refused ? Code(refused) : act(http.Request.Query)));

    private IResult Send(JsonElement message)
    {
        if (!message.TryGetProperty("agentid", out var agent)) return Code(41011);
        if (agent.ValueKind != JsonValueKind.Number || agent.GetInt32() != AgentId) return Code(40056);
        var to = Text(message, "touser").Split('|', StringSplitOptions.RemoveEmptyEntries);
        if (to.Length == 0) return Code(40063);
        if (to.Length > 1000) return Code(40032);
        var known = to.Where(Directory.Knows).ToArray();
        if (known.Length == 0) return Code(81013);
        if (FakeWeComChecks.Message(message, FakeWeComChecks.OfApps) is var wrong and not 0) return Code(wrong);
        var type = Text(message, "msgtype");
        var interactive = type == "template_card" && Text(message.GetProperty("template_card"), "card_type") == "button_interaction";
        if (type == "template_card" && Text(message.GetProperty("template_card"), "task_id") is { Length: > 0 } task && !_tasks.TryAdd(task, 0)) return Code(40058);
        foreach (var member in known)
        {
            var delivery = new WeComDelivery([member], type, message);
            if (HasRoom("member:" + member, 30)) Delivered.Enqueue(delivery);
            else Dropped.Enqueue(delivery);
        }

        var code = interactive ? $$""","response_code":"{{NewResponseCode()}}" """ : "";
        var invalid = string.Join('|', to.Except(known));
        return Results.Text($$"""{"errcode":0,"errmsg":"ok","invaliduser":"{{invalid}}","msgid":"m{{Interlocked.Increment(ref _count)}}"{{code}}}""", "application/json");
    }

    private IResult Update(JsonElement update)
    {
        if (!update.TryGetProperty("agentid", out var agent) || agent.GetInt32() != AgentId) return Code(40056);
        var people = update.TryGetProperty("userids", out var ids) ? ids.EnumerateArray().Select(id => id.GetString()!).ToArray() : [];
        if (people.Length is 0 or > 1000) return Code(40031);
        var hasButton = update.TryGetProperty("button", out var button);
        var hasCard = update.TryGetProperty("template_card", out var card);
        if (hasButton == hasCard) return Code(40058);
        if (hasButton && Text(button, "replace_name").Length == 0) return Code(40063);
        if (hasCard && FakeWeComChecks.Card(card, FakeWeComChecks.OfApps) is var wrong and not 0) return Code(wrong);
        var code = Text(update, "response_code");
        if (!_responseCodes.TryRemove(code, out var made) || _time.GetUtcNow() - made > TimeSpan.FromHours(72)) return Code(40058);
        Changes.Enqueue(new WeComChange(people, code, update));
        return Code(0);
    }

    private IResult Robot(string key, (JsonElement Json, int Code) body)
    {
        if (key != RobotKey) return Code(93000);
        if (body.Code != 0) return Code(body.Code);
        if (!HasRoom("robot", 20)) return Code(45009);
        if (FakeWeComChecks.Message(body.Json, FakeWeComChecks.OfRobots) is var wrong and not 0) return Code(wrong);
        RobotPosts.Enqueue(new WeComPost(key, Text(body.Json, "msgtype"), body.Json));
        return Code(0);
    }

    private IResult BotAnswer(string code, (JsonElement Json, int Code) body)
    {
        if (body.Code != 0) return Code(body.Code);
        if (!_responseCodes.TryRemove(code, out var made) || _time.GetUtcNow() - made > TimeSpan.FromHours(1)) return Code(40058);
        if (Text(body.Json, "msgtype") is not ("markdown" or "template_card")) return Code(40008);
        BotAnswers.Enqueue(new WeComPost(code, Text(body.Json, "msgtype"), body.Json));
        return Code(0);
    }

    private bool HasRoom(string what, int perMinute)
    {
        var now = _time.GetUtcNow();
        var window = _windows.GetOrAdd(what, _ => []);
        lock (window)
        {
            window.RemoveAll(at => now - at >= TimeSpan.FromMinutes(1));
            if (window.Count >= perMinute) return false;
            window.Add(now);
            return true;
        }
    }

    private static async Task<(JsonElement Json, int Code)> Json(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync();
        if (body.Contains("\\u", StringComparison.Ordinal)) return (default, 40033);
        try
        {
            return (JsonDocument.Parse(body).RootElement, 0);
        }
        catch (JsonException)
        {
            return (default, 47001);
        }
    }

    internal static IResult Code(int code) => Results.Text(
        $$"""{"errcode":{{code.ToString(CultureInfo.InvariantCulture)}},"errmsg":"{{(code == 0 ? "ok" : "refused, hint: [1]")}}"}""", "application/json");

    internal static string Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
