using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>What reporters say of their closed cases, and the reopening that may follow.</summary>
public sealed class CaseRatings(
    ITransactions transactions, IDbContextFactory<CommunityDb> contexts, CaseClock clock, CaseCards cards, IConsoleFeed feed)
{
    public async Task<RatableCase?> ToRate(string? number, Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await OwnConversations.Of(db, resident, ct);
        var closed = db.Set<Case>().AsNoTracking().Where(c =>
            own.Contains(c.Reporter) && (c.State == CaseState.Resolved || c.State == CaseState.Confirmed));
        closed = number is null
            ? closed.OrderByDescending(c => c.ClosedAt)
            : closed.Where(c => c.Number == number);
        return await closed
            .Select(c => new RatableCase(c.Number, c.Title, c.State == CaseState.Confirmed))
            .FirstOrDefaultAsync(ct);
    }

    public async Task<RatingOutcome> Rate(
        string number, Satisfaction level, string words, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var outcome = await transactions.Once(key, (db, token) => Write(db, number, level, words, resident, token), ct);
        if (outcome.Result != RatingResult.Refused) feed.CaseChanged(number);
        return outcome;
    }

    private async Task<RatingOutcome> Write(
        CommunityDb db, string number, Satisfaction level, string words, Resident resident, CancellationToken ct)
    {
        var own = await OwnConversations.Of(db, resident, ct);
        var subject = await db.Set<Case>().SingleOrDefaultAsync(c => c.Number == number && own.Contains(c.Reporter), ct);
        if (subject is null) return Refused(clock.Now);
        var now = clock.Now;
        var refusal = level.Reopens()
            ? subject.Reopen(level, words, now, clock.DueAfter(now, subject.LimitWorkingDays, subject.UnitId))
            : subject.Confirm(level, words, now);
        if (refusal is not null) return Refused(now);
        if (!level.Reopens()) return new RatingOutcome(RatingResult.Thanked, "", subject.DueAt);

        db.Add(StaffNotice.About(subject, $"居民说没解决，重新办理：{subject.Title}", now));
        cards.Post(db, subject);
        return new RatingOutcome(RatingResult.Reopened, await OwnerName(db, subject, ct), subject.DueAt);
    }

    private static RatingOutcome Refused(DateTimeOffset now) => new(RatingResult.Refused, "", now);

    private static async Task<string> OwnerName(CommunityDb db, Case subject, CancellationToken ct) =>
        await db.Set<StaffUser>().Where(s => s.Id == subject.OwnerId).Select(s => s.DisplayName).SingleOrDefaultAsync(ct)
        ?? CaseWords.Duty(await db.Set<Unit>().Where(u => u.Id == subject.UnitId).Select(u => u.Name).SingleOrDefaultAsync(ct) ?? "");
}
