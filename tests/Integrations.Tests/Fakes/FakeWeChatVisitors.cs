using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>The consent page's codes: each is good once and for five minutes.</summary>
public sealed class FakeWeChatVisitors(TimeProvider time, string appId, string secret)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(5);
    private readonly ConcurrentDictionary<string, (string OpenId, DateTimeOffset Until)> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _used = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Codes the next exchanges answer, instead of doing anything; 5xx as HTTP status.</summary>
    public ConcurrentQueue<int> FailNext { get; } = new();

    /// <summary>Whether visitors look at a preview only.</summary>
    public bool Preview { get; set; }

    /// <summary>The person agreed (silently): the code that the browser takes back.</summary>
    public string Agree(string openId)
    {
        var code = "code-" + Interlocked.Increment(ref _count).ToString(CultureInfo.InvariantCulture);
        _codes[code] = (openId, time.GetUtcNow() + Life);
        return code;
    }

    internal IResult Exchange(IQueryCollection query)
    {
        if (FailNext.TryDequeue(out var fail)) return FakeWeChatFaults.Answer(fail);
        if (query["grant_type"] != "authorization_code") return FakeWeChat.Code(40002);
        if (query["appid"] != appId) return FakeWeChat.Code(40013);
        if (query["secret"] != secret) return FakeWeChat.Code(40125);
        var code = query["code"].ToString();
        if (code.Length == 0) return FakeWeChat.Code(41008);
        if (!_codes.TryGetValue(code, out var visit)) return FakeWeChat.Code(40029);
        if (visit.Until <= time.GetUtcNow()) return FakeWeChat.Code(42003);
        if (!_used.TryAdd(code, true)) return FakeWeChat.Code(40163);
        var answer = new Dictionary<string, object>
        {
            ["access_token"] = "visitor-token",
            ["expires_in"] = 7200,
            ["refresh_token"] = "visitor-refresh",
            ["openid"] = visit.OpenId,
            ["scope"] = "snsapi_base",
        };
        if (Preview) answer["is_snapshotuser"] = 1;
        return Results.Json(answer, contentType: "text/plain");
    }
}
