using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// An open or done task as staff see it; times are UTC. <paramref name="Owner"/>: null when it is anybody's who leads the unit.
/// <paramref name="Mine"/>: the person looking may do it; <paramref name="Gives"/>: and give it to others.
/// </summary>
public sealed record CaseTaskLine(
    Guid Id, string Number, string Title, CaseTaskKind Kind, string Words, string? Owner, DateTimeOffset DueAt, DateTimeOffset? DoneAt,
    string Result, bool Mine, bool Gives);

/// <summary>
/// Revisits and sub-tasks. Whoever may work on a case makes and gives its sub-tasks; each is done by its owner or by whoever leads.
/// Revisits are the leads' to do or to give. An owner sees the task and no more of a case that is not theirs to see.
/// </summary>
public sealed class CaseTasks(
    ITransactions transactions, CaseTaskRows rows, CaseTimetable timetable, CaseSight sight, CaseClock clock, IOrganisation organisation,
    IDbContextFactory<CommunityDb> contexts, IConsoleFeed feed)
{
    private const int Listed = 200;
    private static readonly CaseOutcome NotAllowed = new(CaseResult.NotAllowed, "没有这项任务，或者它不归您办。");

    /// <summary>Tasks of one case, open ones first; none when the actor may not see it.</summary>
    public async Task<IReadOnlyList<CaseTaskLine>> Of(string number, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var visible = await sight.Visible(db, actor, ct);
        return await Lines(db, db.Set<CaseTask>().Where(t => visible.Any(c => c.Id == t.CaseId && c.Number == number))
            .OrderBy(t => t.DoneAt != null).ThenBy(t => t.DueAt), actor, ct);
    }

    /// <summary>Open tasks that wait for the actor: own ones and, for leads, those of nobody in their units; by due date, at most two hundred.</summary>
    public async Task<IReadOnlyList<CaseTaskLine>> Waiting(StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = db.Set<CaseTask>().Where(t => t.DoneAt == null);
        if (!CaseSight.Leads(actor)) open = open.Where(t => t.OwnerId == actor.Id);
        else if (actor.Role != Role.Admin)
        {
            var below = await organisation.Below(actor.UnitId, ct);
            open = open.Where(t => t.OwnerId == actor.Id || below.Contains(t.UnitId));
        }

        return await Lines(db, open.OrderBy(t => t.DueAt), actor, ct);
    }

    /// <summary>A sub-task for a person of the case's unit or of one below or above it, to be done by the end of a working day (Beijing date).</summary>
    public Task<CaseOutcome> Add(string number, StaffActor actor, string words, Guid owner, DateOnly until, CancellationToken ct) => Take(async (db, token) =>
    {
        if (await (await sight.Visible(db, actor, token)).AsTracking().SingleOrDefaultAsync(c => c.Number == number, token) is not { } subject) return (null, NotAllowed);
        var dueAt = clock.DueAfter(BeijingTime.StartOf(until), 0, subject.UnitId);
        if (!subject.State.IsOpen()) return Refused($"这件事现在是“{subject.State.Chinese()}”，不能再分任务。");
        if (!CaseReading.MayWork(subject, actor)) return Refused("这件事不在您手上。");
        if (string.IsNullOrWhiteSpace(words)) return Refused("请写明要做什么。");
        if (dueAt <= clock.Now) return Refused("完成的日子要在今天或以后。");
        if (await Person(db, subject, owner, token) is not { } name) return Refused("没有这个人，或者不在这件事的单位里。");
        if (subject.Remark(CaseMove.Task, actor, $"分给{name}：{words.Trim()}", clock.Now) is { } refusal) return Refused(refusal);
        await rows.Add(db, subject, CaseTaskKind.SubTask, words, owner, dueAt, token);
        db.Add(StaffNotice.To(subject, owner, $"子任务，{ChineseDate.Day(dueAt)}前：{words.Trim()}", clock.Now));
        return (subject, new CaseOutcome(CaseResult.Done, $"已分给{name}。"));
    }, ct);

    /// <summary>Gives a task to a person.</summary>
    public Task<CaseOutcome> Assign(Guid id, StaffActor actor, Guid owner, CancellationToken ct) => Change(id, actor, async (db, task, subject, token) =>
    {
        if (!Gives(subject, task.Kind, actor)) return CaseSteps.Refused("这项任务不由您来分。");
        if (await Person(db, subject, owner, token) is not { } name) return CaseSteps.Refused("没有这个人，或者不在这件事的单位里。");
        task.OwnerId = owner;
        subject.Remark(CaseMove.Task, actor, $"转给{name}：{task.Words}", clock.Now);
        db.Add(StaffNotice.To(subject, owner, $"{Chinese(task.Kind)}，{ChineseDate.Day(task.DueAt)}前：{task.Words}", clock.Now));
        return new CaseOutcome(CaseResult.Done, $"已转给{name}。");
    }, ct);

    /// <summary>The task is done, with what came of it.</summary>
    public Task<CaseOutcome> Finish(Guid id, StaffActor actor, string result, CancellationToken ct) => Change(id, actor, async (db, task, subject, token) =>
    {
        if (string.IsNullOrWhiteSpace(result)) return CaseSteps.Refused("请写明结果。");
        await rows.Done(db, task, actor.Id, result, token);
        // Of a case that was withdrawn or merged the log is closed; the task keeps its result.
        subject.Remark(CaseMove.Task, actor, $"{Chinese(task.Kind)}完成：{result.Trim()}", clock.Now);
        if (subject.OwnerId is { } worker && worker != actor.Id) db.Add(StaffNotice.To(subject, worker, $"{Chinese(task.Kind)}完成：{task.Words}", clock.Now));
        return new CaseOutcome(CaseResult.Done, "已记下。");
    }, ct);

    internal static string Chinese(CaseTaskKind kind) => kind == CaseTaskKind.Revisit ? "回访" : "子任务";

    private Task<CaseOutcome> Change(
        Guid id, StaffActor actor, Func<CommunityDb, CaseTask, Case, CancellationToken, Task<CaseOutcome>> act, CancellationToken ct) => Take(async (db, token) =>
    {
        // The case first: what others change of its tasks after it was read goes with a version that this one does not have.
        if (await db.Set<Case>().AsTracking().SingleOrDefaultAsync(c => db.Set<CaseTask>().Any(t => t.Id == id && t.CaseId == c.Id), token) is not { } subject) return (null, NotAllowed);
        var task = await db.Set<CaseTask>().AsTracking().SingleAsync(t => t.Id == id, token);
        var mine = task.OwnerId == actor.Id;
        if (!mine && !await (await sight.Visible(db, actor, token)).AnyAsync(c => c.Id == subject.Id, token)) return (null, NotAllowed);
        if (!mine && !Gives(subject, task.Kind, actor)) return (null, NotAllowed);
        if (task.DoneAt is not null) return Refused("这项任务已经完成了。");
        // Two people at one task: the case's version tells the second, also when the log cannot.
        db.Entry(subject).Property(c => c.Version).IsModified = true;
        var outcome = await act(db, task, subject, token);
        return (outcome.Result == CaseResult.Done ? subject : null, outcome);
    }, ct);

    private async Task<CaseOutcome> Take(Func<CommunityDb, CancellationToken, Task<(Case? Changed, CaseOutcome Outcome)>> act, CancellationToken ct)
    {
        try
        {
            var (number, outcome) = await transactions.Run(async (db, token) =>
            {
                var (changed, result) = await act(db, token);
                if (changed is not null) await timetable.Keep(db, changed, token);
                return (changed?.Number, result);
            }, ct);
            if (number is not null) feed.CaseChanged(number);
            return outcome;
        }
        catch (DbUpdateConcurrencyException)
        {
            return new CaseOutcome(CaseResult.Conflict, "这件事刚刚有变动，请刷新再看。");
        }
    }

    private static bool Gives(Case subject, CaseTaskKind kind, StaffActor actor) =>
        kind == CaseTaskKind.Revisit ? CaseSight.Leads(actor) : CaseReading.MayWork(subject, actor);

    private static (Case?, CaseOutcome) Refused(string words) => (null, CaseSteps.Refused(words));

    /// <summary>The name of somebody who works in the case's unit, below it or above it; null for all others.</summary>
    private async Task<string?> Person(CommunityDb db, Case subject, Guid id, CancellationToken ct)
    {
        var person = await db.Users.AsNoTracking().Where(s => s.Id == id && s.LeftAt == null && s.Role != Role.Lawyer && s.Role != Role.Resident)
            .Select(s => new { s.DisplayName, s.UnitId }).SingleOrDefaultAsync(ct);
        if (person is null) return null;
        return await organisation.IsWithin(person.UnitId, subject.UnitId, ct) || await organisation.IsWithin(subject.UnitId, person.UnitId, ct) ? person.DisplayName : null;
    }

    private static async Task<IReadOnlyList<CaseTaskLine>> Lines(CommunityDb db, IQueryable<CaseTask> tasks, StaffActor actor, CancellationToken ct)
    {
        var leads = CaseSight.Leads(actor);
        var found = await tasks.Take(Listed).Select(t => new
        {
            Task = t,
            Case = db.Set<Case>().Where(c => c.Id == t.CaseId).Select(c => new { c.Number, c.Title, c.OwnerId }).First(),
            Owner = db.Set<StaffUser>().Where(s => s.Id == t.OwnerId).Select(s => s.DisplayName).FirstOrDefault(),
        }).AsNoTracking().ToListAsync(ct);
        return found.ConvertAll(row =>
        {
            var gives = row.Task.DoneAt is null && (leads || (row.Task.Kind == CaseTaskKind.SubTask && row.Case.OwnerId == actor.Id));
            return new CaseTaskLine(
                row.Task.Id, row.Case.Number, row.Case.Title, row.Task.Kind, row.Task.Words, row.Owner, row.Task.DueAt, row.Task.DoneAt, row.Task.Result,
                row.Task.DoneAt is null && (gives || row.Task.OwnerId == actor.Id), gives);
        });
    }
}
