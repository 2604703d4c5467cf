namespace WuShe.Dialogs;

/// <summary>
/// One resident's thread on one channel. <paramref name="Channel"/> names the channel and, where there are several,
/// its account (<c>web</c>, <c>wechat.main</c>, <c>bot.emulator</c>); <paramref name="Address"/> is the person's id there
/// (openid, Direct Line conversation id). Neither part is shown to people. A channel's name has no colon in it.
/// </summary>
public readonly record struct ConversationId(string Channel, string Address)
{
    public override string ToString() => $"{Channel}:{Address}";

    /// <summary>Reads what <see cref="ToString"/> wrote. Throws <see cref="FormatException"/> on anything else.</summary>
    public static ConversationId Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0) throw new FormatException("A conversation id reads channel:address.");
        return new ConversationId(text[..colon], text[(colon + 1)..]);
    }
}

/// <summary>One incoming message and everything it causes.</summary>
/// <param name="Conversation">Where it was said.</param>
/// <param name="MessageId">The channel's id of the message, the same on every re-delivery.</param>
/// <param name="Input">What was said.</param>
public sealed record Turn(ConversationId Conversation, string MessageId, Input Input)
{
    /// <summary>Whether somebody still waits for the replies of this turn as its direct answer; null when nobody ever does.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public ReplyWindow? Window { get; init; }

    /// <summary>
    /// Without a <see cref="Window"/>: whether the replies still have to be delivered by another way. True for system turns
    /// and for unfinished turns that are run again on channels that can speak by themselves.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool Owes { get; init; }
}

/// <summary>Runs turns: what a channel hands every incoming message to.</summary>
public interface ITurns
{
    /// <summary>Runs the turn once, however often its message is delivered; a re-delivery waits for the running turn and gets its replies.</summary>
    Task<TurnResult> Run(Turn turn, CancellationToken ct);

    /// <summary>The owed replies of this turn are in safe hands.</summary>
    Task Settle(Turn turn, CancellationToken ct);
}

/// <summary>
/// Decides once whether the replies of a turn go out as the direct answer or later: the turn claims the window when it
/// commits, the channel closes it when its time (WeChat: 5 s) is up; whoever comes first wins.
/// </summary>
public sealed class ReplyWindow
{
    private int _state;

    /// <summary>True when the replies will be the direct answer. Called by the engine while it commits.</summary>
    public bool TryClaim() => Interlocked.CompareExchange(ref _state, 1, 0) == 0;

    /// <summary>True when the channel may stop waiting: the replies will go the late way.</summary>
    public bool TryClose() => Interlocked.CompareExchange(ref _state, 2, 0) == 0;
}

/// <summary>
/// What a turn answered. <paramref name="Repeated"/>: the message had been seen, these are its first replies again.
/// <paramref name="Late"/>: they go out by another way than the direct answer; so it stays for every re-delivery.
/// </summary>
public sealed record TurnResult(IReadOnlyList<Message> Replies, bool Repeated, bool Late);
