using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Staff;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.GroupChat;

/// <summary>The console's groups as a staff chat. It reaches every unit there is: what nobody reads now waits for whoever comes.</summary>
public sealed class ConsoleGroups(
    ITransactions transactions, IStaffGroups groups, IDbContextFactory<CommunityDb> contexts, IGroupFeed feed, TimeProvider time) : IRecordedStaffChat
{
    private static readonly DeliveryOutcome Done = DeliveryOutcome.Delivered("console");

    public string Name => "console";

    public async ValueTask<bool> Reaches(Guid unitId, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<Unit>().AnyAsync(u => u.Id == unitId, ct);
    }

    public void Add(CommunityDb db, StaffCard card)
    {
        // Before there is an organisation a case is nobody's.
        if (card.UnitId != Guid.Empty) db.Add(GroupPost.Of(card, time.GetUtcNow()));
    }

    public void Added(Guid unitId) => feed.Changed(unitId);

    public async Task<DeliveryOutcome> Post(StaffCard card, CancellationToken ct)
    {
        var key = GroupPost.KeyOf(card);
        var changed = await transactions.Run(async (db, token) =>
        {
            if (await db.Set<GroupPost>().AsTracking().SingleOrDefaultAsync(p => p.UnitId == card.UnitId && p.Key == key, token) is { } known) return known.Show(card);
            db.Add(GroupPost.Of(card, time.GetUtcNow()));
            return true;
        }, ct);
        if (changed) feed.Changed(card.UnitId);
        return Done;
    }

    public async Task<DeliveryOutcome> Update(StaffCard card, CancellationToken ct)
    {
        var changed = await transactions.Run(async (db, token) =>
        {
            var latest = await db.Set<GroupPost>().AsTracking().Where(p => p.UnitId == card.UnitId && p.CardId == card.Id).OrderByDescending(p => p.Id).FirstOrDefaultAsync(token);
            return latest?.Show(card);
        }, ct);
        if (changed is null) return DeliveryOutcome.Refused("no such card");
        if (changed.Value) feed.Changed(card.UnitId);
        return Done;
    }

    public async Task<DeliveryOutcome> Say(Guid unitId, string key, StaffPost post, CancellationToken ct)
    {
        var words = string.Join('\n', [post.Words, .. post.Lines]);
        if (words.Length > GroupPost.MaxWords) words = words[..(char.IsHighSurrogate(words[GroupPost.MaxWords - 2]) ? GroupPost.MaxWords - 2 : GroupPost.MaxWords - 1)] + "…";
        key = "say:" + key;
        var said = await transactions.Run(async (db, token) =>
        {
            if (await db.Set<GroupPost>().AnyAsync(p => p.UnitId == unitId && p.Key == key, token)) return false;
            db.Add(new GroupPost { UnitId = unitId, Key = key, At = time.GetUtcNow(), Words = words });
            return true;
        }, ct);
        if (said) feed.Changed(unitId);
        return Done;
    }

    public async Task<IReadOnlyList<StaffMember>> Members(Guid unitId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        var members = new List<StaffMember>();
        foreach (var staff in await db.Users.AsNoTracking().OrderBy(u => u.DisplayName).ThenBy(u => u.Id).ToListAsync(ct))
        {
            var actor = new StaffActor(staff.Id, staff.DisplayName, staff.Role, staff.UnitId);
            if (!StaffAccounts.IsClosed(staff, now) && await groups.Has(unitId, actor, ct)) members.Add(new StaffMember(staff.Id, staff.DisplayName, staff.UserName ?? ""));
        }

        return members;
    }

    /// <summary>Nothing here has to wait.</summary>
    public Task PostWaiting(CancellationToken ct) => Task.CompletedTask;
}
