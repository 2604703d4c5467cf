using System.Runtime.CompilerServices;
using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Tests.Harness;

/// <summary>
/// A conversation store in memory with the promises of the real one, and levers to break them: locks that get lost, a
/// process that dies between two steps. Copies can be taken, to play a turn twice from the same state.
/// </summary>
public sealed class MemoryConversations : IConversationStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ConversationId, byte[]> _states = [];
    private readonly Dictionary<(ConversationId, string), byte[]> _done = [];
    private readonly Dictionary<(ConversationId, string), Turn> _unfinished = [];
    private readonly Dictionary<ConversationId, string> _locks = [];
    private int _tokens;

    /// <summary>Called after each save in the middle of a turn; may throw as a process that dies there would.</summary>
    public Action? AfterSeal { get; set; }

    /// <summary>How many of the next commits or seals find their lock lost.</summary>
    public int LosesLock { get; set; }

    public int Seals { get; private set; }

    /// <summary>Pretends that the process died: locks run out, unfinished turns stay.</summary>
    public void Crash()
    {
        lock (_gate) _locks.Clear();
    }

    public byte[] State(ConversationId id)
    {
        lock (_gate) return _states.TryGetValue(id, out var state) ? state : [];
    }

    public void Put(ConversationId id, byte[] state)
    {
        lock (_gate) _states[id] = state;
    }

    /// <summary>Forgets that a message was seen, so that it can be played again.</summary>
    public void Forget(Turn turn)
    {
        lock (_gate) _done.Remove((turn.Conversation, turn.MessageId));
    }

    public ValueTask<TurnStart> Begin(Turn turn, CancellationToken ct)
    {
        lock (_gate)
        {
            if (_done.TryGetValue((turn.Conversation, turn.MessageId), out var replies))
                return new(new TurnStart(null, default, replies));
            if (_locks.ContainsKey(turn.Conversation)) throw new TimeoutException("The conversation is locked.");
            var token = $"{++_tokens}";
            _locks[turn.Conversation] = token;
            _unfinished[(turn.Conversation, turn.MessageId)] = turn;
            return new(new TurnStart(new TurnLease(turn, token), State(turn.Conversation), default));
        }
    }

    public ValueTask<bool> Seal(TurnLease lease, ReadOnlyMemory<byte> state, CancellationToken ct)
    {
        lock (_gate)
        {
            if (!Holds(lease)) return new(false);
            _states[lease.Turn.Conversation] = state.ToArray();
            Seals++;
        }
        AfterSeal?.Invoke();
        return new(true);
    }

    public ValueTask<bool> Commit(
        TurnLease lease, ReadOnlyMemory<byte> state, ReadOnlyMemory<byte> replies, bool owed, CancellationToken ct)
    {
        lock (_gate)
        {
            if (!Holds(lease)) return new(false);
            var key = (lease.Turn.Conversation, lease.Turn.MessageId);
            _states[lease.Turn.Conversation] = state.ToArray();
            _done[key] = replies.ToArray();
            if (!owed) _unfinished.Remove(key);
            _locks.Remove(lease.Turn.Conversation);
            return new(true);
        }
    }

    public ValueTask Abandon(TurnLease lease, CancellationToken ct)
    {
        lock (_gate)
            if (Holds(lease)) _locks.Remove(lease.Turn.Conversation);
        return default;
    }

    public ValueTask Settle(Turn turn, CancellationToken ct)
    {
        lock (_gate) _unfinished.Remove((turn.Conversation, turn.MessageId));
        return default;
    }

    public async IAsyncEnumerable<Turn> Unfinished(TimeSpan age, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var turn in _unfinished.Values.ToArray()) yield return turn;
    }

    public async IAsyncEnumerable<ConversationId> Idle(DateTimeOffset idleSince, [EnumeratorCancellation] CancellationToken ct)
    {
        await Task.CompletedTask;
        foreach (var (id, state) in _states.ToArray())
            if (SavedState.HasOpenDialog(state)) yield return id;
    }

    private bool Holds(TurnLease lease)
    {
        if (LosesLock > 0)
        {
            LosesLock--;
            _locks.Remove(lease.Turn.Conversation);
            return false;
        }
        return _locks.TryGetValue(lease.Turn.Conversation, out var token) && token == lease.Token;
    }
}
