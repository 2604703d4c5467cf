using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>Residents who follow a neighbour's case instead of reporting the same again.</summary>
public sealed class CaseFollowing(ITransactions transactions, IOptions<CaseSettings> settings, CaseClock clock, IConsoleFeed feed)
{
    private const int Tries = 8;

    /// <summary>See <see cref="ICases.Follow"/>.</summary>
    public async Task<OpenedCase?> Follow(
        string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
            try
            {
                var followed = await transactions.Once(key, (db, token) => Write(db, number, words, pictures, resident, token), ct);
                if (followed is not null) feed.CaseChanged(followed.Number);
                return followed;
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // Somebody else changed the case between reading and saving: once more, with the case as it is now. Of those who
                // try at once one gets on each time.
            }
    }

    private async Task<OpenedCase?> Write(
        CommunityDb db, string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, CancellationToken ct)
    {
        var subject = await db.Set<Case>().SingleOrDefaultAsync(c => c.Number == number, ct);
        // Merged meanwhile: what counts is the case that goes on.
        while (subject?.MergedIntoId is { } into) subject = await db.Set<Case>().SingleOrDefaultAsync(c => c.Id == into, ct);
        if (subject is null) return null;
        var (now, levels) = (clock.Now, subject.FollowerLevels);
        var own = await OwnConversations.Of(db, resident, ct);
        if (!own.Contains(subject.Reporter))
        {
            if (subject.Follow(resident.Conversation, words, pictures, settings.Value.FollowersPerPriority, now) is not null) return null;
            await Residents.Met(db, resident.Conversation, now, ct);
            if (subject.FollowerLevels > levels)
                db.Add(StaffNotice.About(subject, $"跟进的居民有 {subject.Followers.Count} 位，更急了：{subject.Title}", now));
        }
        var unit = await db.Set<Unit>().Where(u => u.Id == subject.UnitId).Select(u => u.Name).SingleOrDefaultAsync(ct) ?? "";
        return new OpenedCase(subject.Number, await CaseReading.OwnerName(db, subject, ct) ?? CaseWords.Duty(unit), subject.DueAt);
    }
}
