using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// What staff do with cases. Every method asks first who acts: the case's unit must be the actor's or below it; a grid
/// worker is confined to the cases of own grids and the duty queue of the own room; lawyers and residents see none.
/// Each step owes the resident a message in the transaction that makes it.
/// </summary>
public sealed class CaseWork(CaseSteps steps, CaseReading reading, CaseLetters letters, CaseClock clock)
{
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
    public Task<CaseOutcome> Claim(string number, StaffActor actor, CancellationToken ct) => steps.Take(number, actor, async (db, subject, token) =>
    {
        if (subject.State == CaseState.Claimed)
            return subject.OwnerId == actor.Id ? new CaseOutcome(CaseResult.Done, "您已经接单了。") : await CaseSteps.HasIt(db, subject, token);
        return CaseSteps.Outcome(subject.Claim(actor, clock.Now), "已接单，居民会收到通知。", () => letters.Claimed(db, subject, actor.Name));
    }, ct);

    /// <summary>Writes a progress note the resident is told, with at most nine pictures (ids of stored files).</summary>
    public Task<CaseOutcome> Note(string number, StaffActor actor, string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) =>
        Worked(number, actor, (db, subject, note, kept, _) => Task.FromResult(CaseSteps.Outcome(
            subject.Note(actor, note, kept, clock.Now), "已写下进展，居民会收到通知。",
            () => letters.Noted(db, subject, actor.Name, note, kept))), words, pictures, ct);

    /// <summary>
    /// Closes the case with the words the resident is told (required) and pictures, and with what its category demands
    /// (<see cref="ClosingNeeds"/>); the question for a rating follows later.
    /// </summary>
    public Task<CaseOutcome> Close(string number, StaffActor actor, string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) =>
        Worked(number, actor, async (db, subject, note, kept, token) => await CaseTaskRows.OpenSubTasks(db, subject.Id, token) is > 0 and var open
            ? CaseSteps.Refused($"还有 {open} 项子任务没有完成，完成以后再办结。")
            : CaseSteps.Outcome(
            subject.Resolve(actor, CaseSight.Leads(actor), note, kept, clock.Now), "已办结，居民会收到通知，稍后会请居民评价。",
            () => letters.Resolved(db, subject, actor.Name, note, kept)), words, pictures, ct);

    private Task<CaseOutcome> Worked(
        string number, StaffActor actor, Func<CommunityDb, Case, string, IReadOnlyList<AttachmentRef>, CancellationToken, Task<CaseOutcome>> act,
        string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) => steps.Take(number, actor, async (db, subject, token) =>
    {
        if (subject.State == CaseState.Claimed && !CaseReading.MayWork(subject, actor)) return await CaseSteps.HasIt(db, subject, token);
        return await act(db, subject, CaseWords.Cut(words, Case.MaxNote), [.. pictures.Take(Case.MaxPictures)], token);
    }, ct);
}
