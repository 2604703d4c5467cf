using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>A broadcast that the platform took.</summary>
public sealed record WeChatBroadcast(long Id, string To, string Type, string Content, DateTimeOffset At)
{
    public string Status { get; set; } = "SENDING";
}

/// <summary>
/// <c>/cgi-bin/message/mass/…</c>: to everybody once a day and four times a calendar month, lists of 2 to 10 000, each
/// <c>clientmsgid</c> once: repeated within a minute it is refused, later the first number comes again.
/// </summary>
public sealed class FakeWeChatBroadcasts(TimeProvider time)
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, WeChatBroadcast> _byClientId = new(StringComparer.Ordinal);
    private readonly List<WeChatBroadcast> _sent = [];

    public IReadOnlyList<WeChatBroadcast> Sent
    {
        get
        {
            lock (_lock) return [.. _sent];
        }
    }

    /// <summary>Who saw a preview, and of what.</summary>
    public List<string> Previews { get; } = [];

    /// <summary>Tags that followers have.</summary>
    public HashSet<int> Tags { get; } = [2];

    internal IResult Call(string call, JsonElement json)
    {
        lock (_lock)
            return call switch
            {
                "sendall" => All(json),
                "send" => List(json),
                "preview" => Preview(json),
                "get" => Find(json) is { } one ? Answer(0, $",\"msg_id\":{Id(one)},\"msg_status\":\"{one.Status}\"") : FakeWeChat.Code(40059),
                _ => Delete(json),
            };
    }

    private IResult All(JsonElement json)
    {
        if (!json.TryGetProperty("filter", out var filter) || !filter.TryGetProperty("is_to_all", out var all)) return FakeWeChat.Code(47001);
        if (all.GetBoolean()) return Take(json, "*");
        return filter.TryGetProperty("tag_id", out var tag) && Tags.Contains(tag.GetInt32()) ? Take(json, $"#{tag.GetInt32()}") : FakeWeChat.Code(45159);
    }

    private IResult List(JsonElement json)
    {
        if (!json.TryGetProperty("touser", out var to) || to.ValueKind != JsonValueKind.Array) return FakeWeChat.Code(40031);
        if (to.GetArrayLength() < 2) return FakeWeChat.Code(40130);
        return to.GetArrayLength() > 10_000 ? FakeWeChat.Code(40032) : Take(json, string.Join(',', to.EnumerateArray().Select(one => one.GetString())));
    }

    private IResult Take(JsonElement json, string to)
    {
        if (Content(json, out var type, out var content) is var wrong and not 0) return FakeWeChat.Code(wrong);
        var clientId = FakeWeChat.Text(json, "clientmsgid");
        if (Encoding.UTF8.GetByteCount(clientId) > 64) return FakeWeChat.Code(45067);
        // Without one the platform makes one of what is sent to whom: two that are equal are one.
        if (clientId.Length == 0) clientId = $"{to}|{content}";
        if (_byClientId.TryGetValue(clientId, out var before))
            return time.GetUtcNow() - before.At < TimeSpan.FromMinutes(1) ? FakeWeChat.Code(45066) : Answer(45065, $",\"msg_id\":{Id(before)}");
        if (to == "*" && NothingLeft()) return FakeWeChat.Code(45028);
        var taken = new WeChatBroadcast(3_000_000_000 + _sent.Count, to, type, content, time.GetUtcNow());
        _sent.Add(taken);
        _byClientId[clientId] = taken;
        return Answer(0, $",\"msg_id\":{Id(taken)}{(type == "mpnews" ? ",\"msg_data_id\":206227730" : "")}");
    }

    private bool NothingLeft()
    {
        var now = time.GetUtcNow().ToOffset(Beijing);
        var month = _sent.Where(one => one.To == "*" && one.At.ToOffset(Beijing) is var at && (at.Year, at.Month) == (now.Year, now.Month)).ToList();
        return month.Count >= 4 || month.Exists(one => one.At.ToOffset(Beijing).Day == now.Day);
    }

    private IResult Preview(JsonElement json)
    {
        if (Content(json, out _, out var content) is var wrong and not 0) return FakeWeChat.Code(wrong);
        var to = FakeWeChat.Text(json, "touser");
        if (to.Length < 6) return FakeWeChat.Code(40003);
        Previews.Add($"{to}: {content}");
        return Answer(0, ",\"msg_id\":34182");
    }

    private IResult Delete(JsonElement json)
    {
        if (Find(json) is not { } one) return FakeWeChat.Code(40059);
        if (one.Type != "mpnews") return FakeWeChat.Code(40008);
        one.Status = "DELETE";
        return FakeWeChat.Code(0);
    }

    private WeChatBroadcast? Find(JsonElement json) =>
        json.TryGetProperty("msg_id", out var id) && id.TryGetInt64(out var number) ? _sent.Find(one => one.Id == number) : null;

    private static int Content(JsonElement json, out string type, out string content)
    {
        (type, content) = (FakeWeChat.Text(json, "msgtype"), "");
        if (type is not ("text" or "mpnews") || !json.TryGetProperty(type, out var part)) return 40008;
        content = FakeWeChat.Text(part, type == "text" ? "content" : "media_id");
        if (content.Length == 0) return type == "text" ? 44004 : 40007;
        return type == "text" && Encoding.UTF8.GetByteCount(content) > 2048 ? 45002 : 0;
    }

    private static string Id(WeChatBroadcast one) => one.Id.ToString(CultureInfo.InvariantCulture);

    private static IResult Answer(int code, string more) =>
        Results.Text($$"""{"errcode":{{code.ToString(CultureInfo.InvariantCulture)}},"errmsg":"send job submission success"{{more}}}""", "text/plain");
}
