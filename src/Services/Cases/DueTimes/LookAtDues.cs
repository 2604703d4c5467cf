using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using WuShe.Services.Common;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>
/// Does what has fallen due, in order: one transaction for each row, in which the row goes. Of two instances that look at once,
/// and of one that looks while somebody takes a step of the case, the later finds the case changed and does nothing.
/// </summary>
public sealed partial class LookAtDues(
    ITransactions transactions, CaseDueSteps steps, CaseTimetable timetable, IWorkingHours hours, IDbContextFactory<CommunityDb> contexts,
    IConsoleFeed feed, TimeProvider time, ILogger<LookAtDues> logger) : IJob
{
    private const int AtOnce = 200;

    public async Task Run(CancellationToken ct)
    {
        // Cases left for the next time: broken ones, and those that somebody else is changing.
        HashSet<Guid> left = [];
        while (true)
        {
            var cases = (await Due(AtOnce + left.Count, ct)).Where(id => !left.Contains(id)).ToList();
            if (cases.Count == 0) return;
            foreach (var id in cases)
                if (!left.Contains(id) && !await Look(id, ct)) left.Add(id);
        }
    }

    /// <summary>The cases with rows that are due, by the oldest row; a case may come more than once.</summary>
    private async Task<List<Guid>> Due(int most, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<CaseDue>().Where(d => d.DueAt <= now).OrderBy(d => d.DueAt).ThenBy(d => d.Kind).Take(most).Select(d => d.CaseId).ToListAsync(ct);
    }

    /// <summary>False when it was not done and should not be tried again at once.</summary>
    private async Task<bool> Look(Guid id, CancellationToken ct)
    {
        try
        {
            var number = await transactions.Run((db, token) => First(db, id, token), ct);
            if (number.Length > 0) feed.CaseChanged(number);
            return true;
        }
        catch (DbUpdateException)
        {
            // Somebody was faster; what they left is seen the next time.
            return false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NotDone(logger, id, e);
            return false;
        }
    }

    /// <summary>Does the first row of the case that is due. The case's number; empty when nothing about it changed.</summary>
    private async Task<string> First(CommunityDb db, Guid id, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        // The case first: rows that another instance changes after it was read go with a version that this one does not have.
        var subject = await db.Set<Case>().AsTracking().SingleOrDefaultAsync(c => c.Id == id, ct);
        var rows = await CaseTimetable.RowsOf(db, id, ct);
        if (rows.Where(row => row.DueAt <= now).OrderBy(row => row.DueAt).ThenBy(row => row.Kind).FirstOrDefault() is not { } row) return "";
        if (subject is null)
        {
            db.RemoveRange(rows);
            return "";
        }

        // Also when only a row changes: whoever changes the case at the same time must not have it changed under them.
        db.Entry(subject).Property(c => c.Version).IsModified = true;
        if (row.Kind != CaseDueKind.Silence && !CaseTimetable.IsUrgent(subject) && !hours.IsOpen(now, subject.UnitId))
        {
            row.DueAt = hours.NextOpening(now, subject.UnitId);
            return "";
        }

        var before = subject.Version;
        await steps.Take(db, subject, row, ct);
        timetable.Keep(db, subject, rows, before, row);
        return subject.Number;
    }

    [LoggerMessage(3201, LogLevel.Error, "What fell due for case {Case} could not be done yet")]
    private static partial void NotDone(ILogger logger, Guid @case, Exception error);
}
