using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using WuShe.Integrations.DirectLine;

namespace WuShe.Bot.Channels;

/// <summary>The REST calls of Direct Line 3.0 (learn.microsoft.com, "Direct Line API 3.0 reference").</summary>
public static class DirectLineEndpoints
{
    private const int MostBytes = 256 * 1024;

    /// <summary>Secret only: reserves a conversation for a user and starts nothing.</summary>
    public static async Task<IResult> Generate(HttpContext http, DirectLineAccess access, DirectLineTokens tokens)
    {
        var (caller, refusal) = await access.Caller(http, null);
        if (refusal is not null) return refusal;
        if (caller!.Holder is not null) return DirectLineAccess.Error(403, "BadArgument", "Only the secret may generate tokens.");
        var asked = await Body(http);
        if (asked.Refusal is not null) return asked.Refusal;
        var user = Word(asked.Json?["user"] as JsonObject, "id");
        if (user is not null && !IsUserId(user)) return DirectLineAccess.Error(400, "BadArgument", "user.id must begin with dl_ and be at most 128 letters, digits, - or _.");
        return Results.Json(Conversation(DirectLineTokens.NewHolder(user), tokens, http, stream: null));
    }

    public static async Task<IResult> Refresh(HttpContext http, DirectLineAccess access, DirectLineTokens tokens)
    {
        var (caller, refusal) = await access.Caller(http, null);
        if (refusal is not null) return refusal;
        return caller!.Holder is { } holder
            ? Results.Json(Conversation(holder, tokens, http, stream: null))
            : DirectLineAccess.Error(403, "BadArgument", "A secret needs no refreshing.");
    }

    public static async Task<IResult> Start(HttpContext http, DirectLineAccess access, DirectLineTokens tokens, WebChat chat)
    {
        var (caller, refusal) = await access.Caller(http, null);
        if (refusal is not null) return refusal;
        var holder = caller!.Holder ?? DirectLineTokens.NewHolder();
        var begun = await chat.Start(holder);
        return Results.Json(Conversation(holder, tokens, http, stream: 0), statusCode: begun ? 201 : 200);
    }

    public static async Task<IResult> Resume(HttpContext http, string id, string? watermark, DirectLineAccess access, DirectLineTokens tokens, ActivityLog log)
    {
        var (caller, refusal) = await access.Caller(http, id);
        if (refusal is not null) return refusal;
        if (!await log.Knows(id)) return Unknown();
        // Without a watermark everything is played again: the page that asks has nothing yet.
        return Results.Json(Conversation(caller!.For(id), tokens, http, stream: Mark(watermark)));
    }

    public static async Task<IResult> Activities(HttpContext http, string id, string? watermark, DirectLineAccess access, ActivityLog log)
    {
        var (_, refusal) = await access.Caller(http, id);
        if (refusal is not null) return refusal;
        if (!await log.Knows(id)) return Unknown();
        var (activities, next) = await log.After(id, Mark(watermark));
        return Results.Text(Set(activities, next), "application/json", Encoding.UTF8);
    }

    public static async Task<IResult> Post(HttpContext http, string id, DirectLineAccess access, ActivityLog log, WebChat chat)
    {
        var (caller, refusal) = await access.Caller(http, id);
        if (refusal is not null) return refusal;
        var (activity, bad) = await Body(http);
        if (bad is not null) return bad;
        if (Word(activity, "type") is not { Length: > 0 } type) return DirectLineAccess.Error(400, "BadArgument", "An activity is a JSON object with a type.");
        if (type is "typing") return await log.Knows(id) ? Results.Json(new { id = "t-" + RandomNumberGenerator.GetHexString(32, lowercase: true) }) : Unknown();
        var said = type == "message" ? WuShe.Integrations.DirectLine.Activities.Meaning(activity!, [], TextOf(activity!)) : null;
        return await chat.Post(caller!.For(id), activity!, said, []) is { } stored ? Results.Json(new { id = stored }) : Unknown();
    }

    public static async Task<IResult> Upload(HttpContext http, string id, DirectLineAccess access, ActivityLog log, DirectLineUpload upload)
    {
        var (caller, refusal) = await access.Caller(http, id);
        if (refusal is not null) return refusal;
        return await log.Knows(id) ? await upload.Take(http, caller!.For(id)) : Unknown();
    }

    /// <summary>An activity set; the watermark is given even when nothing is new.</summary>
    public static string Set(StackExchange.Redis.RedisValue[] activities, long watermark) =>
        $"{{\"activities\":[{string.Join(',', activities)}],\"watermark\":\"{watermark}\"}}";

    public static long Mark(string? watermark) =>
        long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var mark) ? mark : 0;

    /// <summary>What was said, from the text or a button's value. The engine cleans it, and says so when it was too long.</summary>
    internal static string TextOf(JsonObject activity) =>
        Word(activity, "text") ?? Word(activity, "value") ?? "";

    private static Dictionary<string, object> Conversation(Holder holder, DirectLineTokens tokens, HttpContext http, long? stream)
    {
        var given = new Dictionary<string, object>
        {
            ["conversationId"] = holder.Conversation,
            ["token"] = tokens.Issue(Pass.Conversation, holder),
            ["expires_in"] = (int)DirectLineTokens.LifeOf(Pass.Conversation).TotalSeconds,
        };
        if (stream is { } watermark)
        {
            var scheme = http.Request.IsHttps ? "wss" : "ws";
            given["streamUrl"] = $"{scheme}://{http.Request.Host}{http.Request.PathBase}/directline/conversations/{holder.Conversation}/stream?watermark={watermark}&t={tokens.Issue(Pass.Stream, holder)}";
        }
        return given;
    }

    private static async Task<(JsonObject? Json, IResult? Refusal)> Body(HttpContext http)
    {
        if (http.Request.ContentLength > MostBytes) return (null, TooLarge());
        using var held = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (held.Length + read > MostBytes) return (null, TooLarge());
            held.Write(buffer, 0, read);
        }
        if (held.Length == 0) return (null, null);
        try
        {
            if (WuShe.Integrations.DirectLine.Activities.Parse(held.GetBuffer().AsMemory(0, (int)held.Length)) is { } json) return (json, null);
        }
        catch (JsonException)
        {
            // Answered below, like JSON that is no object.
        }
        return (null, DirectLineAccess.Error(400, "BadArgument", "The body must be a JSON object that says every name once."));
    }

    private static IResult TooLarge() => DirectLineAccess.Error(413, "MessageSizeTooBig", "An activity may have 256 KB.");

    private static IResult Unknown() => DirectLineAccess.Error(404, "BadArgument", "There is no such conversation.");

    private static bool IsUserId(string id) =>
        id.StartsWith("dl_", StringComparison.Ordinal) && id.Length is > 3 and <= 128 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string? Word(JsonObject? json, string name) => WuShe.Integrations.DirectLine.Activities.Word(json?[name]);
}
