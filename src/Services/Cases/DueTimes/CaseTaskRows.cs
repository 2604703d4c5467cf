using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>Makes and ends the tasks of a case within a transaction, and keeps the row of the one that falls due next.</summary>
public sealed class CaseTaskRows(CaseClock clock)
{
    /// <summary>How many parts of the case are not done.</summary>
    internal static Task<int> OpenSubTasks(CommunityDb db, Guid caseId, CancellationToken ct) =>
        db.Set<CaseTask>().CountAsync(t => t.CaseId == caseId && t.Kind == CaseTaskKind.SubTask && t.DoneAt == null, ct);

    internal async Task<CaseTask> Add(
        CommunityDb db, Case subject, CaseTaskKind kind, string words, Guid? owner, DateTimeOffset dueAt, CancellationToken ct)
    {
        var task = new CaseTask
        {
            Id = Guid.CreateVersion7(clock.Now),
            CaseId = subject.Id,
            Kind = kind,
            Words = CaseWords.Cut(words, CaseTask.MaxWords),
            OwnerId = owner,
            UnitId = subject.UnitId,
            CreatedAt = clock.Now,
            DueAt = dueAt,
        };
        var open = await Open(db, subject.Id, kind, ct);
        db.Add(task);
        await Keep(db, subject.Id, kind, [.. open, task], ct);
        return task;
    }

    internal async Task Done(CommunityDb db, CaseTask task, Guid by, string result, CancellationToken ct)
    {
        (task.DoneAt, task.DoneById, task.Result) = (clock.Now, by, CaseWords.Cut(result, CaseTask.MaxWords));
        await Keep(db, task.CaseId, task.Kind, [.. (await Open(db, task.CaseId, task.Kind, ct)).Where(one => one.Id != task.Id)], ct);
    }

    /// <summary>Tasks that are late now; of those to come the next gets the row, and without one the row goes.</summary>
    internal async Task<IReadOnlyList<CaseTask>> Overdue(CommunityDb db, CaseDue row, CancellationToken ct)
    {
        var open = await Open(db, row.CaseId, row.Kind == CaseDueKind.Revisit ? CaseTaskKind.Revisit : CaseTaskKind.SubTask, ct);
        if (Next(open) is { } next) row.DueAt = next;
        else db.Remove(row);
        return open.FindAll(task => task.DueAt <= clock.Now);
    }

    private async Task Keep(CommunityDb db, Guid caseId, CaseTaskKind kind, List<CaseTask> open, CancellationToken ct)
    {
        var due = kind == CaseTaskKind.Revisit ? CaseDueKind.Revisit : CaseDueKind.SubTask;
        var row = await db.Set<CaseDue>().AsTracking().SingleOrDefaultAsync(d => d.CaseId == caseId && d.Kind == due, ct);
        // A row that has come is the job's: it finds who is late.
        if (row is not null && row.DueAt <= clock.Now && open.Count > 0) return;
        if (Next(open) is not { } at)
        {
            if (row is not null) db.Remove(row);
        }
        else if (row is null) db.Add(new CaseDue { CaseId = caseId, Kind = due, DueAt = at });
        else row.DueAt = at;
    }

    private DateTimeOffset? Next(List<CaseTask> open) =>
        open.Where(task => task.DueAt > clock.Now).Select(task => (DateTimeOffset?)task.DueAt).Min();

    private static Task<List<CaseTask>> Open(CommunityDb db, Guid caseId, CaseTaskKind kind, CancellationToken ct) =>
        db.Set<CaseTask>().Where(t => t.CaseId == caseId && t.Kind == kind && t.DoneAt == null).ToListAsync(ct);
}
