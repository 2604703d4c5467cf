using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Services.Bindings;

/// <summary>
/// Keeps the codes and counts the tries, for all instances together. What it loses costs a person another 「绑定」.
/// </summary>
public interface IBindCodes
{
    /// <summary>Six digits by which the conversation can be named; null when it asked for too many.</summary>
    Task<string?> Issue(ConversationId who, CancellationToken ct);

    /// <summary>
    /// Whom the code names; null when it names nobody any more, or when too many were tried. It works once: for the first
    /// <paramref name="key"/>, however often that is repeated. Said by its own conversation it stays good.
    /// </summary>
    Task<ConversationId?> Redeem(string code, ConversationId by, IdempotencyKey key, CancellationToken ct);
}
