using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace WuShe.Integrations.WeCom;

/// <summary>What came of a sign-in. Without a <paramref name="UserId"/> it failed: <paramref name="IsOutsider"/> says that WeCom knows the person, but not as one of the company.</summary>
public sealed record WeComVisitor(string? UserId, bool IsOutsider, string To);

/// <summary>
/// Signs in by WeCom's OAuth: inside WeCom at once, elsewhere by a QR code. Each attempt has a state of its own that works
/// once, for ten minutes, and in the browser that began it.
/// </summary>
public sealed class WeComSignIns
{
    private static readonly TimeSpan StateLives = TimeSpan.FromMinutes(10);
    private const int MaxCode = 512;

    private readonly WeComCorp _corp;
    private readonly WeComApi _api;
    private readonly IConnectionMultiplexer _redis;
    private readonly WeComOptions _options;

    internal WeComSignIns(WeComCorp corp, WeComApi api, IConnectionMultiplexer redis, IOptions<WeComOptions> options) =>
        (_corp, _api, _redis, _options) = (corp, api, redis, options.Value);

    /// <summary>Whether people can sign in by WeCom.</summary>
    public bool Offered => _corp.StaffApp is not null;

    /// <summary>
    /// Begins an attempt that comes back to <paramref name="back"/> and then goes on to <paramref name="to"/>: where to send
    /// the browser, and the secret it must keep until it comes back.
    /// </summary>
    public async Task<(Uri Address, string Secret)> Begin(Uri back, string to, bool insideWeCom)
    {
        var app = _corp.StaffApp ?? throw new InvalidOperationException("No WeCom app.");
        var (state, secret) = (Random(), Random());
        await _redis.GetDatabase().StringSetAsync(Key(state), $"{Hash(secret)}\n{to}", StateLives);
        var agent = app.AgentId.ToString(CultureInfo.InvariantCulture);
        var (corp, redirect) = (Uri.EscapeDataString(_corp.CorpId), Uri.EscapeDataString(back.AbsoluteUri));
        // The order of the parameters matters to the first.
        return (new Uri(insideWeCom
            ? $"{_options.AuthorizeUrl}?appid={corp}&redirect_uri={redirect}&response_type=code&scope=snsapi_base&state={state}&agentid={agent}#wechat_redirect"
            : $"{_options.QrLoginUrl}?login_type=CorpApp&appid={corp}&agentid={agent}&redirect_uri={redirect}&state={state}"), secret);
    }

    /// <summary>Who came back. The state is used up whatever comes of it; null when it is unknown, old, used or another browser's.</summary>
    public async Task<WeComVisitor?> Finish(string? state, string? secret, string? code, CancellationToken ct)
    {
        if (_corp.StaffApp is not { } app || state is not { Length: > 0 and <= 100 } || secret is not { Length: > 0 and <= 100 }) return null;
        var stored = (string?)await _redis.GetDatabase().StringGetDeleteAsync(Key(state));
        var end = stored?.IndexOf('\n', StringComparison.Ordinal) ?? -1;
        if (end < 0 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(stored![..end]), Encoding.ASCII.GetBytes(Hash(secret)))) return null;
        var to = stored[(end + 1)..];
        if (code is not { Length: > 0 and <= MaxCode }) return new WeComVisitor(null, false, to);
        var answer = await WeComMessages.Guarded(() => _api.Get(app, "cgi-bin/auth/getuserinfo?code=" + Uri.EscapeDataString(code), ct), ct);
        return answer is { Code: 0 }
            ? new WeComVisitor(answer.UserId is { Length: > 0 } id ? id : null, answer.UserId is not { Length: > 0 }, to)
            : new WeComVisitor(null, false, to);
    }

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private RedisKey Key(string state) => WeComKey.Of(_corp, "sign-in", Hash(state));
}
