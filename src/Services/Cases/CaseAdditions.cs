using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>What reporters add to their own open cases, and how they take one back.</summary>
public sealed class CaseAdditions(
    ITransactions transactions, CaseClock clock, CaseTimetable timetable, CaseCards cards, CaseLetters letters, IOptions<CaseSettings> settings, IConsoleFeed feed)
{
    public async Task<bool> Add(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var added = await transactions.Once(key, (db, token) => Write(db, number, words, pictures, resident, token), ct);
        if (added) feed.CaseChanged(number);
        return added;
    }

    public async Task<bool> Withdraw(string number, string words, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var withdrawn = await transactions.Once(key, async (db, token) =>
        {
            if (await Own(db, number, resident, token) is not { } subject) return await Leave(db, number, resident, token);
            if (subject.Withdraw(words, clock.Now) is not null) return false;
            await timetable.Keep(db, subject, token);
            db.Add(StaffNotice.About(subject, $"居民撤回，不用办了：{subject.Title}", clock.Now));
            letters.Withdrawn(db, subject);
            cards.Changed(db, subject);
            return true;
        }, ct);
        if (withdrawn) feed.CaseChanged(number);
        return withdrawn;
    }

    private async Task<bool> Leave(CommunityDb db, string number, Resident resident, CancellationToken ct)
    {
        var own = await OwnConversations.Of(db, resident, ct);
        var subject = await db.Set<Case>().SingleOrDefaultAsync(c => c.Number == number, ct);
        return subject is not null && subject.Leave(own, settings.Value.FollowersPerPriority, clock.Now);
    }

    private static async Task<Case?> Own(CommunityDb db, string number, Resident resident, CancellationToken ct)
    {
        var own = await OwnConversations.Of(db, resident, ct);
        return await db.Set<Case>().SingleOrDefaultAsync(c => c.Number == number && own.Contains(c.Reporter), ct);
    }

    private async Task<bool> Write(
        CommunityDb db, string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, CancellationToken ct)
    {
        if (await Own(db, number, resident, ct) is not { } subject) return false;
        var sent = pictures.Count == 0 ? 0 : await Sent(db, subject.Id, ct);
        if (subject.Add(words, pictures, sent, clock.Now) is not null) return false;
        await timetable.Keep(db, subject, ct);
        db.Add(StaffNotice.About(subject, $"居民补充：{subject.Title}", clock.Now));
        return true;
    }

    /// <summary>How many pictures are the reporter's own; staff's are theirs to count.</summary>
    private static Task<int> Sent(CommunityDb db, Guid subject, CancellationToken ct) =>
        db.Set<CasePicture>().CountAsync(
            p => p.CaseId == subject && db.Set<CaseEvent>().Any(e => e.CaseId == subject && e.Seq == p.Seq && e.Who == CaseActor.Resident.Name), ct);
}
