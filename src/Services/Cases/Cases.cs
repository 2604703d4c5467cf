using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>Casework as residents' dialogs use it: a resident reaches own cases, those they follow, and no others.</summary>
public sealed class Cases(
    CaseOpening openings, CaseAdditions additions, CaseRatings ratings, NearbyCases nearby, CaseFollowing following,
    IDbContextFactory<CommunityDb> contexts, CaseClock clock) : ICases
{
    private const int Listed = 10;

    public Task<OpenedCase> Open(NewCase opening, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        openings.Open(opening, resident, key, ct);

    public Task<bool> Add(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        additions.Add(number, words, pictures, resident, key, ct);

    public Task<bool> Withdraw(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        additions.Withdraw(number, words, resident, key, ct);

    public Task<IReadOnlyList<NearbyCase>> Near(string category, Spot place, Resident resident, CancellationToken ct) =>
        nearby.For(category, place, resident, ct);

    public Task<OpenedCase?> Follow(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        following.Follow(number, words, pictures, resident, key, ct);

    public Task<RatableCase?> ToRate(string? number, Resident resident, CancellationToken ct) =>
        ratings.ToRate(number, resident, ct);

    public Task<RatingOutcome> Rate(
        string number, Satisfaction level, string words, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        ratings.Rate(number, level, words, resident, key, ct);

    public async Task<OpenedCase?> OpenAnew(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        NewCase? anew;
        await using (var db = await contexts.CreateDbContextAsync(ct))
        {
            var own = await Own(db, resident, ct);
            var subject = await own.Cases.SingleOrDefaultAsync(c => c.Number == number && (c.State == CaseState.Resolved || c.State == CaseState.Confirmed), ct);
            // A follower says it in own words: the neighbour's stay with the neighbour's case.
            anew = subject is null || !own.Reported(subject) ? null : CaseLater.Anew(subject, words);
        }

        return anew is null ? null : await openings.Open(anew, resident, key, ct);
    }

    public async Task<IReadOnlyList<CaseSummary>> OpenOf(Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await Own(db, resident, ct);
        var rows = await Named(db, own.Cases.Where(c =>
                c.State != CaseState.Resolved && c.State != CaseState.Confirmed
                && c.State != CaseState.Withdrawn && c.State != CaseState.Merged)
            .OrderByDescending(c => c.Id).Take(Listed)).ToListAsync(ct);
        return rows.ConvertAll(row => Summary(row, own));
    }

    public async Task<CaseStory?> Story(string number, Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await Own(db, resident, ct);
        var ending = "-" + number;
        var matching = CaseNumber.IsLastDigits(number)
            ? own.Cases.Where(c => c.Number.EndsWith(ending))
            : own.Cases.Where(c => c.Number == number);
        var rows = await Named(db, matching.Include(c => c.Log).OrderByDescending(c => c.Id).Take(2)).ToListAsync(ct);
        if (rows is not [var row]) return null;
        var follows = !own.Reported(row.Case);
        var (here, late) = (CaseReasons.WhyHere(row.Case, row.OwnerName), CaseReasons.WhyLate(row.Case, clock.Now));
        return new CaseStory(Summary(row, own), CaseTelling.Sentences(row.Case, row.OwnerName, follows))
        {
            WhyHere = follows ? NeighbourWords.Staff(here) : here,
            WhyLate = follows ? NeighbourWords.Staff(late) : late,
        };
    }

    /// <summary>What the resident may see: reported in whichever of their conversations, or followed there.</summary>
    internal static async Task<Owned> Own(CommunityDb db, Resident resident, CancellationToken ct) =>
        Own(db, await OwnConversations.Of(db, resident, ct));

    /// <summary>The same for these conversations. Each half of the union has its index; one condition with "or" would have none.</summary>
    internal static Owned Own(CommunityDb db, IReadOnlyList<string> own)
    {
        var reported = db.Set<Case>().Where(c => own.Contains(c.Reporter)).Select(c => c.Id);
        var followed = db.Set<CaseFollower>().Where(f => own.Contains(f.Conversation)).Select(f => f.CaseId);
        return new Owned(own, db.Set<Case>().AsNoTracking().IgnoreAutoIncludes().Where(c => reported.Union(followed).Contains(c.Id)));
    }

    internal static IQueryable<NamedCase> Named(CommunityDb db, IQueryable<Case> cases) =>
        from c in cases
        join u in db.Set<Unit>() on c.UnitId equals u.Id
        join s in db.Set<StaffUser>() on c.OwnerId equals s.Id into owners
        from owner in owners.DefaultIfEmpty()
        orderby c.Id descending
        select new NamedCase(c, u.Name, owner == null ? null : owner.DisplayName);

    internal static CaseSummary Summary(NamedCase row, Owned own)
    {
        var follows = !own.Reported(row.Case);
        var title = follows ? NeighbourWords.Title(row.Case) : row.Case.Title;
        return new CaseSummary(row.Case.Number, title, row.Case.State.InPlainWords(), row.OwnerName, row.Case.DueAt) { Follows = follows };
    }

    /// <summary>A resident's conversations and the cases that they may see.</summary>
    internal sealed record Owned(IReadOnlyList<string> Conversations, IQueryable<Case> Cases)
    {
        public bool Reported(Case one) => Conversations.Contains(one.Reporter);
    }

    internal sealed record NamedCase(Case Case, string UnitName, string? StaffName)
    {
        public string OwnerName => StaffName ?? CaseWords.Duty(UnitName);
    }
}
