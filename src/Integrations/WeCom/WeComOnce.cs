using StackExchange.Redis;

namespace WuShe.Integrations.WeCom;

/// <summary>
/// Acts once on a push, however often it is delivered and to however many instances: a re-delivery waits for the first and
/// gets its answer.
/// </summary>
internal sealed class WeComOnce(IConnectionMultiplexer redis, WeComCorp corp)
{
    private const string Working = "?";
    private const string Answered = "=";

    /// <summary>Who died while working is succeeded after this time; longer than any act takes.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Throws <see cref="TimeoutException"/> when another delivery is still being worked on: the platform tries again.</summary>
    public async Task<string> Run(string callback, string push, Func<Task<string>> act)
    {
        var db = redis.GetDatabase();
        var key = WeComKey.Of(corp, "seen", $"{callback}:{push}");
        // The other delivery is worked on in real time, whatever clock this process was given.
        var waiting = TimeProvider.System.GetTimestamp();
        while (!await db.StringSetAsync(key, Working, Lease, When.NotExists))
        {
            var known = (string?)await db.StringGetAsync(key);
            if (known?.StartsWith(Answered, StringComparison.Ordinal) == true) return known[Answered.Length..];
            if (TimeProvider.System.GetElapsedTime(waiting) > Patience) throw new TimeoutException("Another delivery of this push is still being worked on.");
            await Task.Delay(Poll, TimeProvider.System);
        }

        try
        {
            var answer = await act();
            await db.StringSetAsync(key, Answered + answer, Kept);
            return answer;
        }
        catch
        {
            await db.KeyDeleteAsync(key);
            throw;
        }
    }
}
