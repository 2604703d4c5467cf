using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>What reporters and followers say of closed cases, and the reopening that may come of it.</summary>
public sealed class CaseRatings(
    ITransactions transactions, IDbContextFactory<CommunityDb> contexts, CaseClock clock, CaseTimetable timetable, CaseRevisits revisits, CaseCards cards,
    IConsoleFeed feed)
{
    public async Task<RatableCase?> ToRate(string? number, Resident resident, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var own = await OwnConversations.Of(db, resident, ct);
        var closed = Cases.Own(db, own).Cases.Where(c => c.State == CaseState.Resolved || c.State == CaseState.Confirmed);
        closed = number is null
            ? closed.OrderByDescending(c => c.ClosedAt)
            : closed.Where(c => c.Number == number);
        var row = await closed.Select(c => new
        {
            c.Number,
            c.Title,
            c.Place,
            c.State,
            c.ClosedAt,
            c.SettledAt,
            Reported = own.Contains(c.Reporter),
            RatedAt = db.Set<CaseFollower>().Where(f => f.CaseId == c.Id && own.Contains(f.Conversation)).Max(f => f.RatedAt),
        }).FirstOrDefaultAsync(ct);
        if (row is null) return null;
        var ratable = row.Reported
            ? new RatableCase(row.Number, row.Title, row.State == CaseState.Confirmed)
            : new RatableCase(row.Number, NeighbourWords.Title(row.Title, row.Place), row.RatedAt is not null) { Follows = true };
        return ratable with
        {
            ClosedAt = row.ClosedAt!.Value,
            TooLate = row.SettledAt is not null || timetable.IsSettled(row.ClosedAt.Value),
        };
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
        var subject = await db.Set<Case>().SingleOrDefaultAsync(
            c => c.Number == number && (own.Contains(c.Reporter) || c.Followers.Any(f => own.Contains(f.Conversation))), ct);
        if (subject is null) return Refused(clock.Now);
        var now = clock.Now;
        var late = subject.SettledAt is not null || (subject.ClosedAt is { } closed && timetable.IsSettled(closed));
        if (level.Reopens() && late && !subject.State.IsOpen())
        {
            await revisits.After(db, subject, level, words, ct);
            await timetable.Keep(db, subject, ct);
            return new RatingOutcome(RatingResult.TooLate, "", now);
        }

        var dueAt = clock.DueAfter(now, subject.LimitWorkingDays, subject.UnitId);
        var follower = own.Contains(subject.Reporter) ? null : subject.Followers.First(f => own.Contains(f.Conversation));
        var refusal = (level.Reopens(), follower) switch
        {
            (true, null) => subject.Reopen(level, words, now, dueAt),
            (true, { } who) => subject.ReopenFor(who, level, words, now, dueAt),
            (false, null) => subject.Confirm(level, words, now),
            (false, { } who) => subject.ConfirmFor(who, level, words, now),
        };
        if (refusal is not null) return Refused(now);
        await revisits.After(db, subject, level, words, ct);
        await timetable.Keep(db, subject, ct);
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
