namespace WuShe.Dialogs.Engine;

/// <summary>
/// Where conversations live between turns. A turn costs two round trips: <see cref="Begin"/> and <see cref="Commit"/>;
/// one that performs something costs a third (<see cref="Seal"/>).
/// </summary>
public interface IConversationStore
{
    /// <summary>
    /// In one step: answers with the stored replies if the message was seen and finished; else takes the conversation's
    /// lock, notes the turn as unfinished (so that it can be finished after a crash) and reads the conversation's state.
    /// Waits for a lock held by another turn up to a limit, then throws <see cref="TimeoutException"/>.
    /// </summary>
    ValueTask<TurnStart> Begin(Turn turn, CancellationToken ct);

    /// <summary>Saves the state in the middle of a turn, keeping the lock. False: the lock was lost, nothing was written.</summary>
    ValueTask<bool> Seal(TurnLease lease, ReadOnlyMemory<byte> state, CancellationToken ct);

    /// <summary>
    /// In one step: saves state and replies, releases the lock, and forgets the unfinished turn unless
    /// <paramref name="owed"/> (the replies still have to be delivered by another way; <see cref="Settle"/> forgets it then).
    /// False: the lock was lost, nothing was written, the turn must begin anew.
    /// </summary>
    ValueTask<bool> Commit(TurnLease lease, ReadOnlyMemory<byte> state, ReadOnlyMemory<byte> replies, bool owed, CancellationToken ct);

    /// <summary>Gives up a turn without a trace: lock released; the turn stays noted as unfinished.</summary>
    ValueTask Abandon(TurnLease lease, CancellationToken ct);

    /// <summary>The owed replies of this turn are in safe hands; forgets the turn (its replies stay known for re-deliveries).</summary>
    ValueTask Settle(Turn turn, CancellationToken ct);

    /// <summary>Turns begun and never settled, older than <paramref name="age"/>: left by a process that died.</summary>
    IAsyncEnumerable<Turn> Unfinished(TimeSpan age, CancellationToken ct);

    /// <summary>Conversations whose open dialog was last touched before <paramref name="idleSince"/> (for the reminder and expiry).</summary>
    IAsyncEnumerable<ConversationId> Idle(DateTimeOffset idleSince, CancellationToken ct);
}

/// <summary>The right to finish one turn of one conversation, until <paramref name="Token"/>'s lock runs out.</summary>
public sealed record TurnLease(Turn Turn, string Token);

/// <summary>What <see cref="IConversationStore.Begin"/> found.</summary>
/// <param name="Lease">Null when the message was seen before.</param>
/// <param name="State">The conversation's state; empty for a new conversation.</param>
/// <param name="Replies">The first replies, when the message was seen before.</param>
public sealed record TurnStart(TurnLease? Lease, ReadOnlyMemory<byte> State, ReadOnlyMemory<byte> Replies);
