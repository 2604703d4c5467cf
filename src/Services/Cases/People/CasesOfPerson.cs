using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>Reads a resident's cases for staff.</summary>
public sealed class CasesOfPerson(IDbContextFactory<CommunityDb> contexts, CaseSight sight, TimeProvider time) : ICasesOfPerson
{
    private const int Listed = 200;
    private static readonly TimeSpan InHandAfterClose = TimeSpan.FromDays(7);

    public async Task<Guid?> ReporterOf(string number, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var reporter = await (await sight.Visible(db, actor, ct)).Where(c => c.Number == number).Select(c => c.Reporter).SingleOrDefaultAsync(ct);
        return await db.Set<ResidentConversation>().Where(c => c.Conversation == reporter).Select(c => (Guid?)c.ResidentId).SingleOrDefaultAsync(ct);
    }

    public async Task<PersonCases?> Of(Guid resident, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var conversations = await OwnConversations.Of(db, resident, ct);
        var visible = (await sight.Visible(db, actor, ct)).AsNoTracking().Where(c => conversations.Contains(c.Reporter));
        var rows = await visible.OrderByDescending(c => c.OpenedAt).Take(Listed)
            .Select(c => new { c.Number, c.Kind, c.Title, c.State, c.OpenedAt, c.ClosedAt, c.Rating, c.RatingWords }).ToListAsync(ct);
        if (rows.Count == 0) return null;

        var all = await db.Set<Case>().CountAsync(c => conversations.Contains(c.Reporter), ct);
        var elsewhere = all - (rows.Count < Listed ? rows.Count : await visible.CountAsync(ct));
        var leads = CaseSight.Leads(actor);
        return new PersonCases(
            conversations,
            rows.ConvertAll(c => new PersonCase(
                c.Number, c.Kind, c.Title, c.State.Chinese(), c.OpenedAt, c.ClosedAt, c.Rating is { } rating ? ((Satisfaction)rating).Chinese() : "", c.RatingWords)),
            elsewhere, leads, leads || await HasInHand(visible, actor, ct));
    }

    /// <summary>Whoever has closed a case must still be able to tell the person, and to hear that it is not solved.</summary>
    private Task<bool> HasInHand(IQueryable<Case> theirs, StaffActor actor, CancellationToken ct)
    {
        var since = time.GetUtcNow() - InHandAfterClose;
        return theirs.AnyAsync(c => c.OwnerId == actor.Id && c.State != CaseState.Withdrawn && c.State != CaseState.Merged
            && (c.ClosedAt == null || c.ClosedAt > since), ct);
    }
}
