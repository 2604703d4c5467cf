using System.Data.Common;

namespace WuShe.Services.Common.Data;

/// <summary>
/// What a table says, kept in memory, so that turns read it without the database. Another instance's changes are seen within
/// ten seconds, one's own after <see cref="Reload"/> at once. While the database is away, what was known stays.
/// </summary>
public sealed class Remembered<T>(Func<CancellationToken, Task<T>> load, TimeProvider time) : IDisposable
    where T : class
{
    /// <summary>Older than this, it is read again while readers go on with what was known.</summary>
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(8);

    /// <summary>Older than this, a reader waits for the new one.</summary>
    private static readonly TimeSpan Oldest = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _loading = new(1);
    private volatile T? _current;
    private long _loadedAt;
    private Task _refresh = Task.CompletedTask;

    /// <summary>What was read last; null before the first time. A plain read: it asks no clock and starts nothing.</summary>
    public T? Loaded => _current;

    /// <summary>At most ten seconds old.</summary>
    public ValueTask<T> Current(CancellationToken ct)
    {
        if (_current is not { } current) return First(ct);
        var age = time.GetElapsedTime(Volatile.Read(ref _loadedAt));
        if (age <= Freshness) return ValueTask.FromResult(current);
        // Under load nobody waits for a refresh: who comes meanwhile reads what was known.
        if (_refresh.IsCompleted) _refresh = Refresh();
        return age <= Oldest ? ValueTask.FromResult(current) : Awaited(_refresh);
    }

    /// <summary>Reads it anew; call it after a change.</summary>
    public async Task Reload(CancellationToken ct)
    {
        await _loading.WaitAsync(ct);
        try
        {
            var at = time.GetTimestamp();
            _current = await load(ct);
            Volatile.Write(ref _loadedAt, at);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();

    private async ValueTask<T> First(CancellationToken ct)
    {
        await Reload(ct);
        return _current!;
    }

    private async ValueTask<T> Awaited(Task refresh)
    {
        await refresh;
        return _current!;
    }

    private async Task Refresh()
    {
        await Task.Yield();
        try
        {
            await Reload(CancellationToken.None);
        }
        catch (Exception e) when (e is DbException or InvalidOperationException or TimeoutException)
        {
            // The next reader after the same time tries again.
            Volatile.Write(ref _loadedAt, time.GetTimestamp());
        }
    }
}
