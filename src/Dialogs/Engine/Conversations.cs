using Microsoft.Extensions.Logging;
using WuShe.Dialogs.Routing;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Engine;

/// <summary>How long an open dialog waits.</summary>
public sealed record ConversationOptions
{
    /// <summary>After this time without a word the person is reminded once.</summary>
    public TimeSpan RemindAfter { get; init; } = TimeSpan.FromHours(2);

    /// <summary>After this time without a word other words may be about something new: the person is asked before they count as an answer.</summary>
    public TimeSpan AskAgainAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>So long drafts are kept: after this time without a word open dialogs are closed.</summary>
    public TimeSpan ExpireAfter { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>
/// Runs turns: begin (known message? lock, load) → route and replay → commit (compare-and-set, unlock). Safe to call from
/// anywhere at once; one conversation's turns follow one another.
/// </summary>
public sealed class Conversations(
    DialogCatalog catalog, IConversationStore store, TimeProvider time, ILogger<Conversations> logger, ConversationOptions? options = null,
    IUnderstanding? understanding = null, ISecondOpinion? second = null, IUnclear? unclear = null) : ITurns
{
    private const int Tries = 3;
    private const int MaxRepeated = 300;
    private const string IdleDialog = "$idle";

    private readonly ConversationOptions _options = options ?? new ConversationOptions();
    private readonly Router _router = new(catalog, understanding, second, unclear, (options ?? new ConversationOptions()).AskAgainAfter);

    /// <summary>
    /// Runs one turn. <paramref name="ct"/> only ends the wait for the lock: a turn that has begun goes on to its commit.
    /// Throws <see cref="TimeoutException"/> when the conversation stays locked.
    /// </summary>
    public async Task<TurnResult> Run(Turn turn, CancellationToken ct)
    {
        bool? owed = null;
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var start = await store.Begin(turn, ct);
            if (start.Lease is not { } lease) return Repeated(start);
            try
            {
                var state = StateFormat.Read(start.State);
                var replies = await Work(turn, state, new Sealing(store, lease, state));
                owed ??= Owed(turn, replies);
                if (await store.Commit(lease, StateFormat.Write(state), SavedReplies.Write(replies, owed.Value), owed.Value, CancellationToken.None))
                    return new TurnResult(replies, Repeated: false, owed.Value);
            }
            catch (LockLostException)
            {
                // Another turn has taken over; what it left is loaded by the next try.
            }
            catch
            {
                await Abandon(lease);
                throw;
            }
            EngineLog.LockLost(logger, attempt);
        }
        throw new TimeoutException("The conversation's lock was lost again and again.");
    }

    private static TurnResult Repeated(TurnStart start)
    {
        var (replies, late) = SavedReplies.Read(start.Replies);
        return new TurnResult(replies, Repeated: true, late);
    }

    public async Task Settle(Turn turn, CancellationToken ct) => await store.Settle(turn, ct);

    /// <summary>Conversations with an open dialog that nobody has touched for <see cref="ConversationOptions.RemindAfter"/>.</summary>
    public IAsyncEnumerable<ConversationId> Idle(CancellationToken ct) => store.Idle(time.GetUtcNow() - _options.RemindAfter, ct);

    /// <summary>
    /// The turn to run for an idle conversation (<see cref="Idle(CancellationToken)"/>): it reminds once of an open dialog, or
    /// closes it when its time is up. Its replies, if any, are always late: deliver them and settle the turn.
    /// </summary>
    public Turn IdleCheck(ConversationId conversation) =>
        new(conversation, $"idle-{time.GetUtcNow().ToUnixTimeMilliseconds()}", Input.Open(IdleDialog)) { Owes = true };

    /// <summary>A store that cannot even unlock must not hide why the turn failed; the lock runs out by itself.</summary>
    private async ValueTask Abandon(TurnLease lease)
    {
        try
        {
            await store.Abandon(lease, CancellationToken.None);
        }
        catch (Exception error)
        {
            EngineLog.AbandonFailed(logger, error);
        }
    }

    private async ValueTask<IReadOnlyList<Message>> Work(Turn turn, ConversationState state, Sealing seal)
    {
        var now = time.GetUtcNow();
        var talk = new Talk(state, catalog, turn, now, seal, logger);
        if (turn.Input is { Kind: InputKind.Opened, Opens: IdleDialog }) await Idle(talk);
        else await Answer(talk, turn.Input);
        if (talk.Replies.Count > 0) state.LastSaid = Remembered(talk.Replies, state.Top is not null);
        return talk.Replies;
    }

    private async ValueTask Answer(Talk talk, Input input)
    {
        var state = talk.State;
        var clean = Plain.Clean(input.Text);
        if (!ReferenceEquals(clean.Text, input.Text)) input = input with { Text = clean.Text };
        if (clean.Cut) talk.Say(Phrases.TooLong);
        if (state.Lost)
        {
            EngineLog.StateLost(logger);
            talk.Say(Phrases.StateLost);
        }
        var idle = state.IsNew ? TimeSpan.MaxValue : talk.Now - state.LastAt;
        if (idle > _options.ExpireAfter) Expire(talk);
        if (state.Expired.Length > 0 && input.Kind != InputKind.Opened)
        {
            talk.Say(Phrases.Expired(state.Expired));
            state.Expired = "";
        }
        state.LastAt = talk.Now;
        state.Reminded = false;
        await _router.Route(talk, input, idle);
        if (talk.Replies.Count == 0 && input.Kind == InputKind.Said) talk.Say(Phrases.Fine);
    }

    private async ValueTask Idle(Talk talk)
    {
        var state = talk.State;
        if (state.Top is not { } run) return;
        var idle = talk.Now - state.LastAt;
        if (idle > _options.ExpireAfter)
        {
            Expire(talk);
            return;
        }
        if (state.Reminded || idle < _options.RemindAfter || catalog.Find(run.Dialog) is not { Reminds: true } entry) return;
        state.Reminded = true;
        talk.Say(Phrases.Remind(entry.Title));
        await Router.PutAgain(talk);
    }

    private static void Expire(Talk talk)
    {
        var state = talk.State;
        if (state.Runs.Count == 0) return;
        state.Expired = talk.Title(state.Runs[0]);
        state.Runs.Clear();
    }

    private static bool Owed(Turn turn, IReadOnlyList<Message> replies) =>
        turn.Window is { } window ? !window.TryClaim() && replies.Count > 0 : turn.Owes && replies.Count > 0;

    /// <summary>
    /// Long replies are not kept when the open question can be put again by a replay; the options always are, for their numbers.
    /// </summary>
    private static IReadOnlyList<Message> Remembered(IReadOnlyList<Message> replies, bool open)
    {
        var length = 0;
        for (var i = 0; i < replies.Count; i++) length += replies[i].Text.Length;
        if (length <= MaxRepeated) return replies;
        var last = replies[^1];
        return [last with { Text = open ? "" : Plain.Limit(last.Text, MaxRepeated * 3).Text }];
    }

    private sealed class Sealing(IConversationStore store, TurnLease lease, ConversationState state) : ISeal
    {
        public async ValueTask Save()
        {
            try
            {
                if (await store.Seal(lease, StateFormat.Write(state), CancellationToken.None)) return;
            }
            catch (Exception error)
            {
                throw new SealException("The conversation could not be saved.", error);
            }
            throw new LockLostException();
        }
    }
}
