using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>
/// Tokens as the platform gives them: the stable one stays the same until five minutes before its end, the classic one is
/// new with every call; the one before lives five more minutes.
/// </summary>
internal sealed class FakeWeChatTokens(TimeProvider time, string appId, string secret)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(5);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _valid = new(StringComparer.Ordinal);
    private string? _stable;
    private string? _classic;

    public int Issued { get; private set; }

    public ConcurrentQueue<int> FailNext { get; } = new();

    public bool Whitelisted { get; set; } = true;

    public IResult Stable(string body)
    {
        JsonElement json;
        try
        {
            json = JsonDocument.Parse(body).RootElement;
        }
        catch (JsonException)
        {
            return FakeWeChat.Code(47001);
        }

        if (Wrong(FakeWeChat.Text(json, "grant_type"), FakeWeChat.Text(json, "appid"), FakeWeChat.Text(json, "secret")) is { } wrong) return wrong;
        lock (_lock)
        {
            var fresh = _stable is not null && _valid.TryGetValue(_stable, out var end) && end - time.GetUtcNow() > Overlap;
            if (!fresh) _stable = Issue(_stable);
            return Answer(_stable!);
        }
    }

    public IResult Classic(IQueryCollection query)
    {
        if (Wrong(query["grant_type"].ToString(), query["appid"].ToString(), query["secret"].ToString()) is { } wrong) return wrong;
        lock (_lock) return Answer(_classic = Issue(_classic));
    }

    /// <summary>The code a call with this token gets; null when it is good.</summary>
    public int? Refuses(IQueryCollection query)
    {
        var token = query["access_token"].ToString();
        if (token.Length == 0) return 41001;
        lock (_lock)
        {
            if (!_valid.TryGetValue(token, out var end)) return 40001;
            return end <= time.GetUtcNow() ? 42001 : null;
        }
    }

    public void Kill()
    {
        lock (_lock) _valid.Clear();
    }

    public void Expire()
    {
        lock (_lock)
            foreach (var token in _valid.Keys.ToArray()) _valid[token] = time.GetUtcNow();
    }

    private IResult? Wrong(string grant, string app, string said)
    {
        if (FailNext.TryDequeue(out var fail)) return FakeWeChatFaults.Answer(fail);
        if (grant != "client_credential") return FakeWeChat.Code(40002);
        if (app != appId) return FakeWeChat.Code(40013);
        if (said != secret) return FakeWeChat.Code(40125);
        return Whitelisted ? null : FakeWeChat.Code(40164, "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist");
    }

    private string Issue(string? before)
    {
        if (before is not null && _valid.TryGetValue(before, out var end) && end > time.GetUtcNow() + Overlap) _valid[before] = time.GetUtcNow() + Overlap;
        Issued++;
        var token = $"{Issued.ToString(CultureInfo.InvariantCulture)}_{new string('t', 140)}";
        _valid[token] = time.GetUtcNow() + Life;
        return token;
    }

    private IResult Answer(string token)
    {
        var seconds = (int)(_valid[token] - time.GetUtcNow()).TotalSeconds;
        return Results.Text($$"""{"access_token":"{{token}}","expires_in":{{seconds.ToString(CultureInfo.InvariantCulture)}}}""", "application/json");
    }
}

/// <summary>Who may be written to, how often and how long.</summary>
internal sealed class FakeWeChatFollowers(TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Left, DateTimeOffset Until)> _allowed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);

    public void Allow(string openId, int messages, TimeSpan window)
    {
        lock (_lock)
        {
            _gone.Remove(openId);
            _allowed[openId] = (messages, time.GetUtcNow() + window);
        }
    }

    public void Leave(string openId)
    {
        lock (_lock) _gone.Add(openId);
    }

    /// <summary>Uses up one message, or tells the code of the refusal.</summary>
    public int Take(string openId)
    {
        lock (_lock)
        {
            if (_gone.Contains(openId)) return 43004;
            if (!_allowed.TryGetValue(openId, out var allowance) || allowance.Until <= time.GetUtcNow()) return 45015;
            if (allowance.Left == 0) return 45047;
            _allowed[openId] = allowance with { Left = allowance.Left - 1 };
            return 0;
        }
    }
}
