namespace WuShe.Services.Common.StaffChat;

/// <summary>All staff chats there are, as one.</summary>
public sealed class StaffChats(IEnumerable<IStaffChat> chats)
{
    private static readonly DeliveryOutcome Nobody = DeliveryOutcome.Delivered("no staff chat");
    private readonly IStaffChat[] _chats = [.. chats];

    /// <summary>Whether there is any: without one nothing needs to be owed.</summary>
    public bool Any => _chats.Length > 0;

    public Task<DeliveryOutcome> Post(StaffCard card, CancellationToken ct) => Each(card.UnitId, chat => chat.Post(card, ct), ct);

    public Task<DeliveryOutcome> Update(StaffCard card, CancellationToken ct) => Each(card.UnitId, chat => chat.Update(card, ct), ct);

    public Task<DeliveryOutcome> Say(Guid unitId, string key, StaffPost post, CancellationToken ct) =>
        Each(unitId, chat => chat.Say(unitId, key, post, ct), ct);

    /// <summary>
    /// Does it in every chat that reaches the unit; each does a thing once, so that a retry for one is harmless for the others.
    /// What the worst off says counts: retry before refused before delivered.
    /// </summary>
    private async Task<DeliveryOutcome> Each(Guid unitId, Func<IStaffChat, Task<DeliveryOutcome>> act, CancellationToken ct)
    {
        var all = Nobody;
        foreach (var chat in _chats)
        {
            if (!await chat.Reaches(unitId, ct)) continue;
            var one = await act(chat);
            if (all == Nobody || Weight(one) > Weight(all)) all = one;
        }

        return all;
    }

    private static int Weight(DeliveryOutcome outcome) => outcome.Result switch
    {
        DeliveryResult.Retry => 2,
        DeliveryResult.Refused => 1,
        _ => 0,
    };
}
