using Microsoft.Extensions.Logging;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Services.Common.Messages;

/// <summary>Finishes the turns of a process that died: what was heard is answered, late but once.</summary>
public sealed partial class FinishInterruptedTurns(
    IConversationStore conversations, ITurns turns, IOwedReplies owed, ILogger<FinishInterruptedTurns> logger) : IJob
{
    /// <summary>Younger turns may still be running somewhere.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(30);

    public async Task Run(CancellationToken ct)
    {
        await foreach (var turn in conversations.Unfinished(Age, ct))
        {
            try
            {
                await Finish(turn with { Owes = true }, ct);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                // One turn that cannot be finished keeps no other from it; the next sweep tries it again.
                StillUnfinished(logger, turn.Conversation.Channel, e);
            }
        }
    }

    private async Task Finish(Turn turn, CancellationToken ct)
    {
        // A dialog opened from the outbox is owed by its row there, which will open it again.
        if (!DialogOpening.IsOne(turn))
        {
            var result = await turns.Run(turn, ct);
            await owed.Owe(turn, result.Replies, ct);
        }
        await turns.Settle(turn, ct);
    }

    [LoggerMessage(3101, LogLevel.Warning, "An interrupted turn on {Channel} could not be finished yet")]
    private static partial void StillUnfinished(ILogger logger, string channel, Exception error);
}
