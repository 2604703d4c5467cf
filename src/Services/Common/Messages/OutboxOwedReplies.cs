using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Messages;

/// <summary>Owed replies are rows of the outbox, one a turn.</summary>
public sealed class OutboxOwedReplies(ITransactions transactions, Outbox outbox) : IOwedReplies
{
    public async Task Owe(Turn turn, IReadOnlyList<Message> replies, CancellationToken ct)
    {
        if (replies.Count == 0) return;
        await transactions.Run((db, _) =>
        {
            outbox.Owe(db, turn.Conversation, $"turn:{turn.Conversation}:{turn.MessageId}", replies);
            return Task.FromResult(true);
        }, ct);
    }
}
