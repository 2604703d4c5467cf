using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace WuShe.Fakes;

/// <summary>Tokens as the platform gives them: the stable one stays the same until five minutes before its end.</summary>
internal sealed class FakeWeChatTokens(TimeProvider time, string appId, string secret)
{
    private static readonly TimeSpan Life = TimeSpan.FromHours(2);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _valid = new(StringComparer.Ordinal);
    private string? _stable;

    public int Issued { get; private set; }

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

        if (FakeWeChat.Text(json, "grant_type") != "client_credential") return FakeWeChat.Code(40002);
        if (FakeWeChat.Text(json, "appid") != appId) return FakeWeChat.Code(40013);
        if (FakeWeChat.Text(json, "secret") != secret) return FakeWeChat.Code(40125);
        lock (_lock)
        {
            var fresh = _stable is not null && _valid.TryGetValue(_stable, out var end) && end - time.GetUtcNow() > TimeSpan.FromMinutes(5);
            if (!fresh) _stable = Issue();
            return Answer(_stable!);
        }
    }

    public IResult Classic(IQueryCollection query)
    {
        if (query["grant_type"] != "client_credential") return FakeWeChat.Code(40002);
        if (query["appid"] != appId) return FakeWeChat.Code(40013);
        if (query["secret"] != secret) return FakeWeChat.Code(40125);
        lock (_lock) return Answer(Issue());
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

    private string Issue()
    {
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
