using WuShe.Dialogs.Engine;

namespace WuShe.Services.Common.Data;

/// <summary>
/// Does something once: what <c>act</c> changes, the messages it owes and the key that names the act are written in one
/// database transaction. A key that is known returns the earlier result and changes nothing.
/// </summary>
public interface ITransactions
{
    /// <summary>
    /// Runs <paramref name="act"/> on a fresh context and saves it with the key and its result (as JSON). <paramref name="act"/>
    /// may run again when another instance was faster or the database asked for a retry: it must change nothing but the context.
    /// Wakes the outbox after the commit.
    /// </summary>
    Task<T> Once<T>(IdempotencyKey key, Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct);

    /// <summary>The same without a key: for acts whose repetition is refused by the state they change.</summary>
    Task<T> Run<T>(Func<CommunityDb, CancellationToken, Task<T>> act, CancellationToken ct);
}
