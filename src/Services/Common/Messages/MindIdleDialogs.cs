using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Services.Common.Messages;

/// <summary>Reminds people once of a dialog they left half-way, and closes dialogs whose time is up.</summary>
public sealed class MindIdleDialogs(Conversations conversations, IConversationStore store, IOwedReplies owed, TimeProvider time, ConversationOptions options) : IJob
{
    public async Task Run(CancellationToken ct)
    {
        await foreach (var conversation in store.Idle(time.GetUtcNow() - options.RemindAfter, ct))
        {
            var turn = conversations.IdleCheck(conversation);
            var result = await conversations.Run(turn, ct);
            if (result.Replies.Count > 0) await owed.Owe(turn, result.Replies, ct);
            await store.Settle(turn, ct);
        }
    }
}
