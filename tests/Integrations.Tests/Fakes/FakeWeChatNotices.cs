using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>A form that the platform took for a person.</summary>
public sealed record WeChatFormDelivery(string OpenId, string Form, string Template, IReadOnlyDictionary<string, string> Values, string Page, string Id);

/// <summary>
/// Template messages and subscription notices: the account's templates, one message for each consent, the limits of typed
/// fields (47003), one message per client id.
/// </summary>
public sealed partial class FakeWeChatNotices
{
    private readonly ConcurrentDictionary<(string OpenId, string Template), int> _consents = [];
    private readonly ConcurrentDictionary<(string OpenId, string Id), bool> _ids = [];
    private int _count;

    /// <summary>Id → content with <c>{{thing1.DATA}}</c>, as the account's console shows them.</summary>
    public ConcurrentDictionary<string, string> Templates { get; } = new(StringComparer.Ordinal);

    public ConcurrentDictionary<string, string> Subscriptions { get; } = new(StringComparer.Ordinal);

    /// <summary>What reached people, in order.</summary>
    public ConcurrentQueue<WeChatFormDelivery> Delivered { get; } = new();

    /// <summary>Who does not follow: gets no template messages.</summary>
    public ConcurrentDictionary<string, bool> Strangers { get; } = new(StringComparer.Ordinal);

    /// <summary>The person said yes in the popup.</summary>
    public void Agree(string openId, string template) => _consents.AddOrUpdate((openId, template), 1, (_, n) => n + 1);

    public void Withdraw(string openId, string template) => _consents.TryRemove((openId, template), out _);

    internal IResult? Answer(string path, string body) => path switch
    {
        "/cgi-bin/template/get_all_private_template" => Results.Text(JsonSerializer.Serialize(new
        {
            template_list = Templates.Select(one => new { template_id = one.Key, title = "办理进度提醒", primary_industry = "", content = one.Value }),
        })),
        "/wxaapi/newtmpl/gettemplate" => Results.Text(JsonSerializer.Serialize(new
        {
            errcode = 0,
            errmsg = "ok",
            data = Subscriptions.Select(one => new { priTmplId = one.Key, title = "办理进度通知", content = one.Value, example = "", type = 2 }),
        })),
        "/cgi-bin/message/template/send" => Take("template", body, Templates),
        "/cgi-bin/message/subscribe/bizsend" => Take("subscription", body, Subscriptions),
        _ => null,
    };

    private IResult Take(string form, string body, ConcurrentDictionary<string, string> templates)
    {
        if (body.Contains("\\u", StringComparison.Ordinal)) return FakeWeChat.Code(40033);
        using var json = JsonDocument.Parse(body);
        var root = json.RootElement;
        var (to, template, id) = (FakeWeChat.Text(root, "touser"), FakeWeChat.Text(root, "template_id"), FakeWeChat.Text(root, "client_msg_id"));
        if (to.Length < 6) return FakeWeChat.Code(40003);
        if (!templates.TryGetValue(template, out var content)) return FakeWeChat.Code(40037);
        if (form == "template" && Strangers.ContainsKey(to)) return FakeWeChat.Code(43004);
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (Match field in Placeholder().Matches(content))
        {
            if (!root.GetProperty("data").TryGetProperty(field.Groups[1].Value, out var given)) return FakeWeChat.Code(47003);
            var value = FakeWeChat.Text(given, "value");
            if (!Fits(field.Groups[1].Value, value)) return FakeWeChat.Code(47003);
            values[field.Groups[1].Value] = value;
        }
        if (values.Count != root.GetProperty("data").EnumerateObject().Count()) return FakeWeChat.Code(47003);
        if (form == "subscription" && !Use(to, template)) return FakeWeChat.Code(43101);
        if (id.Length == 0 || _ids.TryAdd((to, id), true))
            Delivered.Enqueue(new WeChatFormDelivery(to, form, template, values, FakeWeChat.Text(root, form == "template" ? "url" : "page"), id));
        return Results.Text($$"""{"errcode":0,"errmsg":"ok","msgid":{{(200_000_000 + Interlocked.Increment(ref _count)).ToString(CultureInfo.InvariantCulture)}}}""");
    }

    private bool Use(string openId, string template)
    {
        while (_consents.TryGetValue((openId, template), out var left))
        {
            if (left == 0) return false;
            if (_consents.TryUpdate((openId, template), left - 1, left)) return true;
        }
        return false;
    }

    private static bool Fits(string field, string value) => value.Length > 0 && !value.Contains('\n', StringComparison.Ordinal) && field.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') switch
    {
        "thing" => value.Length <= 20,
        "character_string" => value.Length <= 32 && value.All(c => c < 0x80),
        "phrase" => value.Length <= 5 && value.All(c => c is >= '\u4e00' and <= '\u9fff'),
        "time" or "date" => value.Any(char.IsAsciiDigit),
        "name" => value.Length <= 20,
        _ => value.Length <= 20,
    };

    [GeneratedRegex("\\{\\{([a-z_]+[0-9]*)\\.DATA\\}\\}")]
    private static partial Regex Placeholder();
}
