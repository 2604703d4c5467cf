using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.StaffChat;

/// <summary>All staff chats there are.</summary>
public sealed class StaffChats(IEnumerable<IStaffChat> chats)
{
    private static readonly DeliveryOutcome Nobody = DeliveryOutcome.Delivered("no staff chat");
    private readonly IStaffChat[] _chats = [.. chats];

    /// <summary>
    /// Whoever owes a post owes it to each of these for itself, so that one that is down holds up no other; without one
    /// nothing needs to be owed.
    /// </summary>
    public IReadOnlyList<string> Names { get; } = [.. chats.Select(chat => chat.Name)];

    /// <summary>Of these the ones that are not in the record: a new card is owed to them.</summary>
    public IReadOnlyList<string> Elsewhere { get; } = [.. chats.Where(chat => chat is not IRecordedStaffChat).Select(chat => chat.Name)];

    /// <summary>Writes a new card in every chat that is in the record, saved with the context.</summary>
    public void Add(CommunityDb db, StaffCard card)
    {
        foreach (var chat in _chats)
            if (chat is IRecordedStaffChat here) here.Add(db, card);
    }

    /// <summary>What <see cref="Add"/> wrote is committed.</summary>
    public void Added(Guid unitId)
    {
        foreach (var chat in _chats)
            if (chat is IRecordedStaffChat here) here.Added(unitId);
    }

    /// <summary>Posts in the chat of that name, if it reaches the unit.</summary>
    public Task<DeliveryOutcome> Post(string name, StaffCard card, CancellationToken ct) => In(name, card.UnitId, chat => chat.Post(card, ct), ct);

    /// <summary>Changes a card in the chat of that name, if it reaches the unit.</summary>
    public Task<DeliveryOutcome> Update(string name, StaffCard card, CancellationToken ct) => In(name, card.UnitId, chat => chat.Update(card, ct), ct);

    /// <summary>
    /// Says it in every chat that reaches the unit; each says a thing once, so that a retry for one is harmless for the others.
    /// What the worst off answers counts: retry before held before refused before delivered.
    /// </summary>
    public async Task<DeliveryOutcome> Say(Guid unitId, string key, StaffPost post, CancellationToken ct)
    {
        var all = Nobody;
        foreach (var chat in _chats)
        {
            var one = await In(chat.Name, unitId, _ => chat.Say(unitId, key, post, ct), ct);
            if (all == Nobody || Weight(one) > Weight(all)) all = one;
        }

        return all;
    }

    private async Task<DeliveryOutcome> In(string name, Guid unitId, Func<IStaffChat, Task<DeliveryOutcome>> act, CancellationToken ct)
    {
        var chat = Array.Find(_chats, one => one.Name == name);
        return chat is not null && await chat.Reaches(unitId, ct) ? await act(chat) : Nobody;
    }

    private static int Weight(DeliveryOutcome outcome) => outcome.Result switch
    {
        DeliveryResult.Retry => 3,
        DeliveryResult.Held => 2,
        DeliveryResult.Refused => 1,
        _ => 0,
    };
}
