using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>Who may be written to: people follow an account, write to it, and leave it again. All calls may come more than once.</summary>
public interface IFollowers
{
    Task Followed(ConversationId who, CancellationToken ct);

    /// <summary>
    /// The person said or pressed something, which opens the platform's window: what was refused is tried again. Cheap enough
    /// for every turn where nothing was; still, it is called when the turn has its answer.
    /// </summary>
    Task Spoke(ConversationId who, CancellationToken ct);

    /// <summary>Nothing may be sent to this conversation until the person comes back.</summary>
    Task Unfollowed(ConversationId who, CancellationToken ct);

    /// <summary>
    /// Sending found that the person has left, or has turned the account's messages off. Unlike somebody who unfollows they may
    /// come back without following: what they say next counts as that.
    /// </summary>
    Task CannotBeReached(ConversationId who, CancellationToken ct) => Unfollowed(who, ct);
}
