using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>What is done when something of a case falls due: people are told, and the case moves where it must.</summary>
public sealed class CaseDueSteps(IDuty duty, CaseLetters letters, CaseLater later, CaseTaskRows tasks, CaseCards cards, CaseClock clock)
{
    internal Task Take(CommunityDb db, Case subject, CaseDue row, CancellationToken ct) => row.Kind switch
    {
        CaseDueKind.Contact => Uncontacted(db, subject, ct),
        CaseDueKind.React => Unmoved(db, subject, ct),
        CaseDueKind.Half => Warn(db, subject, $"时限过半，{ChineseDate.Day(subject.DueAt)}前办结"),
        CaseDueKind.Nearly => Warn(db, subject, $"快到期了，{ChineseDate.Day(subject.DueAt)}前办结"),
        CaseDueKind.Due => Warn(db, subject, "到期了，还没办结"),
        CaseDueKind.Lead => Escalate(db, subject, UnitLevel.Room, "超时，已告诉负责人", ct),
        CaseDueKind.Station => Escalate(db, subject, UnitLevel.Station, "超时，已告诉社工站", ct),
        CaseDueKind.Centre => Escalate(db, subject, UnitLevel.Centre, "超时，已告诉指导中心", ct),
        CaseDueKind.Again => Escalate(db, subject, UnitLevel.Centre, "一直没有办结，再次告诉指导中心", ct),
        CaseDueKind.JudgeLate => Escalate(db, subject, UnitLevel.Room, "退单一个工作日了还没裁定，时限接着计算", ct),
        CaseDueKind.Resume => Resume(db, subject),
        CaseDueKind.Silence => Settle(db, subject),
        _ => Overdue(db, subject, row, ct),
    };

    /// <summary>Nobody took it up in time: whoever had it has it no longer, and the leads hear of it.</summary>
    private async Task Uncontacted(CommunityDb db, Case subject, CancellationToken ct)
    {
        var words = subject.ContactedAt is null ? "到时间还没有人联系居民" : "到时间还没有人接单";
        if (subject.OwnerId is not null) await Release(db, subject, words, ct);
        else
        {
            subject.Remark(CaseMove.Escalate, null, words, clock.Now);
            Tell(db, subject, null, words);
        }

        await TellLeads(db, subject, UnitLevel.Room, words, ct);
        cards.Post(db, subject);
    }

    /// <summary>Claimed, and then nothing: back to the queue. The resident is not bothered, the supervisor is told.</summary>
    private async Task Unmoved(CommunityDb db, Case subject, CancellationToken ct)
    {
        var words = "接单后没有动静，已退回值班";
        await Release(db, subject, words, ct);
        await TellLeads(db, subject, UnitLevel.Room, words, ct);
        cards.Post(db, subject);
    }

    private async Task Release(CommunityDb db, Case subject, string why, CancellationToken ct)
    {
        var was = subject.OwnerId;
        var unit = await db.Set<Unit>().Where(u => u.Id == subject.UnitId).Select(u => u.Name).SingleOrDefaultAsync(ct) ?? "";
        if (subject.Release(new Responsible(subject.UnitId, unit, null, null), why, clock.Now, clock.Moved(subject)) is not null) return;
        Tell(db, subject, was, why);
        Tell(db, subject, null, why);
    }

    private Task Warn(CommunityDb db, Case subject, string words)
    {
        if (subject.Remark(CaseMove.Escalate, null, words, clock.Now) is null) Tell(db, subject, subject.OwnerId, words);
        return Task.CompletedTask;
    }

    private async Task Escalate(CommunityDb db, Case subject, UnitLevel level, string words, CancellationToken ct)
    {
        if (subject.Remark(CaseMove.Escalate, null, words, clock.Now) is null) await TellLeads(db, subject, level, words, ct);
    }

    private Task Resume(CommunityDb db, Case subject)
    {
        if (subject.Resume(null, clock.Now, clock.Moved(subject)) is not null) return Task.CompletedTask;
        letters.Resumed(db, subject);
        Tell(db, subject, subject.OwnerId, "到日子了，接着办");
        cards.Changed(db, subject);
        return Task.CompletedTask;
    }

    private Task Settle(CommunityDb db, Case subject)
    {
        if (subject.Settle(clock.Now) is null) later.Owe(db, subject);
        return Task.CompletedTask;
    }

    private async Task Overdue(CommunityDb db, Case subject, CaseDue row, CancellationToken ct)
    {
        foreach (var task in await tasks.Overdue(db, row, ct))
        {
            var words = $"{CaseTasks.Chinese(task.Kind)}到期了，还没完成";
            subject.Remark(CaseMove.Task, null, $"{words}：{task.Words}", clock.Now);
            if (task.OwnerId is not null) Tell(db, subject, task.OwnerId, words);
            if (task.Kind == CaseTaskKind.Revisit) await TellLeads(db, subject, UnitLevel.Room, words, ct);
            else if (subject.OwnerId != task.OwnerId) Tell(db, subject, subject.OwnerId, words);
        }
    }

    private async Task TellLeads(CommunityDb db, Case subject, UnitLevel level, string words, CancellationToken ct)
    {
        foreach (var lead in await duty.LeadsOf(subject.UnitId, level, ct)) Tell(db, subject, lead, words);
    }

    private void Tell(CommunityDb db, Case subject, Guid? whom, string words) =>
        db.Add(StaffNotice.To(subject, whom, $"{words}：{subject.Title}", clock.Now));
}
