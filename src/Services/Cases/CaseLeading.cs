using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// What turns a case from its usual way, for its worker and for those who lead: 退单 and its judging, 转派, 延期, 挂起, 督办,
/// another class. Rights are those of <see cref="CaseWork"/>; what only leads may do is refused to others in words.
/// </summary>
public sealed class CaseLeading(CaseSteps steps, CaseLetters letters, CaseClock clock, IOrganisation organisation)
{
    private const string OnlyLeads = "这一步要由站长、指导中心或管理员来做。";
    private const string NotYours = "这件事不在您手上。";

    /// <summary>Returns the case to the judges; the leads are told, at the third time that they should meet about it.</summary>
    public Task<CaseOutcome> Return(string number, StaffActor actor, string why, CancellationToken ct) => Own(number, actor, (db, subject) =>
        CaseSteps.Outcome(subject.Return(actor, why, clock.Now), "已退单，站里会裁定由谁来办。", () =>
        {
            Tell(db, subject, null, $"退单，等裁定：{subject.Title}");
            if (subject.Returns % Case.ReturnsForMeeting == 0)
            {
                subject.Remark(CaseMove.Escalate, null, $"第 {subject.Returns} 次退单，请站长召集各方负责人当面商定。", clock.Now);
                Tell(db, subject, null, $"第 {subject.Returns} 次退单，请召集负责人商定：{subject.Title}");
            }
        }), ct);

    /// <summary>
    /// Decides whose a returned case is: the unit, and the person when one is named. The time with the judges does not count,
    /// up to one working day.
    /// </summary>
    public Task<CaseOutcome> Judge(string number, StaffActor actor, Guid unitId, Guid? staffId, string why, CancellationToken ct) =>
        Give(number, actor, unitId, staffId, (subject, to) =>
            subject.Judge(actor, to, why, clock.Now, clock.Moved(subject, CaseClock.JudgeDays)), "已裁定，接手的人会收到通知。", ct);

    /// <summary>转派 to a unit, or to a person in it.</summary>
    public Task<CaseOutcome> Assign(string number, StaffActor actor, Guid unitId, Guid? staffId, string why, CancellationToken ct) =>
        Give(number, actor, unitId, staffId, (subject, to) =>
            subject.Assign(actor, to, why, clock.Now, clock.Moved(subject)), "已转派，接手的人会收到通知。", ct);

    /// <summary>The worker asks for <paramref name="workingDays"/> more; a lead decides.</summary>
    public Task<CaseOutcome> AskExtension(string number, StaffActor actor, int workingDays, string why, CancellationToken ct) => Own(number, actor, (db, subject) =>
        CaseSteps.Outcome(subject.AskExtension(actor, workingDays, why, clock.Now), "延期申请已经交给站长，批准后居民会收到通知。",
            () => Tell(db, subject, null, $"申请延期 {workingDays} 个工作日：{subject.Title}")), ct);

    /// <summary>Allows the extension; the resident is told the reason and the new date.</summary>
    public Task<CaseOutcome> AllowExtension(string number, StaffActor actor, string words, CancellationToken ct) => Lead(number, actor, async (db, subject, token) =>
    {
        var asked = subject.ExtensionAsked ?? 0;
        var why = await db.Set<CaseEvent>().Where(e => e.CaseId == subject.Id && e.Move == CaseMove.AskExtension)
            .OrderByDescending(e => e.Seq).Select(e => e.Note).FirstOrDefaultAsync(token) ?? "";
        var dueAt = clock.DueAfter(subject.DueAt, asked, subject.UnitId);
        return CaseSteps.Outcome(subject.Extend(actor, words, clock.Now, dueAt), "已同意延期，居民会收到通知。", () =>
        {
            letters.Extended(db, subject, why[(why.IndexOf('：', StringComparison.Ordinal) + 1)..]);
            Tell(db, subject, subject.OwnerId, $"延期已同意，{ChineseDate.Day(subject.DueAt)}前办结：{subject.Title}");
        });
    }, ct);

    public Task<CaseOutcome> DeclineExtension(string number, StaffActor actor, string why, CancellationToken ct) => Lead(number, actor, (db, subject, _) =>
        Task.FromResult(CaseSteps.Outcome(subject.DeclineExtension(actor, why, clock.Now), "没有同意延期，经办人会收到通知。",
            () => Tell(db, subject, subject.OwnerId, $"延期没有同意：{subject.Title}"))), ct);

