using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>
/// Which due times a case must have as it stands. Whoever takes a step of a case keeps its rows by this, in the transaction of
/// the step, so that none is forgotten; jobs only look at the rows.
/// </summary>
public sealed class CaseTimetable(CaseClock clock, IWorkingHours hours, IOptions<CaseDueSettings> settings)
{
    private readonly CaseDueSettings _settings = settings.Value;

    /// <summary>Changes the case's rows in the context to what they must be after the rows of the log that were written now.</summary>
    internal async Task Keep(CommunityDb db, Case subject, CancellationToken ct)
    {
        var entry = db.Entry(subject);
        var before = entry.State is EntityState.Added ? 0 : entry.Property(c => c.Version).OriginalValue;
        if (subject.Version != before) Keep(db, subject, before == 0 ? [] : await RowsOf(db, subject.Id, ct), before, null);
    }

    /// <summary>The same with the tracked rows at hand. <paramref name="done"/>: the one that was due and is done now.</summary>
    internal void Keep(CommunityDb db, Case subject, List<CaseDue> rows, int before, CaseDue? done)
    {
        List<CaseDue> left = done is null ? rows : [.. rows.Where(row => row != done)];
        if (done is not null && After(subject, done.Kind) is { } next) left.Add(next);
        var due = For(subject, left, [.. subject.Log.Where(row => row.Seq > before)]);
        foreach (var row in rows)
            if (IsOfTasks(row.Kind) ? row.Kind == CaseDueKind.SubTask && !subject.State.IsOpen() : !due.Any(one => one.Kind == row.Kind)) db.Remove(row);
        foreach (var (kind, at) in due)
            if (rows.Find(one => one.Kind == kind) is { } row) row.DueAt = at;
            else db.Add(new CaseDue { CaseId = subject.Id, Kind = kind, DueAt = at });
    }

    internal static Task<List<CaseDue>> RowsOf(CommunityDb db, Guid caseId, CancellationToken ct) =>
        db.Set<CaseDue>().AsTracking().Where(d => d.CaseId == caseId).ToListAsync(ct);

    /// <summary>
    /// The due times of the case, those of tasks apart. <paramref name="rows"/> are those it has; one that has come and waits for
    /// the job stays. <paramref name="written"/>: the rows of the log since then.
    /// </summary>
    internal IReadOnlyList<(CaseDueKind Kind, DateTimeOffset At)> For(Case subject, IReadOnlyList<CaseDue> rows, IReadOnlyList<CaseEvent> written)
    {
        var times = new List<(CaseDueKind, DateTimeOffset)>(2);
        switch (subject.State)
        {
            case CaseState.Withdrawn or CaseState.Merged:
                break;
            case CaseState.Resolved or CaseState.Confirmed:
                if (subject.SettledAt is null) times.Add((CaseDueKind.Silence, subject.ClosedAt!.Value + _settings.SettleAfter));
                break;
            case CaseState.Suspended:
                times.Add((CaseDueKind.Resume, hours.NextOpening(subject.ResumesAt!.Value, subject.UnitId)));
                break;
            case CaseState.Returned when JudgesUntil(subject) is var until && (until > clock.Now || Of(rows, CaseDueKind.JudgeLate) is not null):
                times.Add((CaseDueKind.JudgeLate, until));
                break;
            case CaseState.Claimed:
                if (React(subject, rows, written) is { } react) times.Add((CaseDueKind.React, react));
                times.Add(Next(subject, rows));
                break;
            case CaseState.Returned:
                times.Add(Next(subject, rows));
                break;
            default:
                times.Add((CaseDueKind.Contact, Of(rows, CaseDueKind.Contact)?.DueAt ?? Contact(subject)));
                times.Add(Next(subject, rows));
                break;
        }

        return times;
    }

    /// <summary>What comes after a row of the chain that was due and done.</summary>
    private CaseDue? After(Case subject, CaseDueKind done)
    {
        var now = clock.Now;
        var (kind, at) = done switch
        {
            CaseDueKind.Half or CaseDueKind.Nearly => Warnings(subject).FirstOrDefault(one => one.Kind > done && (one.At > now || one.Kind == CaseDueKind.Due)),
            CaseDueKind.Due => (CaseDueKind.Lead, now),
            CaseDueKind.Lead => (CaseDueKind.Station, Later(subject, _settings.EscalateWorkingDays)),
            CaseDueKind.Station => (CaseDueKind.Centre, Later(subject, _settings.EscalateWorkingDays)),
            CaseDueKind.Centre or CaseDueKind.Again => (CaseDueKind.Again, Later(subject, _settings.EscalateAgainWorkingDays)),
            _ => default,
        };
        return kind == default ? null : new CaseDue { CaseId = subject.Id, Kind = kind, DueAt = at };
    }

    /// <summary>Whether what was closed then can no longer be opened again.</summary>
    internal bool IsSettled(DateTimeOffset closedAt) => closedAt + _settings.SettleAfter <= clock.Now;

