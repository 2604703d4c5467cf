using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>A template as its users see it. <paramref name="Mine"/>: the actor may change it.</summary>
public sealed record ReplyTemplateLine(Guid Id, string Title, string Words, string UnitName, bool Mine);

/// <summary>
/// Templates of replies: everybody uses those of the own unit and of the units above; leads write those of their own units.
/// </summary>
public sealed partial class ReplyTemplates(
    ITransactions transactions, IDbContextFactory<CommunityDb> contexts, IOrganisation organisation, TimeProvider time)
{
    /// <summary>What may stand in braces, and what it becomes.</summary>
    public static readonly IReadOnlyList<string> Variables = ["编号", "事项", "地点", "经办人", "期限"];

    /// <summary>By title.</summary>
    public async Task<IReadOnlyList<ReplyTemplateLine>> For(StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var all = await (from t in db.Set<ReplyTemplate>().AsNoTracking()
                         join u in db.Set<Unit>() on t.UnitId equals u.Id
                         orderby t.Title
                         select new { t.Id, t.Title, t.Words, t.UnitId, u.Name }).ToListAsync(ct);
        List<ReplyTemplateLine> lines = [];
        foreach (var one in all)
        {
            var mine = await IsMine(one.UnitId, actor, ct);
            if (mine || await organisation.IsWithin(actor.UnitId, one.UnitId, ct)) lines.Add(new ReplyTemplateLine(one.Id, one.Title, one.Words, one.Name, mine));
        }

        return lines;
    }

    /// <summary>Adds one to the actor's own unit (<paramref name="id"/> null), or changes it. Null when kept, else why not.</summary>
    public async Task<string?> Save(Guid? id, string title, string words, StaffActor actor, CancellationToken ct)
    {
        (title, words) = (title.Trim(), words.Trim());
        if (title.Length is 0 or > ReplyTemplate.MaxTitle) return $"名称要有 1 到 {ReplyTemplate.MaxTitle} 个字。";
        if (words.Length is 0 or > ReplyTemplate.MaxWords) return $"内容要有 1 到 {ReplyTemplate.MaxWords} 个字。";
        if (Gap().Matches(words).Select(gap => gap.Groups[1].Value).FirstOrDefault(name => !Variables.Contains(name)) is { } unknown)
            return $"没有{{{unknown}}}这个空。能用的有：{string.Join("、", Variables.Select(name => $"{{{name}}}"))}。";
        return await transactions.Run(async (db, token) =>
        {
            var row = id is null ? null : await db.Set<ReplyTemplate>().AsTracking().SingleOrDefaultAsync(t => t.Id == id, token);
            if (id is not null && row is null) return "这条常用语已经删掉了。";
            if (!await IsMine(row?.UnitId ?? actor.UnitId, actor, token)) return "常用语由站长、指导中心或管理员来写。";
            if (row is null) db.Add(new ReplyTemplate { Id = Guid.CreateVersion7(time.GetUtcNow()), UnitId = actor.UnitId, Title = title, Words = words });
            else (row.Title, row.Words) = (title, words);
            return null;
        }, ct);
    }

    /// <summary>What was deleted, so that it can be put back by <see cref="Save"/>; null when there was nothing, or it is not the actor's.</summary>
    public Task<ReplyTemplateLine?> Delete(Guid id, StaffActor actor, CancellationToken ct) => transactions.Run(async (db, token) =>
    {
        if (await db.Set<ReplyTemplate>().AsTracking().SingleOrDefaultAsync(t => t.Id == id, token) is not { } row || !await IsMine(row.UnitId, actor, token)) return null;
        db.Remove(row);
        return (ReplyTemplateLine?)new ReplyTemplateLine(row.Id, row.Title, row.Words, "", true);
    }, ct);

    /// <summary>The words for a case, its gaps filled. Long words are cut to what a note takes.</summary>
    public static string Fill(string words, CaseView subject) => CaseWords.Cut(
        Gap().Replace(words, gap => gap.Groups[1].Value switch
        {
            "编号" => subject.Number,
            "事项" => subject.Title,
            "地点" => subject.Place.Words,
            "经办人" => subject.OwnerName ?? CaseWords.Duty(subject.UnitName),
            "期限" => ChineseDate.Day(subject.DueAt),
            _ => gap.Value,
        }), Case.MaxNote);

    private async ValueTask<bool> IsMine(Guid unitId, StaffActor actor, CancellationToken ct) =>
        CaseSight.Leads(actor) && (actor.Role == Role.Admin || await organisation.IsWithin(unitId, actor.UnitId, ct));

    [GeneratedRegex(@"[{｛]\s*([^{}｛｝]*?)\s*[}｝]")]
    private static partial Regex Gap();
}
