using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

// Those who wait for the case besides its reporter.
public sealed partial class Case
{
    private readonly List<CaseFollower> _followers = [];

    /// <summary>Neighbours who follow it, and those who came with a case that was merged into it.</summary>
    public IReadOnlyList<CaseFollower> Followers => _followers;

    /// <summary>How much of <see cref="Priority"/> comes from the number of followers.</summary>
    public int FollowerLevels { get; private set; }

    /// <summary>
    /// A neighbour follows it; the log keeps what they said, for staff. Each full <paramref name="perLevel"/> followers make it
    /// more pressing. Who follows already stays one follower.
    /// </summary>
    internal string? Follow(ConversationId who, string words, IReadOnlyList<AttachmentRef> pictures, int perLevel, DateTimeOffset now)
    {
        if (!May(CaseMove.Follow, "跟进", out var next, out var refusal)) return refusal;
        var name = who.ToString();
        if (_followers.Find(f => f.Conversation == name) is { } known) known.Come(with: null);
        else _followers.Add(new CaseFollower(Id, name, null, now));
        Write(CaseActor.Follower, CaseMove.Follow, State, next, words, pictures, now);
        Weigh(perLevel, now);
        return null;
    }

    /// <summary>A follower does not want to hear of it any more. False when there was none.</summary>
    internal bool Leave(IReadOnlyList<string> conversations, int perLevel, DateTimeOffset now)
    {
        if (_followers.RemoveAll(f => conversations.Contains(f.Conversation)) == 0) return false;
        if (CaseMoves.After(State, CaseMove.Follow) is { } next) Write(CaseActor.Follower, CaseMove.Follow, State, next, "不再跟进。", [], now);
        Weigh(perLevel, now);
        return true;
    }

    /// <summary>A follower is content: that is kept with the follower, the case stays as it is.</summary>
    internal string? ConfirmFor(CaseFollower who, Satisfaction level, string words, DateTimeOffset now)
    {
        if (!May(CaseMove.Confirm, "评价", out _, out var refusal)) return refusal;
        who.Rate(level, words, now);
        return null;
    }

    /// <summary>A follower is not content: the case goes back as it does for its reporter, whose rating stays as it was.</summary>
    internal string? ReopenFor(CaseFollower who, Satisfaction level, string words, DateTimeOffset now, DateTimeOffset dueAt)
    {
        if (MayReopen(out var reopened) is { } refusal) return refusal;
        who.Rate(level, words, now);
        GoBack(CaseActor.Follower, reopened, Said(level, words), now, dueAt);
        return null;
    }

    /// <summary>Another case became part of this one, or is no longer: the log says so, and its people come or go.</summary>
    internal void Joined(StaffActor by, string words, IEnumerable<Case> parts, int perLevel, DateTimeOffset now)
    {
        if (CaseMoves.After(State, CaseMove.Follow) is { } next) Write(CaseActor.Of(by), CaseMove.Follow, State, next, words, [], now);
        Gather(parts, perLevel, now);
    }

    /// <summary>
    /// Those who came with other cases are exactly the reporters and followers of <paramref name="parts"/>, the cases that are
    /// merged into this one now. Who chose to follow stays.
    /// </summary>
    internal void Gather(IEnumerable<Case> parts, int perLevel, DateTimeOffset now)
    {
        var came = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var part in parts.OrderBy(part => part.Id))
        {
            came.TryAdd(part.Reporter, part.Id);
            foreach (var follower in part._followers) came.TryAdd(follower.Conversation, part.Id);
        }
        came.Remove(Reporter);
        _followers.RemoveAll(f => f.CameWith is not null && !came.ContainsKey(f.Conversation));
        foreach (var (conversation, with) in came)
            if (_followers.Find(f => f.Conversation == conversation) is not { } known) _followers.Add(new CaseFollower(Id, conversation, with, now));
            else if (known.CameWith is not null) known.Come(with);
        Weigh(perLevel, now);
    }

    /// <summary>Followers weigh what they weigh now, however they came and went.</summary>
    private void Weigh(int perLevel, DateTimeOffset now)
    {
        var (before, levels) = (FollowerLevels, _followers.Count / perLevel);
        (FollowerLevels, Priority) = (levels, Priority + levels - before);
        if (levels > before && CaseMoves.After(State, CaseMove.Follow) is { } next)
            Write(CaseActor.System, CaseMove.Follow, State, next, $"跟进的居民有 {_followers.Count} 位，这件事更急了。", [], now);
    }
}
