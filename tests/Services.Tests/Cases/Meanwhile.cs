using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Tests.Cases;

/// <summary>Lets somebody faster act in the middle of the first step: after it has read, before it saves.</summary>
internal sealed class Meanwhile(ITransactions real, Func<Task> faster) : ITransactions
{
    private Func<Task>? _faster = faster;

    public Task<T> Once<T>(IdempotencyKey key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct) =>
        real.Once(key, act, ct);

    public Task<T> Run<T>(Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct) => real.Run(async (db, token) =>
    {
        var result = await act(db, token);
        if (Interlocked.Exchange(ref _faster, null) is { } go) await go();
        return result;
    }, ct);
}
