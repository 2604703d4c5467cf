using System.Globalization;
using System.Text;
using System.Text.Json;

namespace WuShe.Bot.Simulator;

/// <summary>
/// The platform's server API for simulated accounts, with the checks and error codes of the real one. What our service
/// sends to a person appears on that person's phone; what it calls stands beside it.
/// </summary>
internal static class PlatformEndpoints
{
    private const int MaxBody = 64 * 1024;
    private const int MaxText = 2048;
    private const int MaxPicture = 10 * 1024 * 1024;

    public static void MapPlatform(this IEndpointRouteBuilder app)
    {
        var api = app.MapGroup(SimulatorAccount.PlatformPath + "/cgi-bin").DisableAntiforgery();
        api.MapPost("/stable_token", (Delegate)StableToken);
        api.MapGet("/token", (HttpContext http, SimulatedPlatform platform) =>
            http.Request.Query["grant_type"] != "client_credential" ? PlatformAnswer.Code(40002)
            : Token(platform.Token(http.Request.Query["appid"].ToString(), http.Request.Query["secret"].ToString(), stable: false)));
        api.MapPost("/message/custom/send", (Delegate)((HttpContext http) => Post(http, Send)));
        api.MapPost("/message/custom/typing", (Delegate)((HttpContext http) => Post(http, Typing)));
        api.MapPost("/media/upload", (Delegate)Upload);
        api.MapGet("/media/get", (Delegate)((HttpContext http) => Get(http, Download)));
        api.MapGet("/user/info", (Delegate)((HttpContext http) => Get(http, UserInfo)));
        MapMenus(api);
        api.MapPost("/qrcode/create", (Delegate)((HttpContext http) => Post(http, CreateCode)));
        // What only a real platform can do: not granted here, as it would say of an account without that right.
        api.Map("/{**other}", () => PlatformAnswer.Code(48001));
    }

    private static void MapMenus(IEndpointRouteBuilder api)
    {
        api.MapGet("/menu/get", (Delegate)((HttpContext http) => Get(http, (account, _) => account.Menus.Get())));
        api.MapGet("/menu/delete", (Delegate)((HttpContext http) => Get(http, (account, _) => account.Menus.Delete())));
        api.MapPost("/menu/create", (Delegate)((HttpContext http) => Post(http, call => call.Account.Menus.Create(call.Json))));
        api.MapPost("/menu/addconditional", (Delegate)((HttpContext http) => Post(http, call => call.Account.Menus.AddForTag(call.Json))));
        api.MapPost("/menu/delconditional", (Delegate)((HttpContext http) => Post(http, call => call.Account.Menus.DeleteForTag(call.Json))));
        api.MapGet("/tags/get", (Delegate)((HttpContext http) => Get(http, (account, _) => account.Menus.Tags())));
        api.MapPost("/tags/create", (Delegate)((HttpContext http) => Post(http, call => call.Account.Menus.AddTag(call.Json))));
    }

    /// <summary>A call with a JSON body: token, readability, then <paramref name="answer"/>.</summary>
    public static async Task<IResult> Post(HttpContext http, Func<PlatformCall, IResult> answer)
    {
        if (Refused(http, out var account) is { } refusal) return refusal;
        var body = await Body(http);
        if (body.Length == 0) return PlatformAnswer.Code(44002);
        if (body.Contains("\\u", StringComparison.Ordinal)) return PlatformAnswer.Code(40033);
        try
        {
            using var json = JsonDocument.Parse(body);
            return answer(new PlatformCall(account!, http.Request.Path, body, json.RootElement));
        }
        catch (JsonException)
        {
            return PlatformAnswer.Code(47001);
        }
    }

    public static IResult Get(HttpContext http, Func<SimulatedAccount, IQueryCollection, IResult> answer) =>
        Refused(http, out var account) ?? answer(account!, http.Request.Query);

    private static IResult? Refused(HttpContext http, out SimulatedAccount? account)
    {
        var code = http.RequestServices.GetRequiredService<SimulatedPlatform>().Open(http.Request.Query["access_token"].ToString(), out account);
        return code == 0 ? null : PlatformAnswer.Code(code);
    }

    private static async Task<IResult> StableToken(HttpContext http, SimulatedPlatform platform)
    {
        try
        {
            using var json = JsonDocument.Parse(await Body(http));
            var asked = json.RootElement;
            return asked.Text("grant_type") != "client_credential" ? PlatformAnswer.Code(40002)
                : Token(platform.Token(asked.Text("appid"), asked.Text("secret"), stable: true));
        }
        catch (JsonException)
        {
            return PlatformAnswer.Code(47001);
        }
    }

    private static IResult Token((string Token, int Seconds, int Code) given) =>
        given.Code != 0 ? PlatformAnswer.Code(given.Code) : PlatformAnswer.Json(new { access_token = given.Token, expires_in = given.Seconds });

    private static IResult Send(PlatformCall call)
    {
        var to = call.Json.Text("touser");
        if (!SimulatedPlatform.IsOpenId(to)) return PlatformAnswer.Code(40003);
        var phone = call.Account.Phone(to);
        var (code, shown) = Shown(call);
        if (code == 0) code = phone.Take();
        phone.Add(new PhoneEntry("call") { Path = call.Path, Body = call.Body, Code = code });
        if (code == 0) phone.Add(shown! with { Type = call.Json.Text("msgtype") });
        return PlatformAnswer.Code(code);
    }

