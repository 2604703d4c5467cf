using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.GroupChat;

/// <summary>A unit's group.</summary>
public sealed record StaffGroup(Guid UnitId, string Name);

/// <summary>A group as a member reads it: the newest posts, the newest last. <paramref name="More"/>: there are older ones.</summary>
public sealed record GroupThread(StaffGroup Group, IReadOnlyList<GroupLine> Lines, bool More);

/// <summary>A post as a member reads it. <paramref name="Who"/> is empty when the service wrote it; times are UTC.</summary>
public sealed record GroupLine(long Id, DateTimeOffset At, string Who, bool Own, string Words, StaffCard? Card);

/// <summary>What the person who tapped or wrote is told, alone. Nothing was done or posted when <paramref name="Taken"/> is false.</summary>
public sealed record GroupAnswer(bool Taken, string Words)
{
    /// <summary>The case that was asked about.</summary>
    public StaffCard? Card { get; init; }
}
