using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>Whom a broadcast is for. Exactly one of the three.</summary>
public sealed record BroadcastAudience
{
    private BroadcastAudience()
    {
    }

    public static BroadcastAudience Everybody { get; } = new();

    /// <summary>The platform's own number of a group of followers.</summary>
    public int? TagId { get; private init; }

    /// <summary>Conversations of the channel.</summary>
    public IReadOnlyList<ConversationId>? People { get; private init; }

    public static BroadcastAudience Tag(int id) => new() { TagId = id };

    public static BroadcastAudience Of(IReadOnlyList<ConversationId> people) => new() { People = people };
}

/// <summary>What is broadcast: words, or an article that the platform keeps already. Exactly one of the two.</summary>
public sealed record BroadcastContent
{
    private BroadcastContent()
    {
    }

    public string? Text { get; private init; }

    /// <summary>The platform's id of an article.</summary>
    public string? Article { get; private init; }

    public static BroadcastContent Words(string text) => new() { Text = text };

    public static BroadcastContent ArticleOf(string id) => new() { Article = id };
}

/// <summary>What the platform still allows, as far as we know: what others sent by its own pages is not counted here.</summary>
/// <param name="PerMonth">So many broadcasts each person may get in a calendar month (Beijing).</param>
/// <param name="Used">So many went to this audience as a whole this month.</param>
/// <param name="CallsLeftToday">So many broadcasts may still be begun today (Beijing), whoever they are for.</param>
/// <param name="RenewedAt">When the month ends (UTC).</param>
public sealed record BroadcastQuota(int PerMonth, int Used, int CallsLeftToday, DateTimeOffset RenewedAt)
{
    public int Left => Math.Max(0, PerMonth - Used);
}

public enum BroadcastAnswer
{
    /// <summary>The platform has taken it; whether it arrives is told later (<see cref="IBroadcasts.Report"/>).</summary>
    Accepted,

    /// <summary>Not now: again under the same key, not before <see cref="BroadcastOutcome.Until"/>. Nobody gets it twice.</summary>
    Wait,

    /// <summary>Nothing is left of what the platform allows.</summary>
    NoQuota,

    /// <summary>Never, as it is: <see cref="BroadcastOutcome.Reason"/> says why.</summary>
    Refused,
}

/// <summary>What became of a call. <paramref name="Reason"/> is for staff and logs: a code or short words, nothing personal.</summary>
public sealed record BroadcastOutcome(BroadcastAnswer Answer, string Reason)
{
    /// <summary>The platform's number of the broadcast, once accepted.</summary>
    public string? Id { get; init; }

    /// <summary>With <see cref="BroadcastAnswer.Wait"/>: when to try again (UTC).</summary>
    public DateTimeOffset? Until { get; init; }
}

public enum BroadcastState
{
    /// <summary>The platform could not be asked, or does not know it.</summary>
    Unknown,
    Sending,
    Sent,
    Failed,
    Deleted,
}

/// <summary>What the platform told when a broadcast was over. At is UTC.</summary>
/// <param name="State">Sent or failed.</param>
/// <param name="Reason">The platform's word for it, with what it means in Chinese where it failed.</param>
/// <param name="Total">Followers it was for.</param>
/// <param name="Filtered">Left of them after the platform's own filters.</param>
/// <param name="Sent">Reached.</param>
/// <param name="Errors">Not reached.</param>
/// <param name="At">When it was over.</param>
public sealed record BroadcastReport(BroadcastState State, string Reason, int Total, int Filtered, int Sent, int Errors, DateTimeOffset At);

/// <summary>
/// Broadcasts to the followers of an account. Each has a key of the caller's: under the same key it goes out once, however
/// often it is sent. Refusals are outcomes, not exceptions.
/// </summary>
public interface IBroadcasts
{
    /// <summary>Whether broadcasts of that channel (<c>wechat.main</c>) go this way.</summary>
    bool Carries(string channel);

    Task<BroadcastQuota> Quota(string channel, BroadcastAudience audience, CancellationToken ct);

    Task<BroadcastOutcome> Send(string channel, string key, BroadcastAudience audience, BroadcastContent content, CancellationToken ct);

    /// <summary>Shows it to one person beforehand.</summary>
    Task<BroadcastOutcome> Preview(ConversationId to, BroadcastContent content, CancellationToken ct);

    /// <summary>How far it is, by the platform's word now.</summary>
    Task<BroadcastState> State(string channel, string id, CancellationToken ct);

    /// <summary>Takes an article back: its page goes, the card that people got stays. Words cannot be taken back.</summary>
    Task<BroadcastOutcome> Delete(string channel, string id, CancellationToken ct);

    /// <summary>What was told when it was over, for thirty days; null before.</summary>
    Task<BroadcastReport?> Report(string channel, string id, CancellationToken ct);
}
