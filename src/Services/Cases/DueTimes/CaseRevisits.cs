using Microsoft.Extensions.Options;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>回访: after one of the two lowest ratings somebody who leads asks the resident what went wrong.</summary>
public sealed class CaseRevisits(CaseTaskRows rows, IDuty duty, CaseClock clock, IOptions<CaseDueSettings> settings)
{
    /// <summary>Opens the task in the transaction of the rating; nothing for any other rating.</summary>
    internal async Task After(CommunityDb db, Case subject, Satisfaction level, string words, CancellationToken ct)
    {
        if (level is not (Satisfaction.VeryDissatisfied or Satisfaction.Dissatisfied)) return;
        var dueAt = clock.DueAfter(clock.Now, settings.Value.RevisitWorkingDays, subject.UnitId);
        if (subject.Remark(CaseMove.Task, null, $"居民评价{level.Chinese()}，{settings.Value.RevisitWorkingDays} 个工作日内回访。", clock.Now) is not null) return;
        await rows.Add(db, subject, CaseTaskKind.Revisit, words.Length == 0 ? $"居民评价{level.Chinese()}" : $"居民评价{level.Chinese()}：{words}", null, dueAt, ct);
        foreach (var lead in await duty.LeadsOf(subject.UnitId, UnitLevel.Room, ct))
            db.Add(StaffNotice.To(subject, lead, $"居民评价{level.Chinese()}，请安排回访：{subject.Title}", clock.Now));
    }
}
