using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>A way to speak to a resident outside the direct answer to what they said. One per channel name.</summary>
public interface IChannel
{
    /// <summary>Whether this channel carries conversations of that channel name (<c>web</c>, <c>wechat.main</c> …).</summary>
    bool Carries(string channel);

    /// <summary>Whether those it writes to are residents, who may have left or be reached elsewhere.</summary>
    bool IsForResidents => true;

    /// <summary>
    /// Delivers messages in order. <paramref name="deliveryKey"/> is the same on every try: a channel that can, delivers
    /// once per key. Refusals of the platform are outcomes, not exceptions.
    /// </summary>
    Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct);
}

/// <summary>What became of a delivery. <paramref name="Reason"/> is for staff and logs: a code or short words, nothing personal.</summary>
public sealed record DeliveryOutcome(DeliveryResult Result, string Reason)
{
    public static DeliveryOutcome Delivered(string by) => new(DeliveryResult.Delivered, by);

    public static DeliveryOutcome Retry(string reason) => new(DeliveryResult.Retry, reason);

    /// <summary>The channel as a whole waits, whatever the message: it is looked at again then (UTC).</summary>
    public static DeliveryOutcome Held(DateTimeOffset until, string reason) => new(DeliveryResult.Held, reason) { Until = until };

    /// <summary>With <see cref="DeliveryResult.Held"/>: when the channel may speak again (UTC).</summary>
    public DateTimeOffset? Until { get; init; }

    public static DeliveryOutcome Refused(string reason) => new(DeliveryResult.Refused, reason);
}

public enum DeliveryResult
{
    Delivered,

    /// <summary>Try again later: the platform or the network was busy.</summary>
    Retry,

    /// <summary>Nobody was asked: the channel rests (limits, a stopped account). Waits without being given up.</summary>
    Held,

    /// <summary>Will not work on this channel (blocked, window closed): another way must be found.</summary>
    Refused,
}
