using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Common.Residency;

/// <summary>Who our residents are and where each can be reached.</summary>
public sealed class Residents(
    IDbContextFactory<CommunityDb> contexts, ITransactions transactions, OutboxQueue queue, IWake wake, TimeProvider time) : IFollowers
{
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1);

    /// <summary>
    /// The resident of a conversation, added to the context when new (saved with it). Two first words at once make one
    /// resident: the unique key refuses the second, and <see cref="ITransactions"/> runs that act again.
    /// </summary>
    public async Task<RegisteredResident> Ensure(CommunityDb db, ConversationId conversation, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        if (await Find(db, conversation, ct) is not { } known) return Add(db, conversation, now);
        known.LastSeen = now;
        return db.Set<RegisteredResident>().Local.FindEntry(known.ResidentId)?.Entity
            ?? await db.Set<RegisteredResident>().AsTracking().SingleAsync(r => r.Id == known.ResidentId, ct);
    }

    /// <summary>
    /// Makes two conversations one resident's, with every other of both; in the context, saved with it. Whoever calls it has
    /// seen that they are. False when they were already.
    /// </summary>
    public async Task<bool> Join(CommunityDb db, ConversationId one, ConversationId other, CancellationToken ct)
    {
        var (first, second) = (await Ensure(db, one, ct), await Ensure(db, other, ct));
        if (first.Id == second.Id) return false;
        // The same one whoever asks, so that two who join them at once do not delete both.
        var (stays, goes) = (first.CreatedAt, first.Id).CompareTo((second.CreatedAt, second.Id)) < 0 ? (first, second) : (second, first);
        await db.Set<ResidentConversation>().Where(c => c.ResidentId == goes.Id).LoadAsync(ct);
        foreach (var moves in db.Set<ResidentConversation>().Local.Where(c => c.ResidentId == goes.Id).ToList()) moves.ResidentId = stays.Id;
        // Before the empty one goes, or those that were its go with it.
        db.ChangeTracker.DetectChanges();
        db.Remove(goes);
        return true;
    }

    /// <summary>Makes the conversation a resident of its own again, and tells which others it leaves; none when it stood alone.</summary>
    public async Task<IReadOnlyList<ConversationId>> Part(CommunityDb db, ConversationId one, CancellationToken ct)
    {
        if (await Find(db, one, ct) is not { } parts) return [];
        var others = await db.Set<ResidentConversation>()
            .Where(c => c.ResidentId == parts.ResidentId && c.Conversation != parts.Conversation)
            .Select(c => c.Conversation).ToListAsync(ct);
        if (others.Count == 0) return [];
        var now = time.GetUtcNow();
        var alone = new RegisteredResident { Id = Guid.CreateVersion7(now), CreatedAt = now };
        db.Add(alone);
        parts.ResidentId = alone.Id;
        return others.ConvertAll(ConversationId.Parse);
    }

    /// <summary>
    /// Notes that somebody was here, for those who need not know which resident it is: one look at the record, and nothing
    /// written for whoever was here within <see cref="Lately"/>. <paramref name="now"/> is UTC.
    /// </summary>
    internal static async Task Met(CommunityDb db, ConversationId conversation, DateTimeOffset now, CancellationToken ct)
    {
        if (await Find(db, conversation, ct) is not { } known) Add(db, conversation, now);
        else if (now - known.LastSeen > Lately) known.LastSeen = now;
    }

    public async Task Followed(ConversationId who, CancellationToken ct)
    {
        await Set(who, following: true, ct);
        await Spoke(who, ct);
    }

    public async Task Spoke(ConversationId who, CancellationToken ct)
    {
        if (!await queue.Reconsider(who.ToString(), ct)) return;
        await Reached(who, ct);
        wake.Outbox();
    }

    public Task Unfollowed(ConversationId who, CancellationToken ct) => Set(who, following: false, ct);

    public async Task CannotBeReached(ConversationId who, CancellationToken ct)
    {
        await Set(who, following: false, ct);
        await queue.Mark(who.ToString());
    }

    /// <summary>Whether the person is known to have left this conversation's account, or to have turned its messages off.</summary>
    internal async Task<bool> HasLeft(ConversationId who, CancellationToken ct)
    {
        var name = who.ToString();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<ResidentConversation>().AnyAsync(c => c.Conversation == name && !c.Following, ct);
    }

    /// <summary>A message came through, or one came from them: whoever was thought to have left is back.</summary>
    internal async Task Reached(ConversationId who, CancellationToken ct)
    {
        var name = who.ToString();
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Set<ResidentConversation>().Where(c => c.Conversation == name && !c.Following)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.Following, true), ct);
    }

    /// <summary>Other conversations of the same resident that may be written to, the last used first.</summary>
    internal async Task<IReadOnlyList<ConversationId>> OtherConversations(ConversationId than, CancellationToken ct)
    {
        var name = than.ToString();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var all = db.Set<ResidentConversation>();
        var others = await all
            .Where(c => c.Conversation != name && c.Following && all.Any(me => me.Conversation == name && me.ResidentId == c.ResidentId))
            .OrderByDescending(c => c.LastSeen)
            .Select(c => c.Conversation).ToListAsync(ct);
        return others.ConvertAll(ConversationId.Parse);
    }

    private Task<bool> Set(ConversationId who, bool following, CancellationToken ct) => transactions.Run(async (db, token) =>
    {
        await Ensure(db, who, token);
        var conversation = await Find(db, who, token);
        conversation!.Following = following;
        return true;
    }, ct);

    /// <summary>Also one that was added to the context and is not saved yet. (FindAsync compiles an expression at each call.)</summary>
    private static async Task<ResidentConversation?> Find(CommunityDb db, ConversationId conversation, CancellationToken ct)
    {
        var name = conversation.ToString();
        return db.Set<ResidentConversation>().Local.FindEntry(name)?.Entity
            ?? await db.Set<ResidentConversation>().AsTracking().SingleOrDefaultAsync(c => c.Conversation == name, ct);
    }

    private static RegisteredResident Add(CommunityDb db, ConversationId conversation, DateTimeOffset now)
    {
        var resident = new RegisteredResident { Id = Guid.CreateVersion7(now), CreatedAt = now };
        db.Add(resident);
        db.Add(new ResidentConversation
        {
            Conversation = conversation.ToString(),
            ResidentId = resident.Id,
            Channel = conversation.Channel,
            LastSeen = now,
        });
        return resident;
    }
}
