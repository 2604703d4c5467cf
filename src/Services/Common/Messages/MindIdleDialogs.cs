using Microsoft.Extensions.Logging;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Services.Common.Messages;

/// <summary>Reminds people once of a dialog they left half-way, and closes dialogs whose time is up.</summary>
public sealed partial class MindIdleDialogs(Conversations conversations, IOwedReplies owed, ILogger<MindIdleDialogs> logger) : IJob
{
    public async Task Run(CancellationToken ct)
    {
        await foreach (var conversation in conversations.Idle(ct))
        {
            try
            {
                await Mind(conversation, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One that is busy or broken keeps no other from its reminder; the next sweep tries it again.
                NotMinded(logger, conversation.Channel, e);
            }
        }
    }

    private async Task Mind(ConversationId conversation, CancellationToken ct)
    {
        var turn = conversations.IdleCheck(conversation);
        var result = await conversations.Run(turn, ct);
        if (result.Replies.Count > 0) await owed.Owe(turn, result.Replies, ct);
        await conversations.Settle(turn, ct);
    }

    [LoggerMessage(3102, LogLevel.Warning, "An idle conversation on {Channel} could not be minded yet")]
    private static partial void NotMinded(ILogger logger, string channel, Exception error);
}
