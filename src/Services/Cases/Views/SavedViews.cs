using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>The actor's own saved lists; nobody else sees them.</summary>
public sealed class SavedViews(ITransactions transactions, IDbContextFactory<CommunityDb> contexts, TimeProvider time)
{
    /// <summary>More than a person finds again.</summary>
    public const int Most = 12;

    private static readonly string[] Known = ["shelf", "q", "what", "from", "to", "unit", "category"];

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<SavedView>> Of(StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        return await db.Set<SavedView>().AsNoTracking().Where(v => v.StaffId == actor.Id).OrderBy(v => v.Name).ToListAsync(ct);
    }

    /// <summary>
    /// Keeps what the inbox is narrowed to (the query of its address) under a name; the same name again replaces it. Null when
    /// kept, else why not.
    /// </summary>
    public async Task<string?> Save(string name, string query, StaffActor actor, CancellationToken ct)
    {
        name = name.Trim();
        if (name.Length is 0 or > SavedView.MaxName) return $"名字要有 1 到 {SavedView.MaxName} 个字。";
        var kept = Kept(query);
        if (kept.Length == 0) return "现在看的就是全部，没有什么可以保存的。请先选一类，或者先查找。";
        if (kept.Length > SavedView.MaxQuery) return "条件太长了，存不下。";
        return await transactions.Run(async (db, token) =>
        {
            var mine = await db.Set<SavedView>().AsTracking().Where(v => v.StaffId == actor.Id).ToListAsync(token);
            if (mine.Find(v => v.Name == name) is { } same) db.Remove(same);
            else if (mine.Count >= Most) return $"最多保存 {Most} 个，请先删掉不用的。";
            db.Add(new SavedView { Id = Guid.CreateVersion7(time.GetUtcNow()), StaffId = actor.Id, Name = name, Query = kept });
            return null;
        }, ct);
    }

    public Task<int> Delete(Guid id, StaffActor actor, CancellationToken ct) => transactions.Run(async (db, token) =>
    {
        var mine = await db.Set<SavedView>().AsTracking().Where(v => v.Id == id && v.StaffId == actor.Id).ToListAsync(token);
        db.RemoveRange(mine);
        return mine.Count;
    }, ct);

    /// <summary>Only what the inbox knows, so that a link made elsewhere brings nothing else along.</summary>
    private static string Kept(string query)
    {
        var values = QueryHelpers.ParseQuery(query);
        return string.Join('&', Known.Where(key => !string.IsNullOrEmpty(values.GetValueOrDefault(key)))
            .Select(key => $"{key}={Uri.EscapeDataString(values[key].ToString())}"));
    }
}
