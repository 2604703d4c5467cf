using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// What staff do with cases. Every method asks first who acts: the case's unit must be the actor's or below it; a grid
/// worker is confined to the cases of own grids and the duty queue of the own room; lawyers and residents see none.
/// </summary>
public sealed class CaseWork
{
    /// <summary>The cases the actor may see, by due date (closed ones: newest first).</summary>
    public Task<CasePage> Inbox(StaffActor actor, CaseFilter filter, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>The whole case; null when there is none or it is not the actor's to see.</summary>
    public Task<CaseView?> Open(string number, StaffActor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Takes the case; the resident is told by whom. Conflict when somebody else has it.</summary>
    public Task<CaseOutcome> Claim(string number, StaffActor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Writes a progress note the resident is told, with at most nine pictures (ids of stored files).</summary>
    public Task<CaseOutcome> Note(string number, StaffActor actor, string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Closes the case with the words the resident is told (required) and pictures; the question for a rating follows later.</summary>
    public Task<CaseOutcome> Close(string number, StaffActor actor, string words, IReadOnlyList<AttachmentRef> pictures, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Whether the picture belongs to a case the actor may see.</summary>
    public Task<bool> MaySeePicture(string fileId, StaffActor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Unread notices to the actor, or to the duty queue the actor serves; newest first, at most twenty.</summary>
    public Task<IReadOnlyList<StaffNoticeLine>> Notices(StaffActor actor, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Marks a notice as read; one that is not the actor's stays as it is.</summary>
    public Task Read(Guid notice, StaffActor actor, CancellationToken ct) => throw new NotSupportedException();
}
