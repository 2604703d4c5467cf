using System.Collections.Concurrent;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Tests.Databases;

internal sealed class FakeWake : IWake
{
    private int _outbox;

    public int Outboxes => _outbox;
    public ConcurrentQueue<DateTimeOffset> Later { get; } = new();
    public int Medias { get; private set; }

    public void Outbox() => Interlocked.Increment(ref _outbox);

    public void OutboxAt(DateTimeOffset when) => Later.Enqueue(when);

    public void Media() => Medias++;
}

/// <summary>Marks that all instances of a test share.</summary>
internal sealed class FakeMarks : IParkedMarks
{
    private readonly ConcurrentDictionary<string, bool> _marked = new();

    public Task Set(string conversation)
    {
        _marked[conversation] = true;
        return Task.CompletedTask;
    }

    public Task<bool> Clear(string conversation) => Task.FromResult(_marked.TryRemove(conversation, out _));
}

/// <summary>Takes what is delivered and answers as told; remembers everything in order.</summary>
internal sealed class FakeChannel(params string[] channels) : IChannel
{
    public ConcurrentQueue<(string To, string Key, string Text)> Told { get; } = new();
    public Func<ConversationId, string, DeliveryOutcome> Answer { get; set; } = (_, _) => DeliveryOutcome.Delivered("fake");
    public Func<Task>? Meanwhile { get; set; }

    public bool Carries(string channel) => channels.Contains(channel);

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        if (Meanwhile is { } wait) await wait();
        var outcome = Answer(to, deliveryKey);
        if (outcome.Result == DeliveryResult.Delivered)
            foreach (var message in messages) Told.Enqueue((to.ToString(), deliveryKey, message.Text));
        return outcome;
    }
}

/// <summary>Runs turns by answering with a fixed question, and remembers what was settled.</summary>
internal sealed class FakeTurns : ITurns, IConversationStore
{
    public ConcurrentQueue<Turn> Ran { get; } = new();
    public ConcurrentQueue<Turn> Settled { get; } = new();
    public List<Turn> LeftUnfinished { get; } = [];
    public Func<Turn, IReadOnlyList<Message>> Replies { get; set; } = turn => [new Message($"re:{turn.Input.Opens}{turn.Input.Text}")];

    public Task<TurnResult> Run(Turn turn, CancellationToken ct)
    {
        var replies = Replies(turn);
        Ran.Enqueue(turn);
        return Task.FromResult(new TurnResult(replies, false, turn.Owes));
    }

    Task ITurns.Settle(Turn turn, CancellationToken ct)
    {
        Settled.Enqueue(turn);
        LeftUnfinished.RemoveAll(t => t.MessageId == turn.MessageId);
        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<Turn> Unfinished(TimeSpan age, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await Task.Yield();
        foreach (var turn in LeftUnfinished.ToArray()) yield return turn;
    }

    public ValueTask<TurnStart> Begin(Turn turn, CancellationToken ct) => throw new InvalidOperationException();

    public ValueTask<bool> Seal(TurnLease lease, ReadOnlyMemory<byte> state, CancellationToken ct) => throw new InvalidOperationException();

    public ValueTask<bool> Commit(TurnLease lease, ReadOnlyMemory<byte> state, ReadOnlyMemory<byte> replies, bool owed, CancellationToken ct) => throw new InvalidOperationException();

    public ValueTask Abandon(TurnLease lease, CancellationToken ct) => throw new InvalidOperationException();

    ValueTask IConversationStore.Settle(Turn turn, CancellationToken ct) => throw new InvalidOperationException();

    public IAsyncEnumerable<ConversationId> Idle(DateTimeOffset idleSince, CancellationToken ct) => throw new InvalidOperationException();
}

internal sealed class FakeAlarms : IAlarmBoard
{
    public ConcurrentDictionary<string, string> Raised { get; } = new();

    public Task Raise(string key, string words, DateTimeOffset until)
    {
        Raised[key] = words;
        return Task.CompletedTask;
    }

    public Task Clear(string key)
    {
        Raised.TryRemove(key, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Alarm>> Current() => Task.FromResult<IReadOnlyList<Alarm>>([.. Raised.Select(a => new Alarm(a.Key, a.Value, default))]);
}

/// <summary>Serves WeChat sources as told.</summary>
internal sealed class FakeMedia : IMediaSource
{
    private int _opened;

    public int Opened => _opened;
    public Func<Stream> Open { get; set; } = () => throw new MediaGoneException("unset");

    public bool Serves(string source) => source.StartsWith("wechat:", StringComparison.Ordinal);

    Task<Stream> IMediaSource.Open(string source, CancellationToken ct)
    {
        Interlocked.Increment(ref _opened);
        return Task.FromResult(Open());
    }
}
