using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Messages;

/// <summary>Owed replies are rows of the outbox, one a turn.</summary>
public sealed class OutboxOwedReplies(ITransactions transactions, Outbox outbox, OutboxQueue queue) : IOwedReplies
{
    public async Task Owe(Turn turn, IReadOnlyList<Message> replies, CancellationToken ct)
    {
        if (replies.Count == 0) return;
        await transactions.Run((db, _) =>
        {
            outbox.Owe(db, turn.Conversation, IOwedReplies.KeyOf(turn), replies);
            return Task.FromResult(true);
        }, ct);
    }

    public Task<bool> IsBehind(ConversationId who, CancellationToken ct) => queue.IsBehind(who.ToString(), ct);
}
