using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.StaffChat;

/// <summary>
/// Where the staff of a unit talk to each other: one group for each unit. The console's own is always there, WeCom where it is
/// configured; what is posted goes to every one that reaches the unit.
/// </summary>
public interface IStaffChat
{
    /// <summary>Lower-case letters: what is owed to this chat is owed under this name.</summary>
    string Name { get; }

    /// <summary>Whether anybody of the unit would see a post.</summary>
    ValueTask<bool> Reaches(Guid unitId, CancellationToken ct);

    /// <summary>
    /// Posts a card in its unit's group, once for each <see cref="StaffCard.Id"/> and <see cref="StaffCard.Version"/>. Retry also
    /// says that it waits for the next digest.
    /// </summary>
    Task<DeliveryOutcome> Post(StaffCard card, CancellationToken ct);

    /// <summary>
    /// Changes the card of that id posted last in that unit, for everybody who has it. A card that cannot be changed any more is
    /// answered by a post that says what became of it. Refused when none was posted.
    /// </summary>
    Task<DeliveryOutcome> Update(StaffCard card, CancellationToken ct);

    /// <summary>Says something in the unit's group, once for each key.</summary>
    Task<DeliveryOutcome> Say(Guid unitId, string key, StaffPost post, CancellationToken ct);

    /// <summary>Who is in the unit's group.</summary>
    Task<IReadOnlyList<StaffMember>> Members(Guid unitId, CancellationToken ct);

    /// <summary>Posts what had to wait because a group's limit was reached. Called every few seconds, on any instance.</summary>
    Task PostWaiting(CancellationToken ct);
}

/// <summary>
/// A staff chat kept in the record: the first card of something new is written with it, in its transaction, and needs no delivery.
/// </summary>
public interface IRecordedStaffChat : IStaffChat
{
    /// <summary>Adds the card to the context; the same card once.</summary>
    void Add(CommunityDb db, StaffCard card);

    /// <summary>What was added in that unit is committed: open pages may look.</summary>
    void Added(Guid unitId);
}

/// <summary>Somebody in a group. <paramref name="Address"/> is the person's id in that chat.</summary>
public sealed record StaffMember(Guid StaffId, string Name, string Address);

/// <summary>Words for a group. Without lines it is one paragraph, with lines a list under a heading.</summary>
public sealed record StaffPost(string Words)
{
    public IReadOnlyList<string> Lines { get; init; } = [];
}

/// <summary>
/// A card in a group. What stands on it is read by everybody there: no telephone number, no door, nobody's name but staff's.
/// </summary>
/// <param name="Id">What the card is about: letters, digits and hyphens, at most 40.</param>
/// <param name="Version">Grows with each posting of a card of that id; its changes keep it.</param>
/// <param name="UnitId">Whose group.</param>
/// <param name="Title">The heading.</param>
/// <param name="Path">The console page behind it, beginning with a slash.</param>
public sealed record StaffCard(string Id, int Version, Guid UnitId, string Title, string Path)
{
    public IReadOnlyList<CardLine> Lines { get; init; } = [];

    /// <summary>At most six; none once the card is dealt with.</summary>
    public IReadOnlyList<CardButton> Buttons { get; init; } = [];

    /// <summary>What stands in place of the buttons when there are none: 已由网格员 王接单.</summary>
    public string Done { get; init; } = "";
}

/// <summary>A line of a card: a name of two to five characters and what there is to say.</summary>
public sealed record CardLine(string Name, string Words);

/// <summary>A button. A tap brings its key (ASCII, at most 100 characters) back.</summary>
public sealed record CardButton(string Text, string Key);
