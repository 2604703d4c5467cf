using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>Takes over replies that could not go out as the direct answer: a turn that came late, or words that did not fit into one.</summary>
public interface IOwedReplies
{
    /// <summary>
    /// Stores the replies for delivery over the channel of <see cref="Turn.Conversation"/>; when this returns they survive a
    /// crash. Once per turn: a further call for the same conversation and message id changes nothing.
    /// </summary>
    Task Owe(Turn turn, IReadOnlyList<Message> replies, CancellationToken ct);

    /// <summary>
    /// Whether earlier messages to this conversation are still under way: a channel that can speak at once must then owe its
    /// replies too, or they would come before those.
    /// </summary>
    Task<bool> IsBehind(ConversationId who, CancellationToken ct);

    /// <summary>The delivery key that <see cref="Owe"/> gives the replies: a channel that sent some of them already notes so under it.</summary>
    static string KeyOf(Turn turn) => $"turn:{turn.Conversation}:{turn.MessageId}";
}
