using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// What staff do with cases. Every method asks first who acts: the case's unit must be the actor's or below it; a grid
/// worker is confined to the cases of own grids and the duty queue of the own room; lawyers and residents see none.
/// Each step owes the resident a message in the transaction that makes it.
/// </summary>
public sealed class CaseWork(
    ITransactions transactions, CaseReading reading, CaseLetters letters, CaseCards cards, CaseClock clock, IConsoleFeed feed)
{
    private static readonly CaseOutcome NotAllowed = new(CaseResult.NotAllowed, "没有这个编号的事项，或者它不归您办理。");

    /// <summary>The cases the actor may see, by due date (closed ones: newest first).</summary>
    public Task<CasePage> Inbox(StaffActor actor, CaseFilter filter, CancellationToken ct) => reading.Inbox(actor, filter, ct);

    /// <summary>The whole case; null when there is none or it is not the actor's to see.</summary>
    public Task<CaseView?> Open(string number, StaffActor actor, CancellationToken ct) => reading.Open(number, actor, ct);

    /// <summary>Whether the picture belongs to a case the actor may see.</summary>
    public Task<bool> MaySeePicture(string fileId, StaffActor actor, CancellationToken ct) => reading.MaySeePicture(fileId, actor, ct);

    /// <summary>Unread notices to the actor, or to the duty queue the actor serves; newest first, at most twenty.</summary>
    public Task<IReadOnlyList<StaffNoticeLine>> Notices(StaffActor actor, CancellationToken ct) => reading.Notices(actor, ct);

    /// <summary>Marks a notice as read; one that is not the actor's stays as it is.</summary>
    public Task Read(Guid notice, StaffActor actor, CancellationToken ct) => reading.Read(notice, actor, ct);

    /// <summary>Takes the case; the resident is told by whom. Conflict when somebody else has it.</summary>
    public Task<CaseOutcome> Claim(string number, StaffActor actor, CancellationToken ct) => Step(number, actor, async (db, subject) =>
    {
        if (subject.State == CaseState.Claimed)
            return subject.OwnerId == actor.Id ? Done("您已经接单了。") : await HasIt(db, subject, ct);
        if (subject.Claim(actor, clock.Now) is { } refusal) return Refused(refusal);
        letters.Claimed(db, subject, actor.Name);
        return Done("已接单，居民会收到通知。");
    }, ct);

    /// <summary>Writes a progress note the resident is told, with at most nine pictures (ids of stored files).</summary>
    public Task<CaseOutcome> Note(string number, StaffActor actor, string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) =>
        Worked(number, actor, (db, subject, note, kept) =>
        {
            if (subject.Note(actor, note, kept, clock.Now) is { } refusal) return Refused(refusal);
            letters.Noted(db, subject, actor.Name, note, kept);
            return Done("已写下进展，居民会收到通知。");
        }, words, pictures, ct);

    /// <summary>Closes the case with the words the resident is told (required) and pictures; the question for a rating follows later.</summary>
    public Task<CaseOutcome> Close(string number, StaffActor actor, string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) =>
        Worked(number, actor, (db, subject, note, kept) =>
        {
            if (subject.Resolve(actor, note, kept, clock.Now) is { } refusal) return Refused(refusal);
            letters.Resolved(db, subject, actor.Name, note, kept);
            return Done("已办结，居民会收到通知，稍后会请居民评价。");
        }, words, pictures, ct);

    private Task<CaseOutcome> Worked(
        string number, StaffActor actor, Func<CommunityDb, Case, string, IReadOnlyList<AttachmentRef>, CaseOutcome> act,
        string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) => Step(number, actor, async (db, subject) =>
    {
        if (subject.State == CaseState.Claimed && !CaseReading.MayWork(subject, actor)) return await HasIt(db, subject, ct);
        return act(db, subject, CaseWords.Cut(words, Case.MaxNote), [.. pictures.Take(Case.MaxPictures)]);
    }, ct);

    private async Task<CaseOutcome> Step(
        string number, StaffActor actor, Func<CommunityDb, Case, Task<CaseOutcome>> act, CancellationToken ct)
    {
        var seen = false;
        try
        {
            var outcome = await transactions.Run(async (db, token) =>
            {
                var subject = await reading.Find(db, number, actor, token);
                if (subject is null) return seen ? await HasIt(db, number, token) : NotAllowed;
                seen = true;
                var before = (subject.State, subject.OwnerId);
                var result = await act(db, subject);
                if (before != (subject.State, subject.OwnerId)) cards.Changed(db, subject);
                return result;
            }, ct);
            if (outcome.Result == CaseResult.Done) feed.CaseChanged(number);
            return outcome;
        }
        catch (DbUpdateException) when (seen)
        {
            // Somebody else changed the case between reading and saving, and theirs stands. It may be out of this
            // person's sight by now, but who has it is no secret to one who had it open.
            return await transactions.Run((db, token) => HasIt(db, number, token), ct);
        }
    }

    private static async Task<CaseOutcome> HasIt(CommunityDb db, string number, CancellationToken ct) =>
        await HasIt(db, await db.Set<Case>().AsNoTracking().SingleAsync(c => c.Number == number, ct), ct);

    internal static async Task<CaseOutcome> HasIt(CommunityDb db, Case subject, CancellationToken ct) =>
        new(CaseResult.Conflict, await CaseReading.OwnerName(db, subject, ct) is { } owner
            ? $"这件事现在由{owner}办理（{subject.State.Chinese()}）。"
            : $"这件事刚刚有变动，现在是“{subject.State.Chinese()}”，请刷新再看。");

    private static CaseOutcome Done(string words) => new(CaseResult.Done, words);

    private static CaseOutcome Refused(string words) => new(CaseResult.Refused, words);
}
