using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.GroupChat;

/// <summary>
/// What members do in a group: read it, write to colleagues, give orders to the desk, tap cards. Every method asks first
/// whether the person is in the group.
/// </summary>
public sealed partial class GroupPosts(
    IStaffGroups groups, IStaffDesk desk, IDbContextFactory<CommunityDb> contexts, IGroupFeed feed, TimeProvider time)
{
    private static readonly GroupAnswer NotIn = new(false, "您不在这个工作群里。");

    /// <summary>The groups the person is in, the own unit's first, then from the top down.</summary>
    public async Task<IReadOnlyList<StaffGroup>> Of(StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var units = await db.Set<Unit>().AsNoTracking().OrderBy(u => u.Level).ThenBy(u => u.Name).ThenBy(u => u.Id).ToListAsync(ct);
        var mine = new List<StaffGroup>();
        foreach (var unit in units.OrderBy(u => u.Id == actor.UnitId ? 0 : 1))
            if (await groups.Has(unit.Id, actor, ct)) mine.Add(new StaffGroup(unit.Id, unit.Name));
        return mine;
    }

    /// <summary>The last <paramref name="most"/> posts; null when the person is not in that group.</summary>
    public async Task<GroupThread?> Read(Guid unitId, StaffActor actor, int most, CancellationToken ct)
    {
        if (!await groups.Has(unitId, actor, ct)) return null;
        await using var db = await contexts.CreateDbContextAsync(ct);
        if (await db.Set<Unit>().Where(u => u.Id == unitId).Select(u => u.Name).SingleOrDefaultAsync(ct) is not { } name) return null;
        var posts = await db.Set<GroupPost>().AsNoTracking().Where(p => p.UnitId == unitId).OrderByDescending(p => p.Id).Take(most + 1).ToListAsync(ct);
        var lines = posts.Take(most).Reverse().Select(p => new GroupLine(p.Id, p.At, p.Who, p.StaffId == actor.Id, p.Words, p.Card()));
        return new GroupThread(new StaffGroup(unitId, name), [.. lines], posts.Count > most);
    }

    /// <summary>A tap on a button of a card.</summary>
    public async Task<GroupAnswer> Tap(Guid unitId, string cardId, string key, StaffActor actor, CancellationToken ct)
    {
        if (!await groups.Has(unitId, actor, ct)) return NotIn;
        return new GroupAnswer(true, (await desk.Tapped(new StaffTap(actor, cardId, key), ct)).Words);
    }

    /// <summary>
    /// What was typed: an order is carried out and answered, everything else is posted, with ＊ in place of what is personal.
    /// </summary>
    public async Task<GroupAnswer> Write(Guid unitId, string words, StaffActor actor, CancellationToken ct)
    {
        if (!await groups.Has(unitId, actor, ct)) return NotIn;
        words = words.Trim();
        if (words.Length == 0) return new GroupAnswer(false, "请先写几个字。");
        if (words.Length > GroupPost.MaxWords) return new GroupAnswer(false, $"一次最多写 {GroupPost.MaxWords} 个字，请分几次发。");
        var answer = await desk.Said(new StaffWords(actor, words), ct);
        if (!answer.IsTalk) return new GroupAnswer(true, answer.Words) { Card = answer.Card };
        await Post(unitId, words, actor, ct);
        return new GroupAnswer(true, answer.Card is null ? "" : answer.Words) { Card = answer.Card };
    }

    private async Task Post(Guid unitId, string words, StaffActor actor, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.Add(new GroupPost
        {
            UnitId = unitId,
            Key = $"words:{Guid.CreateVersion7(now)}",
            At = now,
            StaffId = actor.Id,
            Who = actor.Name,
            Words = Masked(words),
        });
        await db.SaveChangesAsync(ct);
        feed.Changed(unitId);
    }

    /// <summary>Numbers of cases look like telephones, and stay. What replaces something personal is never longer than it.</summary>
    private static string Masked(string words) =>
        string.Concat(CaseNumbers().Split(words).Select((part, i) => i % 2 == 1 ? part : Masking.Mask(part)));

    [GeneratedRegex(@"(?<!\d[\s-]?)(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{4,5})(?![\s-]?\d)")]
    private static partial Regex CaseNumbers();
}
