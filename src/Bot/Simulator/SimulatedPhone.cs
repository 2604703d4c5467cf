using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace WuShe.Bot.Simulator;

/// <summary>
/// One follower's phone: what happened on it, and how often it may still be written to (five messages in 48 h after a
/// message, three in a minute after a tap, a follow or a scan). Lives as long as the process.
/// </summary>
internal sealed class SimulatedPhone(TimeProvider time)
{
    private const int MostEntries = 400;
    private readonly Lock _lock = new();
    private readonly List<PhoneEntry> _entries = [];
    private readonly Dictionary<string, string> _firstAnswers = new(StringComparer.Ordinal);
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private (int Left, DateTimeOffset Until) _allowance;
    private long _last;

    /// <summary>Whether the person left. Whoever has done nothing yet is no follower either, but might be written to.</summary>
    public bool Gone { get; private set; }

    /// <summary>Whether the person follows: has done something and not left since.</summary>
    public bool Following { get; private set; }

    public DateTimeOffset FollowsSince { get; private set; } = time.GetUtcNow();

    public string Scene { get; private set; } = "";

    /// <summary>The person wrote.</summary>
    public void Spoke() => Allow(5, TimeSpan.FromHours(48));

    /// <summary>The person tapped a key, followed or scanned.</summary>
    public void Tapped() => Allow(3, TimeSpan.FromMinutes(1));

    public void Followed(string scene)
    {
        Tapped();
        lock (_lock) (FollowsSince, Scene) = (time.GetUtcNow(), scene);
    }

    public void Left()
    {
        lock (_lock) (Following, Gone) = (false, true);
    }

    /// <summary>Uses up one message, or tells the code of the refusal.</summary>
    public int Take()
    {
        lock (_lock)
        {
            if (Gone) return 43004;
            if (_allowance.Until <= time.GetUtcNow()) return 45015;
            if (_allowance.Left == 0) return 45047;
            _allowance.Left--;
            return 0;
        }
    }

    /// <summary>Whether this answer is the one the same push got before; null when it is the first.</summary>
    public bool? IsSame(string xml, string answer)
    {
        lock (_lock)
        {
            if (_firstAnswers.TryGetValue(xml, out var first)) return first == answer;
            if (_firstAnswers.Count >= MostEntries) _firstAnswers.Clear();
            _firstAnswers[xml] = answer;
            return null;
        }
    }

    public void Add(PhoneEntry entry)
    {
        TaskCompletionSource waiting;
        lock (_lock)
        {
            // Times, so that a page that was open before a restart goes on reading behind what it has seen.
            _last = Math.Max(_last + 1, time.GetUtcNow().ToUnixTimeMilliseconds());
            _entries.Add(entry with { Id = _last });
            if (_entries.Count > MostEntries) _entries.RemoveAt(0);
            (waiting, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        waiting.SetResult();
    }

    /// <summary>What happened after that entry, and then whatever happens, until <paramref name="ct"/> ends it.</summary>
    public async IAsyncEnumerable<SseItem<PhoneEntry>> Read(long after, [EnumeratorCancellation] CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            PhoneEntry[] next;
            Task more;
            lock (_lock)
            {
                next = [.. _entries.Where(entry => entry.Id > after)];
                more = _more.Task;
            }

            foreach (var entry in next)
            {
                yield return new SseItem<PhoneEntry>(entry) { EventId = entry.Id.ToString(CultureInfo.InvariantCulture) };
                after = entry.Id;
            }

            if (next.Length == 0) await more.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Allow(int messages, TimeSpan window)
    {
        lock (_lock) (_allowance, Following, Gone) = ((messages, time.GetUtcNow() + window), true, false);
    }
}