    /// <summary>The message as the phone shows it, or the code for what is wrong with it.</summary>
    private static (int Code, PhoneEntry? Shown) Shown(PlatformCall call)
    {
        var type = call.Json.Text("msgtype");
        if (!call.Json.TryGetProperty(type, out var part) || part.ValueKind != JsonValueKind.Object) return (40008, null);
        var entry = new PhoneEntry("bot");
        switch (type)
        {
            case "text":
                var text = part.Text("content");
                return text.Length == 0 ? (44004, null)
                    : Encoding.UTF8.GetByteCount(text) > MaxText ? (45002, null) : (0, entry with { Text = text });
            case "image" or "voice":
                var media = part.Text("media_id");
                return call.Account.TryFile(media, out _) ? (0, entry with { Media = media }) : (40007, null);
            case "news":
                return part.Items("articles") is [var article]
                    ? (0, entry with { Text = $"{article.Text("title")}\n{article.Text("description")}", Url = article.Text("url"), Picture = article.Text("picurl") })
                    : (45008, null);
            case "msgmenu":
                return (0, entry with
                {
                    Text = part.Text("head_content"),
                    Choices = [.. part.Items("list").Select(item => new MenuChoice(item.Text("id"), item.Text("content")))],
                    Tail = part.Text("tail_content"),
                });
            default:
                return (40008, null);
        }
    }

    private static IResult Typing(PlatformCall call)
    {
        var to = call.Json.Text("touser");
        if (!SimulatedPlatform.IsOpenId(to)) return PlatformAnswer.Code(40003);
        var command = call.Json.Text("command");
        if (command is not ("Typing" or "CancelTyping")) return PlatformAnswer.Code(45072);
        call.Account.Phone(to).Add(new PhoneEntry("typing") { Text = command });
        return PlatformAnswer.Code(0);
    }

    /// <summary>Our codes lead to the simulator's own page, which scans them.</summary>
    private static IResult CreateCode(PlatformCall call)
    {
        if (call.Json.Text("action_name") is not ("QR_STR_SCENE" or "QR_LIMIT_STR_SCENE")) return PlatformAnswer.Code(40052);
        var scene = call.Json.TryGetProperty("action_info", out var info) && info.TryGetProperty("scene", out var inside) ? inside.Text("scene_str") : "";
        if (scene.Length is 0 or > 64) return PlatformAnswer.Code(40053);
        var platform = call.Account.Settings.ApiBaseUrl.TrimEnd('/')[..^SimulatorAccount.PlatformPath.Length];
        return PlatformAnswer.Json(new
        {
            ticket = "sim-" + scene,
            url = $"{platform}{SimulatorSetup.Path}?account={call.Account.Name}&scene={Uri.EscapeDataString(scene)}",
        });
    }

    private static async Task<IResult> Upload(HttpContext http)
    {
        if (Refused(http, out var account) is { } refusal) return refusal;
        var type = http.Request.Query["type"].ToString();
        if (type is not ("image" or "voice")) return PlatformAnswer.Code(40004);
        if (!http.Request.HasFormContentType) return PlatformAnswer.Code(41005);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form.Files.GetFile("media") is not { FileName.Length: > 0 } file) return PlatformAnswer.Code(41005);
        if (file.Length is 0 or > MaxPicture) return PlatformAnswer.Code(40006);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, http.RequestAborted);
        var id = account!.Keep(content.ToArray(), file.ContentType is { Length: > 0 } known ? known : "image/jpeg");
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToUnixTimeSeconds();
        return PlatformAnswer.Json(new { type, media_id = id, created_at = now });
    }

    private static IResult Download(SimulatedAccount account, IQueryCollection query) =>
        account.TryFile(query["media_id"].ToString(), out var file) ? Results.Bytes(file.Content, file.Type, "file") : PlatformAnswer.Code(40007);

    private static IResult UserInfo(SimulatedAccount account, IQueryCollection query)
    {
        var openId = query["openid"].ToString();
        if (!SimulatedPlatform.IsOpenId(openId)) return PlatformAnswer.Code(40003);
        var phone = account.Phone(openId);
        if (!phone.Following) return PlatformAnswer.Json(new { subscribe = 0, openid = openId });
        return PlatformAnswer.Json(new
        {
            subscribe = 1,
            openid = openId,
            language = "zh_CN",
            subscribe_time = phone.FollowsSince.ToUnixTimeSeconds(),
            remark = "",
            groupid = 0,
            tagid_list = Array.Empty<int>(),
            subscribe_scene = phone.Scene.Length > 0 ? "ADD_SCENE_QR_CODE" : "ADD_SCENE_SEARCH",
            qr_scene = 0,
            qr_scene_str = phone.Scene,
        });
    }

    private static async Task<string> Body(HttpContext http)
    {
        if (http.Request.ContentLength > MaxBody) return "";
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var body = await reader.ReadToEndAsync(http.RequestAborted);
        return body.Length > MaxBody ? "" : body;
    }
}

/// <summary>A call with a token and a JSON body.</summary>
internal sealed record PlatformCall(SimulatedAccount Account, string Path, string Body, JsonElement Json);

/// <summary>How the platform answers: HTTP 200 in any case, what happened stands in the JSON.</summary>
internal static class PlatformAnswer
{
    private static readonly JsonSerializerOptions Raw = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IResult Code(int code) => Json(new { errcode = code, errmsg = code == 0 ? "ok" : string.Create(CultureInfo.InvariantCulture, $"refused {code} rid: simulator") });

    public static IResult Json(object answer) => Results.Text(JsonSerializer.Serialize(answer, Raw), "text/plain", Encoding.UTF8);

    /// <summary>The text under a name; empty for everything else.</summary>
    public static string Text(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    /// <summary>The objects of the list under a name; none for everything else.</summary>
    public static JsonElement[] Items(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];
}
