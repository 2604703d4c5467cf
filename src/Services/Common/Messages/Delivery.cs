using WuShe.Dialogs;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Common.Messages;

/// <summary>One attempt to tell a person what a row of the outbox holds.</summary>
public sealed class Delivery(IEnumerable<IChannel> channels, ITurns turns, Residents residents, ISmsPort sms)
{
    private static readonly DeliveryOutcome HasLeft = DeliveryOutcome.Refused("has left");
    private readonly IChannel[] _channels = [.. channels];

    internal async Task<DeliveryOutcome> Of(OutboxMessage row, CancellationToken ct)
    {
        var to = ConversationId.Parse(row.To);
        var content = OutboxContent.Read(row.Content);
        if (content.Dialog is not null) return await Open(to, row.Key, content, ct);

        if (Carrier(to) is { IsForResidents: false } staff) return await staff.Deliver(to, row.Key, content.Messages, ct);

        // Who has left is asked first whether they can be told elsewhere; the rare further tries see whether they are back.
        var first = row.Attempts <= 1;
        var outcome = first && await residents.HasLeft(to, ct) ? HasLeft : await Tell(to, row.Key, content.Messages, ct);
        if (!first && outcome.Result == DeliveryResult.Delivered) await residents.Reached(to, ct);
        if (outcome.Result == DeliveryResult.Refused) outcome = await TellElsewhere(to, row.Key, content.Messages, outcome, ct);
        return outcome.Result == DeliveryResult.Refused && IsUrgent(content.Messages) ? await Text(to, row.Key, content.Messages, outcome, ct) : outcome;
    }

    /// <summary>Whether everything is done to have it heard: a text message, and staff are asked to tell the person.</summary>
    internal static bool IsUrgent(IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
            if (message.Notice is { Urgency: Urgency.High }) return true;
        return false;
    }

    private async Task<DeliveryOutcome> Text(ConversationId to, string key, IReadOnlyList<Message> messages, DeliveryOutcome before, CancellationToken ct)
    {
        var outcome = await sms.Send(to, key, string.Join('\n', messages.Select(message => message.Text).Where(text => text.Length > 0)), ct);
        return outcome.Result == DeliveryResult.Delivered
            ? DeliveryOutcome.Delivered($"sms; {before.Reason}")
            : outcome with { Reason = $"{before.Reason}; sms: {outcome.Reason}" };
    }

    /// <summary>A dialog belongs to its conversation: what it is about was told there, and it cannot move to another.</summary>
    private async Task<DeliveryOutcome> Open(ConversationId to, string key, OutboxContent content, CancellationToken ct)
    {
        if (Carrier(to) is null) return NoChannel(to);
        var turn = DialogOpening.Of(to, key, content);
        var result = await turns.Run(turn, ct);
        // The row stays owed until the replies are delivered, so the turn need not be remembered as well.
        await turns.Settle(turn, ct);
        return result.Replies.Count == 0 ? DeliveryOutcome.Delivered("nothing to say") : await Tell(to, key, result.Replies, ct);
    }

    private async Task<DeliveryOutcome> TellElsewhere(
        ConversationId refused, string key, IReadOnlyList<Message> messages, DeliveryOutcome first, CancellationToken ct)
    {
        foreach (var other in await residents.OtherConversations(refused, ct))
        {
            var outcome = await Tell(other, key, messages, ct);
            if (outcome.Result == DeliveryResult.Delivered)
                return DeliveryOutcome.Delivered($"{outcome.Reason} after {first.Reason}");
            if (outcome.Result is DeliveryResult.Retry or DeliveryResult.Held) return outcome;
        }
        return first;
    }

    private Task<DeliveryOutcome> Tell(ConversationId to, string key, IReadOnlyList<Message> messages, CancellationToken ct) =>
        Carrier(to) is { } channel ? channel.Deliver(to, key, messages, ct) : Task.FromResult(NoChannel(to));

    private static DeliveryOutcome NoChannel(ConversationId to) => DeliveryOutcome.Refused($"no channel {to.Channel}");

    private IChannel? Carrier(ConversationId to)
    {
        foreach (var channel in _channels)
            if (channel.Carries(to.Channel)) return channel;
        return null;
    }
}