    /// <summary>Whether it may be told outside duty hours.</summary>
    internal static bool IsUrgent(Case subject) => subject.Within is not null;

    /// <summary>Rows that belong to the tasks of a case, not to its state.</summary>
    internal static bool IsOfTasks(CaseDueKind kind) => kind is CaseDueKind.Revisit or CaseDueKind.SubTask;

    private static CaseDue? Of(IReadOnlyList<CaseDue> rows, CaseDueKind kind)
    {
        for (var i = 0; i < rows.Count; i++)
            if (rows[i].Kind == kind) return rows[i];
        return null;
    }

    private static bool IsOfChain(CaseDueKind kind) => kind is >= CaseDueKind.Half and <= CaseDueKind.Again;

    /// <summary>
    /// The one row of the chain: that which is there while it still fits the case's date, else the first warning to come. A date
    /// that is over when it is set is due at once.
    /// </summary>
    private (CaseDueKind, DateTimeOffset) Next(Case subject, IReadOnlyList<CaseDue> rows)
    {
        var now = clock.Now;
        var warnings = Warnings(subject);
        if (rows.FirstOrDefault(row => IsOfChain(row.Kind)) is { } row)
        {
            if (row.Kind > CaseDueKind.Due)
            {
                if (DateOf(subject) <= now) return (row.Kind, row.DueAt);
            }
            else if (warnings.First(one => one.Kind == row.Kind).At is var at && (row.DueAt == at || (row.DueAt <= now && at <= now)))
            {
                return (row.Kind, row.DueAt);
            }
        }

        var (kind, next) = warnings.FirstOrDefault(one => one.At > now);
        return kind == default ? (CaseDueKind.Due, Open(subject, now)) : (kind, next);
    }

    /// <summary>When half of the limit and when most of it is used up, counted back from the case's date, and that date.</summary>
    private (CaseDueKind Kind, DateTimeOffset At)[] Warnings(Case subject)
    {
        var date = DateOf(subject);
        return
        [
            (CaseDueKind.Half, Open(subject, Before(subject, date, 100 - _settings.WarnAtPercent))),
            (CaseDueKind.Nearly, Open(subject, Before(subject, date, 100 - _settings.WarnAgainAtPercent))),
            (CaseDueKind.Due, Open(subject, date)),
        ];
    }

    /// <summary>So long before the date that this percentage of the limit is left.</summary>
    private DateTimeOffset Before(Case subject, DateTimeOffset date, int percent)
    {
        if (subject.Within is { } within && subject.OpenedAt + within == date) return date - (within * percent / 100);
        var left = clock.DayOf(date, subject.UnitId) * subject.LimitWorkingDays * percent / 100;
        var from = date;
        TimeSpan worked;
        do
        {
            // Days of duty are no longer than a day, and no more than the days of the calendar.
            from -= TimeSpan.FromDays(1 + Math.Max(subject.LimitWorkingDays * percent / 100, 1));
            worked = hours.Between(from, date, subject.UnitId);
        }
        while (worked < left);
        return hours.Add(from, worked - left, subject.UnitId);
    }

    /// <summary>The case's date; with the judges it goes on when they have had their time.</summary>
    private DateTimeOffset DateOf(Case subject) =>
        subject.State == CaseState.Returned ? clock.Moved(subject, CaseClock.JudgeDays) : subject.DueAt;

    private DateTimeOffset Contact(Case subject)
    {
        if (subject.Within is not { } within) return Open(subject, clock.DueAfter(clock.Now, subject.Rules.ContactWorkingDays, subject.UnitId));
        var first = subject.OpenedAt + within;
        return first > clock.Now ? first : clock.Now + _settings.UrgentAgainAfter;
    }

    /// <summary>From the claim on; gone with the worker's first step.</summary>
    private DateTimeOffset? React(Case subject, IReadOnlyList<CaseDue> rows, IReadOnlyList<CaseEvent> written)
    {
        var at = Of(rows, CaseDueKind.React)?.DueAt;
        foreach (var row in written)
            if (row.Move == CaseMove.Claim && row.From is CaseState.Dispatched or CaseState.Reopened) at = Later(subject, _settings.ReactWorkingDays);
            else if (row.ActorId is not null && row.ActorId == subject.OwnerId) at = null;
        return at;
    }

    private DateTimeOffset JudgesUntil(Case subject) =>
        Open(subject, hours.Add(subject.StoppedAt!.Value, clock.DayOf(subject.StoppedAt.Value, subject.UnitId) * CaseClock.JudgeDays, subject.UnitId));

    private DateTimeOffset Later(Case subject, int workingDays) =>
        Open(subject, hours.Add(clock.Now, clock.DayOf(clock.Now, subject.UnitId) * workingDays, subject.UnitId));

    private DateTimeOffset Open(Case subject, DateTimeOffset at) => IsUrgent(subject) ? at : hours.NextOpening(at, subject.UnitId);
}
