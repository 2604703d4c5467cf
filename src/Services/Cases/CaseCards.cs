using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Cases;

/// <summary>
/// Cards of cases in the staff chats: posted with a new case, changed with each step. They are owed like messages to
/// residents, saved with the step itself, for each chat by itself, and made from the case as it is when they go out.
/// </summary>
public sealed class CaseCards(IOutbox outbox, StaffChats chats, IDbContextFactory<CommunityDb> contexts, TimeProvider time) : IChannel
{
    /// <summary>The key of the button 接单, before the case's number.</summary>
    public const string ClaimKey = "claim:";

    /// <summary>Before the name of a chat.</summary>
    private const string Channels = "staff.";
    private const string Posting = "post";
    private const string Change = "change";

    public bool Carries(string channel) => channel.StartsWith(Channels, StringComparison.Ordinal);

    public bool IsForResidents => false;

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        var words = messages[0].Text.Split(' ');
        if (words is not [var what, var unit, var version] || !Guid.TryParse(unit, out var unitId)) return DeliveryOutcome.Delivered("nothing to post");
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<Case>().AsNoTracking().SingleOrDefaultAsync(c => c.Number == to.Address, ct) is not { } subject)
            return DeliveryOutcome.Delivered("no such case");
        var card = await Card(db, subject, unitId, int.Parse(version, CultureInfo.InvariantCulture), ct);
        var chat = to.Channel[Channels.Length..];
        var outcome = what == Posting ? await chats.Post(chat, card, ct) : await chats.Update(chat, card, ct);
        // Whom a chat does not reach finds the case in the console: there is no other way to fall back to.
        return outcome.Result == DeliveryResult.Refused ? DeliveryOutcome.Delivered(outcome.Reason) : outcome;
    }

    /// <summary>
    /// A case that was just opened: its card stands at once in the chats that are in the record, and is owed to the others.
    /// After the commit comes <see cref="Opened"/>.
    /// </summary>
    /// <param name="db">Whose transaction opens the case.</param>
    /// <param name="subject">The case, dispatched.</param>
    /// <param name="owner">The name of the one responsible; null in the duty queue.</param>
    internal void Open(CommunityDb db, Case subject, string? owner)
    {
        chats.Add(db, New(subject, subject.UnitId, subject.Version, owner));
        Owe(db, subject, Posting, subject.UnitId, PostingKey(subject), chats.Elsewhere);
    }

    /// <summary>A case of that unit was opened and committed.</summary>
    internal void Opened(Guid unitId) => chats.Added(unitId);

    /// <summary>A case that its unit's group should see as new.</summary>
    internal void Post(CommunityDb db, Case subject) => Owe(db, subject, Posting, subject.UnitId, PostingKey(subject), chats.Names);

    /// <summary>The case changed: so does the card in the unit that has it.</summary>
    internal void Changed(CommunityDb db, Case subject) => ChangedIn(db, subject, subject.UnitId);

    /// <summary>The case changed, and this unit had its card.</summary>
    internal void ChangedIn(CommunityDb db, Case subject, Guid unitId) =>
        Owe(db, subject, Change, unitId, $"card:{subject.Number}:{subject.Version}:{unitId:N}", chats.Names);

    /// <summary>The card is shown anew, as whoever tapped an old one must see it.</summary>
    internal void Refresh(CommunityDb db, Case subject, string occasion) =>
        Owe(db, subject, Change, subject.UnitId, $"card:{subject.Number}:{subject.Version}:{occasion}", chats.Names);

    /// <summary>The case as its card shows it now: nothing on it tells who reported, nor behind which door.</summary>
    internal async Task<StaffCard> Card(CommunityDb db, Case subject, Guid unitId, int version, CancellationToken ct)
    {
        var owner = await CaseReading.OwnerName(db, subject, ct);
        var card = New(subject, unitId, version, owner);
        return card.Buttons.Count > 0 ? card : card with { Done = await Done(db, subject, unitId, owner, ct) };
    }

    /// <summary>The card but for what became of the case: that of one that can be claimed is whole.</summary>
    private StaffCard New(Case subject, Guid unitId, int version, string? owner)
    {
        var place = Masking.Mask(subject.Place);
        var claimable = CaseMoves.After(subject.State, CaseMove.Claim) is not null && subject.UnitId == unitId;
        return new StaffCard(subject.Number, version, unitId, $"{subject.Kind} {subject.Number}", $"/staff/cases/{subject.Number}")
        {
            Lines =
            [
                new CardLine("位置", place.Length == 0 ? "还没说清" : place),
                new CardLine("期限", ChineseDate.Spoken(subject.DueAt, time.GetUtcNow())),
                new CardLine("办理", owner ?? "待接单"),
            ],
            Buttons = claimable ? [new CardButton("接单", ClaimKey + subject.Number)] : [],
        };
    }

    private static async Task<string> Done(CommunityDb db, Case subject, Guid unitId, string? owner, CancellationToken ct)
    {
        if (subject.UnitId != unitId)
            return $"已转给{await db.Set<Unit>().Where(u => u.Id == subject.UnitId).Select(u => u.Name).SingleOrDefaultAsync(ct)}";
        return subject.State == CaseState.Claimed ? $"已由{owner}接单" : subject.State.Chinese();
    }

    private static string PostingKey(Case subject) => $"card:{subject.Number}:{subject.Version}";

    private void Owe(CommunityDb db, Case subject, string what, Guid unitId, string key, IReadOnlyList<string> names)
    {
        foreach (var chat in names)
            outbox.Owe(db, new ConversationId(Channels + chat, subject.Number), $"{key}:{chat}", new Message(string.Create(CultureInfo.InvariantCulture, $"{what} {unitId:N} {subject.Version}")));
    }
}
