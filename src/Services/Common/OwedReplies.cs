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
}
