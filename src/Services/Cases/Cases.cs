using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>Casework as residents' dialogs use it: a resident reaches own cases and no others.</summary>
public sealed class Cases(CaseOpening openings, CaseAdditions additions, CaseRatings ratings, IDbContextFactory<CommunityDb> contexts, CaseClock clock) : ICases
{
    private const int Listed = 10;

    public Task<OpenedCase> Open(NewCase opening, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        openings.Open(opening, resident, key, ct);

    public Task<bool> Add(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        additions.Add(number, words, pictures, resident, key, ct);

    public Task<bool> Withdraw(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        additions.Withdraw(number, words, resident, key, ct);

    public Task<RatableCase?> ToRate(string? number, Resident resident, CancellationToken ct) =>
        ratings.ToRate(number, resident, ct);

    public Task<RatingOutcome> Rate(
        string number, Satisfaction level, string words, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        ratings.Rate(number, level, words, resident, key, ct);

    public async Task<IReadOnlyList<CaseSummary>> OpenOf(Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rows = await Named(db, (await Own(db, resident, ct)).Where(c =>
                c.State != CaseState.Resolved && c.State != CaseState.Confirmed
                && c.State != CaseState.Withdrawn && c.State != CaseState.Merged)
            .OrderByDescending(c => c.Id).Take(Listed)).ToListAsync(ct);
        return rows.ConvertAll(Summary);
    }

    public async Task<CaseStory?> Story(string number, Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await Own(db, resident, ct);
        var ending = "-" + number;
        var matching = CaseNumber.IsLastDigits(number)
            ? own.Where(c => c.Number.EndsWith(ending))
            : own.Where(c => c.Number == number);
        var rows = await Named(db, matching.Include(c => c.Log).OrderByDescending(c => c.Id).Take(2)).ToListAsync(ct);
        if (rows is not [var row]) return null;
        return new CaseStory(Summary(row), CaseTelling.Sentences(row.Case, row.OwnerName))
        {
            WhyHere = CaseReasons.WhyHere(row.Case, row.OwnerName),
            WhyLate = CaseReasons.WhyLate(row.Case, clock.Now),
        };
    }

    /// <summary>What the resident may see, reported in whichever of their conversations.</summary>
    internal static async Task<IQueryable<Case>> Own(CommunityDb db, Resident resident, CancellationToken ct)
    {
        var own = await OwnConversations.Of(db, resident, ct);
        return db.Set<Case>().AsNoTracking().Where(c => own.Contains(c.Reporter));
    }

    internal static IQueryable<NamedCase> Named(CommunityDb db, IQueryable<Case> cases) =>
        from c in cases
        join u in db.Set<Unit>() on c.UnitId equals u.Id
        join s in db.Set<StaffUser>() on c.OwnerId equals s.Id into owners
        from owner in owners.DefaultIfEmpty()
        orderby c.Id descending
        select new NamedCase(c, u.Name, owner == null ? null : owner.DisplayName);

    internal static CaseSummary Summary(NamedCase row) =>
        new(row.Case.Number, row.Case.Title, row.Case.State.InPlainWords(), row.OwnerName, row.Case.DueAt);

    internal sealed record NamedCase(Case Case, string UnitName, string? StaffName)
    {
        public string OwnerName => StaffName ?? CaseWords.Duty(UnitName);
    }
}
