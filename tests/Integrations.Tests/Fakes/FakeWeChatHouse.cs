using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>What an account has that nobody is told by: its rights, allowances, templates, menu and list of followers.</summary>
public sealed class FakeWeChatHouse
{
    /// <summary>False for an account without certification: most of its APIs answer 48001.</summary>
    public bool Verified { get; set; } = true;

    /// <summary>Calls of the day, by path; others have 100,000 left.</summary>
    public Dictionary<string, (long Limit, long Used)> Quotas { get; } = [];

    /// <summary>Answers the quota page without the fields that tell it.</summary>
    public bool QuotaUntold { get; set; }

    public List<string> TemplateTitles { get; } = [];

    public bool HasMenu { get; set; }

    public List<string> Followers { get; } = [];

    internal IResult Quota(string body)
    {
        string path;
        try
        {
            path = FakeWeChat.Text(JsonDocument.Parse(body).RootElement, "cgi_path");
        }
        catch (JsonException)
        {
            return FakeWeChat.Code(47001);
        }

        if (!path.StartsWith("/cgi-bin/", StringComparison.Ordinal)) return FakeWeChat.Code(61451);
        if (!Verified) return FakeWeChat.Code(48001);
        if (QuotaUntold) return FakeWeChat.Code(0);
        var (limit, used) = Quotas.GetValueOrDefault(path, (100_000, 0));
        return Results.Json(new { errcode = 0, errmsg = "ok", quota = new { daily_limit = limit, used, remain = limit - used } });
    }

    internal IResult Templates() => !Verified
        ? FakeWeChat.Code(48001)
        : Results.Json(new { template_list = TemplateTitles.Select((title, i) => new { template_id = $"T{i}", title, content = "{{thing1.DATA}}" }) });

    internal IResult Menu() => HasMenu ? Results.Json(new { menu = new { button = new[] { new { type = "click", name = "报修", key = "report" } } } }) : FakeWeChat.Code(46003);

    internal IResult People() => !Verified
        ? FakeWeChat.Code(48001)
        : Results.Json(new { total = Followers.Count, count = Followers.Count, data = new { openid = Followers }, next_openid = "" });
}
