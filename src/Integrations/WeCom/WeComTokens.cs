using System.Globalization;
using System.Security.Cryptography;
using StackExchange.Redis;

namespace WuShe.Integrations.WeCom;

/// <summary>Access tokens of apps. One secret, one token: they are never shared between apps.</summary>
internal interface IWeComTokens
{
    /// <summary>A token good for at least the next call. Throws <see cref="WeComException"/> when the platform refuses one.</summary>
    Task<string> Get(WeComApp app, CancellationToken ct);

    /// <summary>Forgets a token the platform refused, unless another has taken its place already.</summary>
    Task Drop(WeComApp app, string token);
}

/// <summary>
/// Tokens shared by all instances through Redis and fetched by one at a time. Tokens and secrets appear in no log and no exception.
/// </summary>
internal sealed class WeComTokens(IConnectionMultiplexer redis, WeComTokenCall call, WeComCorp corp, TimeProvider time) : IWeComTokens
{
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    public async Task<string> Get(WeComApp app, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        // Another process is waited for: by the machine's clock, whatever time it is for us.
        var waiting = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (token, left) = Read(await db.StringGetAsync(Key(app)));
            if (token is not null && left > EarlyBy()) return token;
            var mine = RandomNumberGenerator.GetHexString(24);
            if (await db.LockTakeAsync(LockKey(app), mine, LockTime))
            {
                try
                {
                    return await FetchUnlessFresh(app, token, ct);
                }
                finally
                {
                    await db.LockReleaseAsync(LockKey(app), mine);
                }
            }

            if (token is not null && left > TimeSpan.Zero) return token;
            if (TimeProvider.System.GetElapsedTime(waiting) > LockTime) throw new TimeoutException("No WeCom access token within the time of its lock.");
            await Task.Delay(Poll, TimeProvider.System, ct);
        }
    }

    public async Task Drop(WeComApp app, string token)
    {
        var db = redis.GetDatabase();
        var stored = await db.StringGetAsync(Key(app));
        // Releasing a lock is deleting a key that still holds this value: just what is wanted.
        if (Read(stored).Token == token) await db.LockReleaseAsync(Key(app), stored);
    }

    private async Task<string> FetchUnlessFresh(WeComApp app, string? known, CancellationToken ct)
    {
        var db = redis.GetDatabase();
        var (token, left) = Read(await db.StringGetAsync(Key(app)));
        if (token is not null && token != known && left > TimeSpan.Zero) return token;
        var (fresh, life) = await call.Fetch(app, ct);
        var until = (time.GetUtcNow() + life).ToUnixTimeSeconds();
        await db.StringSetAsync(Key(app), string.Create(CultureInfo.InvariantCulture, $"{until}|{fresh}"), life);
        return fresh;
    }

    private (string? Token, TimeSpan Left) Read(RedisValue stored)
    {
        if (stored.IsNullOrEmpty) return default;
        var text = stored.ToString();
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        if (bar < 0 || !long.TryParse(text.AsSpan(0, bar), CultureInfo.InvariantCulture, out var until)) return default;
        return (text[(bar + 1)..], DateTimeOffset.FromUnixTimeSeconds(until) - time.GetUtcNow());
    }

    /// <summary>The platform repeats a token until its end, so there is nothing to gain from asking long before; instances do not all ask at once.</summary>
    private static TimeSpan EarlyBy() => TimeSpan.FromSeconds(RandomNumberGenerator.GetInt32(5, 30));

    private RedisKey Key(WeComApp app) => WeComKey.Of(corp, "token", app.Name);

    private RedisKey LockKey(WeComApp app) => WeComKey.Of(corp, "token-lock", app.Name);
}

/// <summary>For a command beside the running service: it has no Redis, and asking once more gives the same token.</summary>
internal sealed class TokensOfACommand(WeComTokenCall call) : IWeComTokens
{
    private string? _token;

    public async Task<string> Get(WeComApp app, CancellationToken ct) => _token ??= (await call.Fetch(app, ct)).Token;

    public Task Drop(WeComApp app, string token)
    {
        _token = null;
        return Task.CompletedTask;
    }
}

/// <summary><c>/cgi-bin/gettoken</c>.</summary>
internal sealed class WeComTokenCall(IHttpClientFactory http, WeComCorp corp)
{
    public async Task<(string Token, TimeSpan Life)> Fetch(WeComApp app, CancellationToken ct)
    {
        var address = new Uri($"{corp.ApiBaseUrl}cgi-bin/gettoken?corpid={Uri.EscapeDataString(corp.CorpId)}&corpsecret={Uri.EscapeDataString(app.Secret)}");
        using var client = http.CreateClient(WeComApi.HttpName);
        using var response = await client.GetAsync(address, ct);
        var answer = await WeComApi.Read(response, ct);
        return answer is { Code: 0, AccessToken: { Length: > 0 } token, ExpiresIn: > 0 }
            ? (token, TimeSpan.FromSeconds(answer.ExpiresIn))
            : throw new WeComException(answer.Code);
    }
}

/// <summary>Keys in Redis: those of one company are apart from another's.</summary>
internal static class WeComKey
{
    public static RedisKey Of(WeComCorp corp, string what, string which) => $"wushe:wecom:{corp.CorpId}:{what}:{which}";
}
