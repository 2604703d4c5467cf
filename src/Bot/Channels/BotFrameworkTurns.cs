using WuShe.Dialogs;
using WuShe.Integrations.BotFramework;
using WuShe.Services.Common;

namespace WuShe.Bot.Channels;

/// <summary>
/// Runs activities as turns. Replies go with the answer where the caller takes them so; else they are sent to the
/// conversation's service, and owed when that does not take them all or earlier ones are still under way.
/// </summary>
public sealed class BotFrameworkTurns(ITurns turns, BotFrameworkChannel channel, BotPictures pictures, IOwedReplies owed, IFollowers followers)
{
    /// <summary>Whether the activity says something to us.</summary>
    public static bool Means(in BotActivity said) => said.Type == "message" || (said.Type == "conversationUpdate" && said.SomebodyJoined);

    /// <summary>Runs the turn; the replies are the answer of the call.</summary>
    public async Task<IReadOnlyList<Message>> Answer(BotActivity said, CancellationToken ct)
    {
        var (turn, refusals) = await Read(said, ct);
        var result = await turns.Run(turn, ct);
        return With(result.Replies, refusals);
    }

    /// <summary>Runs the turn and sends the replies. It goes on when the caller hangs up.</summary>
    public async Task Send(BotActivity said)
    {
        var (read, refusals) = await Read(said, CancellationToken.None);
        var (turn, to) = (read with { Owes = true }, Address.Of(said));
        var remembered = channel.Remember(turn.Conversation, to);
        var result = await turns.Run(turn, CancellationToken.None);
        await remembered;
        // A re-delivery: whoever ran the turn first sends its replies, or left it to be finished.
        if (result.Repeated) return;
        var replies = With(result.Replies, refusals);
        if (replies.Count > 0 && !await Sent(turn, to, replies)) await owed.Owe(turn, replies, CancellationToken.None);
        await turns.Settle(turn, CancellationToken.None);
        await followers.Spoke(turn.Conversation, CancellationToken.None);
    }

    private async Task<bool> Sent(Turn turn, Address to, IReadOnlyList<Message> replies) =>
        !await owed.IsBehind(turn.Conversation, CancellationToken.None)
        && await channel.Answer(to, IOwedReplies.KeyOf(turn), replies, CancellationToken.None) is { Result: DeliveryResult.Delivered };

    private async Task<(Turn Turn, IReadOnlyList<Message> Refusals)> Read(BotActivity said, CancellationToken ct)
    {
        var from = BotFrameworkChannel.Conversation(said);
        if (said.Type != "message") return (new Turn(from, said.Id!, Input.Join()), []);
        var taken = await pictures.Take(from, said, ct);
        var input = new Input { Text = said.Text ?? "", Attachments = taken.Kept, Location = said.Location };
        if (IsEmpty(input) && Unusable(said) is { } kind) input = new Input { Kind = InputKind.Unusable, Text = kind };
        return (new Turn(from, said.Id!, input), taken.Refusals);
    }

    private static bool IsEmpty(Input input) => string.IsNullOrWhiteSpace(input.Text) && input.Attachments.Count == 0 && input.Location is null;

    private static string? Unusable(BotActivity said) =>
        said.Attachments?.Select(file => file.IsPicture ? "照片" : file.Unusable).FirstOrDefault(kind => kind is not null);

    private static IReadOnlyList<Message> With(IReadOnlyList<Message> replies, IReadOnlyList<Message> refusals) =>
        refusals.Count == 0 ? replies : [.. replies, .. refusals];
}
