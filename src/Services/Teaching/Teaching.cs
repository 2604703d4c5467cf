using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.ProblemReports;

namespace WuShe.Services.Teaching;

/// <summary>How an act of a member of staff went, with a sentence for the page.</summary>
public sealed record TeachingOutcome(bool Done, string Words);

/// <summary>Sentences that the model took for the same thing.</summary>
public sealed record SayingGroup(string Guess, int Times, IReadOnlyList<UnclearSaying> Sayings);

/// <summary>
/// What staff do with sentences that were not understood. For social workers, station leads, the centre and admins; the
/// sentences carry nothing personal, so every unit sees all of them.
/// </summary>
public sealed class Teaching(IDbContextFactory<CommunityDb> contexts, IProblemKinds kinds, TimeProvider time)
{
    private const int MostShown = 200;
    private static readonly TeachingOutcome NotAllowed = new(false, "这一页由社工、站长和管理员处理。");

    /// <summary>What a sentence can mean, in words for the page.</summary>
    public static IReadOnlyDictionary<string, string> Meanings { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Intents.Report] = "反映问题",
        [Intents.Progress] = "问进度",
        [Intents.Lawyer] = "找律师",
        [Intents.Volunteer] = "志愿活动",
        [Intents.Notice] = "问通知和政策",
        [Intents.Mine] = "我的事",
        [Intents.Human] = "找工作人员",
        [Intents.Help] = "问怎么用",
        [Intents.Cancel] = "不办了",
        [Intents.Back] = "返回或更正",
        [Intents.Repeat] = "没听清",
        [Intents.None] = "闲聊或其他",
    };

    public static bool May(StaffActor actor) => actor.Role is Role.SocialWorker or Role.StationLead or Role.Centre or Role.Admin;

    /// <summary>Open sentences, grouped by what the model took them for, most frequent first; none for whoever may not teach.</summary>
    public async Task<IReadOnlyList<SayingGroup>> Open(StaffActor actor, CancellationToken ct)
    {
        if (!May(actor)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = await db.Set<UnclearSaying>().AsNoTracking().Where(s => s.State == SayingState.Open)
            .OrderByDescending(s => s.Times).ThenByDescending(s => s.LastAt).Take(MostShown).ToListAsync(ct);
        return [.. open.GroupBy(s => s.Guess).Select(group => new SayingGroup(group.Key, group.Sum(s => s.Times), [.. group])).OrderByDescending(group => group.Times)];
    }

    /// <summary>Says what a sentence means; <paramref name="category"/> for reports only.</summary>
    public Task<TeachingOutcome> Teach(Guid saying, string intent, string? category, StaffActor actor, CancellationToken ct)
    {
        if (!Meanings.ContainsKey(intent)) return Task.FromResult(new TeachingOutcome(false, "没有这一类意思。"));
        if (intent == Intents.Report && kinds.Names.All(kind => kind.Code != category)) return Task.FromResult(new TeachingOutcome(false, "请选问题的类别。"));
        return Change(saying, actor, one => one.Teach(intent, intent == Intents.Report ? category : null, actor.Id, time.GetUtcNow()), "记下了，下次训练时会学到。", ct);
    }

    /// <summary>There is nothing to learn from it.</summary>
    public Task<TeachingOutcome> Dismiss(Guid saying, StaffActor actor, CancellationToken ct) =>
        Change(saying, actor, one => one.Dismiss(actor.Id, time.GetUtcNow()), "好的，这一句不用学。", ct);

    /// <summary>Takes the last decision back.</summary>
    public Task<TeachingOutcome> Undo(Guid saying, StaffActor actor, CancellationToken ct) =>
        Change(saying, actor, one => one.OpenAgain(), "已撤销。", ct);

    private async Task<TeachingOutcome> Change(Guid saying, StaffActor actor, Action<UnclearSaying> change, string done, CancellationToken ct)
    {
        if (!May(actor)) return NotAllowed;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<UnclearSaying>().FirstOrDefaultAsync(s => s.Id == saying, ct) is not { } one) return new TeachingOutcome(false, "没有这一句。");
        change(one);
        await db.SaveChangesAsync(ct);
        return new TeachingOutcome(true, done);
    }
}
