using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// 并案 and taking it back. Both cases must be within the actor's rights and of one unit; the one that ends must be in the
/// actor's hands, in the queue, or the actor a lead. Both rows carry their version: of two merges at once one is made.
/// </summary>
public sealed class CaseMerging(CaseSteps steps, CaseReading reading, CaseLetters letters, IOptions<CaseSettings> settings, CaseClock clock)
{
    private const string NotYours = "这件事不在您手上。";

    /// <summary>
    /// Merges one case into another: its reporter and followers follow that one from now on and are told so; the log of both
    /// says it. Refused with the reason when one is not open, they are of two units, or the target is not the actor's to see.
    /// </summary>
    public Task<CaseOutcome> Merge(string number, string into, StaffActor actor, string why, CancellationToken ct) => Both(number, actor, async (db, subject, token) =>
    {
        if (!Mine(subject, actor)) return Refused(NotYours);
        if (await reading.Find(db, into, actor, token) is not { } target) return Refused($"没有 {into} 这件事，或者它不归您的单位。");
        if (target.UnitId != subject.UnitId) return Refused("两件事不在一个单位，不能并案。请先转派到一个单位。");
        var now = clock.Now;
        if (subject.Merge(actor, target, why, now) is { } refusal) return Refused(refusal);
        var levels = target.FollowerLevels;
        target.Joined(actor, $"{subject.Number} 并过来一起办。", await Parts(db, target, token), settings.Value.FollowersPerPriority, now);
        letters.Merged(db, subject, target);
        if (target.OwnerId != actor.Id) db.Add(StaffNotice.About(target, $"{subject.Number} 并过来一起办：{target.Title}", now));
        if (target.FollowerLevels > levels) db.Add(StaffNotice.About(target, $"跟进的居民有 {target.Followers.Count} 位，更急了：{target.Title}", now));
        return (new CaseOutcome(CaseResult.Done, $"已并到 {target.Number}，反映和跟进的居民都会收到通知。"), target.Number);
    }, ct);

    /// <summary>Takes a merge back: the case waits for its worker again, and takes along exactly those who came with it.</summary>
    public Task<CaseOutcome> Split(string number, StaffActor actor, string why, CancellationToken ct) => Both(number, actor, async (db, subject, token) =>
    {
        if (!Mine(subject, actor)) return Refused(NotYours);
        var (now, from) = (clock.Now, subject.MergedIntoId);
        if (subject.Split(actor, why, now, clock.Moved(subject)) is { } refusal) return Refused(refusal);
        var target = await db.Set<Case>().SingleAsync(c => c.Id == from, token);
        target.Joined(actor, $"{subject.Number} 不再一起办。", await Parts(db, target, token), settings.Value.FollowersPerPriority, now);
        await Above(db, target, subject, actor, token);
        letters.Split(db, subject, target);
        db.Add(StaffNotice.About(subject, $"不再并案，单独办：{subject.Title}", now));
        return (new CaseOutcome(CaseResult.Done, "已撤回并案，居民会收到通知。"), target.Number);
    }, ct);

    private static bool Mine(Case subject, StaffActor actor) => subject.OwnerId is null || CaseReading.MayWork(subject, actor);

    /// <summary>The cases merged into this one, as they are after what was done in this transaction.</summary>
    private static async Task<List<Case>> Parts(CommunityDb db, Case target, CancellationToken ct)
    {
        await db.Set<Case>().AsTracking().Where(c => c.MergedIntoId == target.Id).LoadAsync(ct);
        return [.. db.Set<Case>().Local.Where(c => c.MergedIntoId == target.Id)];
    }

    /// <summary>What the case is itself part of gets those who left it taken away as well.</summary>
    private async Task Above(CommunityDb db, Case changed, Case left, StaffActor actor, CancellationToken ct)
    {
        for (var at = changed; at.MergedIntoId is { } id;)
        {
            at = await db.Set<Case>().SingleAsync(c => c.Id == id, ct);
            at.Joined(actor, $"{left.Number} 不再一起办。", await Parts(db, at, ct), settings.Value.FollowersPerPriority, clock.Now);
        }
    }

    /// <summary>A step of one case that changes another as well, whose open pages are told too.</summary>
    private async Task<CaseOutcome> Both(
        string number, StaffActor actor, Func<CommunityDb, Case, CancellationToken, Task<(CaseOutcome Outcome, string Other)>> act, CancellationToken ct)
    {
        var other = "";
        var outcome = await steps.Take(number, actor, async (db, subject, token) =>
        {
            (var result, other) = await act(db, subject, token);
            return result;
        }, ct);
        if (outcome.Result == CaseResult.Done) steps.Shown(other);
        return outcome;
    }

    private static (CaseOutcome, string) Refused(string words) => (CaseSteps.Refused(words), "");
}
