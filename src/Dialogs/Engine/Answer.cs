using System.Runtime.CompilerServices;

namespace WuShe.Dialogs.Engine;

/// <summary>What came back, or will. Can be awaited and nothing else: no task, so it cannot be raced, blocked on or configured.</summary>
public readonly struct Answer<T>
{
    private readonly T _value;
    private readonly Operation<T>? _operation;

    internal Answer(T value) => _value = value;

    internal Answer(Operation<T> operation) => (_value, _operation) = (default!, operation);

    public Awaiter GetAwaiter() => new(this);

    public readonly struct Awaiter : ICriticalNotifyCompletion
    {
        private readonly Answer<T> _answer;

        internal Awaiter(Answer<T> answer) => _answer = answer;

        public bool IsCompleted => _answer._operation is null or { IsDone: true };

        public T GetResult() => _answer._operation is { } operation ? operation.Result : _answer._value;

        public void OnCompleted(Action continuation) => UnsafeOnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation) => _answer._operation!.Continue(continuation);
    }
}

/// <summary>The one thing a suspended dialog waits for.</summary>
internal abstract class Operation(Chat chat)
{
    private Action? _continuation;

    internal bool IsDone { get; private protected set; }

    internal bool IsAwaited => _continuation is not null;

    internal Chat Chat => chat;

    internal void Continue(Action continuation)
    {
        if (_continuation is not null) throw chat.Refuse("waits twice for one answer");
        _continuation = continuation;
    }

    internal void Resume()
    {
        var continuation = _continuation!;
        _continuation = null;
        continuation();
    }
}

internal abstract class Operation<T>(Chat chat) : Operation(chat)
{
    private T _result = default!;

    internal T Result
    {
        get => IsDone ? _result : throw Chat.Refuse("takes an answer that has not come");
        private protected set => _result = value;
    }
}

/// <summary>A question is open: the run is dropped here and replayed when something was said.</summary>
internal interface IAsk
{
    PendingQuestion Pending { get; }

    Message Put(Putting how, int misses);

    bool Missed { get; }
}

internal sealed class AskOperation<T>(Chat chat, Question<T> question, PendingQuestion pending, bool missed)
    : Operation<T>(chat), IAsk
{
    public PendingQuestion Pending => pending;

    public bool Missed => missed;

    public Message Put(Putting how, int misses) => question.Put(how, misses);
}

/// <summary>Something outside is read or done; the engine awaits it, records the result and goes on.</summary>
internal interface IExecute
{
    string Key { get; }

    bool Seals { get; }

    Task Execute(IdempotencyKey key, CancellationToken ct);
}

internal sealed class FetchOperation<T>(Chat chat, string key, uint fingerprint, Func<CancellationToken, Task<T>> read)
    : Operation<T>(chat), IExecute
{
    public string Key => key;

    public bool Seals => false;

    public async Task Execute(IdempotencyKey idempotencyKey, CancellationToken ct)
    {
        var value = await read(ct);
        Result = Chat.Record(new Entry(key, EntryKind.Fetch, fingerprint, Values.Write(value)), value);
        IsDone = true;
    }
}

internal sealed class PerformOperation<T>(Chat chat, string key, Func<IdempotencyKey, CancellationToken, Task<T>> act)
    : Operation<T>(chat), IExecute
{
    public string Key => key;

    public bool Seals => true;

    public async Task Execute(IdempotencyKey idempotencyKey, CancellationToken ct)
    {
        var value = await act(idempotencyKey, ct);
        Result = Chat.Record(new Entry(key, EntryKind.Perform, 0, Values.Write(value)), value);
        IsDone = true;
    }
}
