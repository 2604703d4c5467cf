using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;

namespace WuShe.Services.ProblemReports;

/// <summary>
/// The catalogue as admins have it: the product's own with their changes. Read from memory; what is changed on another
/// instance counts here within ten seconds.
/// </summary>
public sealed class CatalogueInUse : IDisposable
{
    private static readonly Catalogue Default = new();
    private readonly Remembered<Catalogue> _remembered;

    public CatalogueInUse(IDbContextFactory<CommunityDb> contexts, TimeProvider time) =>
        _remembered = new Remembered<Catalogue>(ct => Load(contexts, ct), time);

    /// <summary>Without a record: as <paramref name="read"/> says.</summary>
    internal CatalogueInUse(Func<Catalogue> read) => _remembered = new Remembered<Catalogue>(_ => Task.FromResult(read()), TimeProvider.System);

    /// <summary>
    /// As it was read last: for dialogs, which ask no clock and wait for nothing but answers. Each report reads the current
    /// one when it begins and when it is submitted.
    /// </summary>
    public Catalogue Now => _remembered.Loaded ?? Default;

    /// <summary>At most ten seconds old.</summary>
    public ValueTask<Catalogue> Current(CancellationToken ct) => _remembered.Current(ct);

    /// <summary>Reads it anew; call it after a change.</summary>
    public Task Reload(CancellationToken ct) => _remembered.Reload(ct);

    public void Dispose() => _remembered.Dispose();

    private static async Task<Catalogue> Load(IDbContextFactory<CommunityDb> contexts, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var changes = await db.Set<CategoryChange>().AsNoTracking().ToListAsync(ct);
        return changes.Count == 0 ? Default : With(changes.ToDictionary(change => change.Code, change => CategoryFields.Parse(change.Fields)));
    }

    private static Catalogue With(Dictionary<string, CategoryFields> changes) => new(
        Default.Natures, Default.Kinds.Select(kind => changes.TryGetValue(kind.Code, out var fields) ? fields.Applied(kind) : kind));
}