    /// <summary>Stops the case until the start of <paramref name="until"/> (a Beijing date); the resident is told why and until when.</summary>
    public Task<CaseOutcome> Suspend(string number, StaffActor actor, DateOnly until, string why, CancellationToken ct) => Own(number, actor, (db, subject) =>
        CaseSteps.Outcome(subject.Suspend(actor, BeijingTime.StartOf(until), why, clock.Now), "已挂起，到日子会自动恢复；居民会收到通知。",
            () => letters.Suspended(db, subject, why)), ct);

    public Task<CaseOutcome> Resume(string number, StaffActor actor, CancellationToken ct) => Own(number, actor, (db, subject) =>
        CaseSteps.Outcome(subject.Resume(actor, clock.Now, clock.Moved(subject)), "已恢复办理，居民会收到通知。", () => letters.Resumed(db, subject)), ct);

    /// <summary>督办: its worker is told what is wanted, and it stands first in every list.</summary>
    public Task<CaseOutcome> Supervise(string number, StaffActor actor, string words, CancellationToken ct) => Lead(number, actor, (db, subject, _) =>
        Task.FromResult(CaseSteps.Outcome(subject.Supervise(actor, words, clock.Now), "已督办，经办人会收到通知。",
            () => Tell(db, subject, subject.OwnerId, $"督办：{subject.Title}"))), ct);

    /// <summary>Puts the case into another class of 三事; who has it stays the same until a lead gives it to others.</summary>
    public Task<CaseOutcome> Reclassify(string number, StaffActor actor, CaseScope scope, string why, CancellationToken ct) => Own(number, actor, (_, subject) =>
        CaseSteps.Outcome(subject.Reclassify(actor, scope, why, clock.Now), "已改分类。", () => { }), ct);

    private Task<CaseOutcome> Own(string number, StaffActor actor, Func<CommunityDb, Case, CaseOutcome> act, CancellationToken ct) =>
        steps.Take(number, actor, (db, subject, _) => Task.FromResult(
            subject.OwnerId is not null && !CaseReading.MayWork(subject, actor) ? CaseSteps.Refused(NotYours) : act(db, subject)), ct);

    private Task<CaseOutcome> Lead(string number, StaffActor actor, Func<CommunityDb, Case, CancellationToken, Task<CaseOutcome>> act, CancellationToken ct) =>
        steps.Take(number, actor, (db, subject, token) => CaseSight.Leads(actor)
            ? act(db, subject, token)
            : Task.FromResult(CaseSteps.Refused(OnlyLeads)), ct);

    private Task<CaseOutcome> Give(
        string number, StaffActor actor, Guid unitId, Guid? staffId, Func<Case, Responsible, string?> act, string said, CancellationToken ct) =>
        Lead(number, actor, async (db, subject, token) =>
        {
            if (await Target(db, unitId, staffId, actor, token) is not { } to) return CaseSteps.Refused("没有这个单位或这个人，或者不归您管。");
            return CaseSteps.Outcome(act(subject, to), said, () =>
            {
                letters.Given(db, subject, to.StaffName ?? CaseWords.Duty(to.UnitName));
                Tell(db, subject, to.StaffId, $"转来的{subject.Kind}：{subject.Title}");
            });
        }, ct);

    /// <summary>Whom the case may be given to: a unit the actor answers for, or the one above (a judge may send it up), and a person who works there.</summary>
    private async Task<Responsible?> Target(CommunityDb db, Guid unitId, Guid? staffId, StaffActor actor, CancellationToken ct)
    {
        if (await db.Set<Unit>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == unitId && u.ClosedAt == null, ct) is not { } unit) return null;
        if (actor.Role != Role.Admin && !await organisation.IsWithin(unitId, actor.UnitId, ct) && !await organisation.IsWithin(actor.UnitId, unitId, ct)) return null;
        if (staffId is null) return new Responsible(unit.Id, unit.Name, null, null);
        var person = await db.Set<StaffUser>().AsNoTracking()
            .Where(s => s.Id == staffId && s.UnitId == unitId && s.Role != Role.Lawyer && s.LeftAt == null).Select(s => new { s.Id, s.DisplayName }).SingleOrDefaultAsync(ct);
        return person is null ? null : new Responsible(unit.Id, unit.Name, person.Id, person.DisplayName);
    }

    private void Tell(CommunityDb db, Case subject, Guid? whom, string words) => db.Add(StaffNotice.To(subject, whom, words, clock.Now));
}
