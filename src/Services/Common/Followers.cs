using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>Who may be written to: people follow an account and leave it again. Both calls may come more than once.</summary>
public interface IFollowers
{
    Task Followed(ConversationId who, CancellationToken ct);

    /// <summary>Nothing may be sent to this conversation until the person comes back.</summary>
    Task Unfollowed(ConversationId who, CancellationToken ct);
}
