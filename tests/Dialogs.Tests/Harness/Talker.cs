using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Tests.Harness;

/// <summary>
/// One person talking to the real engine over <see cref="MemoryConversations"/>. Every turn is played twice from the same
/// state and compared (replies and saved bytes), unless <see cref="Twice"/> is off.
/// </summary>
public sealed class Talker
{
    private readonly Errors _errors = new();
    private int _messages;

    public Talker(params DialogEntry[] dialogs) : this(new DialogCatalog(dialogs))
    {
    }

    public Talker(DialogCatalog catalog, IUnderstanding? understanding = null, ISecondOpinion? second = null, IUnclear? unclear = null)
    {
        Time.SetUtcNow(new DateTimeOffset(2026, 3, 2, 1, 0, 0, TimeSpan.Zero));
        Engine = new Conversations(catalog, Store, Time, _errors, understanding: understanding, second: second, unclear: unclear);
    }

    public ConversationId Id { get; init; } = new("test", "resident-1");

    public FakeTimeProvider Time { get; } = new();

    public MemoryConversations Store { get; } = new();

    public Conversations Engine { get; private set; }

    public bool Twice { get; set; } = true;

    /// <summary>The exceptions the engine logged.</summary>
    public IReadOnlyList<Exception> Logged => _errors.Seen;

    /// <summary>The next version of the product, over the same conversations.</summary>
    public void Deploy(params DialogEntry[] dialogs) => Engine = new Conversations(new DialogCatalog(dialogs), Store, Time, _errors);

    public Task<IReadOnlyList<Message>> Say(string text) => Send(Input.Say(text));

    /// <summary>Says one thing after another; the replies to the last.</summary>
    public async Task<IReadOnlyList<Message>> SayAll(params string[] texts)
    {
        IReadOnlyList<Message> replies = [];
        foreach (var text in texts) replies = await Say(text);
        return replies;
    }

    public async Task<IReadOnlyList<Message>> Send(Input input) => (await Play(NewTurn(input))).Replies;

    public Turn NewTurn(Input input) => new(Id, $"m{++_messages}", input);

    public async Task<TurnResult> Play(Turn turn)
    {
        var before = Store.State(Id);
        var result = await Engine.Run(turn, CancellationToken.None);
        if (!Twice || result.Repeated) return result;
        var after = Store.State(Id);
        Store.Put(Id, before);
        Store.Forget(turn);
        var again = await Engine.Run(turn, CancellationToken.None);
        if (Transcript.Show(again.Replies) != Transcript.Show(result.Replies))
            throw new InvalidOperationException($"The turn differs when played again:\n{Transcript.Show(result.Replies)}\n---\n{Transcript.Show(again.Replies)}");
        if (!Store.State(Id).AsSpan().SequenceEqual(after))
            throw new InvalidOperationException("The saved state differs when the turn is played again.");
        return result;
    }

    private sealed class Errors : ILogger<Conversations>
    {
        public List<Exception> Seen { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null) Seen.Add(exception);
        }
    }
}
