using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Common.Staff;

/// <summary>
/// Reloads an open console page when something it shows has changed: changes that come close together cost one reload,
/// and two reloads never overlap. <c>concerns</c> says whether a case is on the page; <c>reload</c> goes through the component's <c>InvokeAsync</c>.
/// </summary>
public sealed class LiveReload : IDisposable
{
    private const int Idle = 0, Reloading = 1, ChangedAgain = 2;

    private readonly Func<Task> _reload;
    private readonly TimeProvider _time;
    private readonly IDisposable _subscription;
    private readonly CancellationTokenSource _left = new();
    private int _state;

    public LiveReload(IConsoleFeed feed, TimeProvider time, Func<string, bool> concerns, Func<Task> reload)
    {
        (_time, _reload) = (time, reload);
        _subscription = feed.Subscribe(number =>
        {
            if (concerns(number)) Changed();
        });
    }

    /// <summary>The same for a page that shows the group of one unit at a time.</summary>
    public LiveReload(IGroupFeed feed, TimeProvider time, Func<Guid, bool> concerns, Func<Task> reload)
    {
        (_time, _reload) = (time, reload);
        _subscription = feed.Subscribe(unit =>
        {
            if (concerns(unit)) Changed();
        });
    }

    public void Dispose()
    {
        _subscription.Dispose();
        _left.Cancel();
    }

    private void Changed()
    {
        if (Interlocked.Exchange(ref _state, ChangedAgain) == Idle) _ = Run();
    }

    private async Task Run()
    {
        do
        {
            Volatile.Write(ref _state, Reloading);
            try
            {
                await Task.Delay(TimeSpan.FromMilliseconds(150), _time, _left.Token);
                await _reload();
            }
            catch (Exception) when (!_left.IsCancellationRequested)
            {
                // The page stays as it was; the next change, or the person, loads it again.
            }
            catch (Exception)
            {
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _state, Idle, Reloading) == ChangedAgain);
    }
}
