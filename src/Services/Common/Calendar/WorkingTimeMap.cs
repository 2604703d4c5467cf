using System.Collections.Concurrent;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Calendar;

/// <summary>
/// Keeps imported holidays and units' own hours in memory. The host reads them anew every ten seconds, so that changes made
/// on other instances count soon; one's own count at once after <see cref="Reload"/>.
/// </summary>
public sealed class WorkingTimeMap(IDbContextFactory<CommunityDb> contexts, WorkingCalendar calendar)
{
    private readonly ConcurrentDictionary<int, bool> _missed = [];
    private volatile IReadOnlyDictionary<Guid, DutyHours> _own = new Dictionary<Guid, DutyHours>();
    private volatile IReadOnlyList<ImportedYear> _imported = [];

    /// <summary>Units with hours of their own.</summary>
    internal IReadOnlyDictionary<Guid, DutyHours> Own => _own;

    /// <summary>Years that were imported, as they were read last.</summary>
    internal IReadOnlyList<ImportedYear> Imported => _imported;

    /// <summary>Reads both anew; call it after changing them.</summary>
    public async Task Reload(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var imported = await db.Set<ImportedYear>().AsNoTracking().OrderBy(y => y.Year).ToListAsync(ct);
        var own = await db.Set<OwnHours>().AsNoTracking().ToListAsync(ct);
        if (!Same(imported, _imported))
        {
            // A row that cannot be read counts as not imported, and the console says that the year is missing.
            calendar.Take(imported.Select(row => HolidayFile.Read(Encoding.UTF8.GetBytes(row.File), row.Year).Year).OfType<HolidayYear>());
            _imported = imported;
        }
        _own = Readable(own);
    }

    /// <summary>Somebody was promised a date in a year whose holidays are not known.</summary>
    internal void Missed(int year) => _missed.TryAdd(year, true);

    /// <summary>The years that were missed since this was last asked.</summary>
    internal IReadOnlyList<int> TakeMissed()
    {
        List<int> years = [];
        foreach (var year in _missed.Keys)
            if (_missed.TryRemove(year, out _)) years.Add(year);
        return years;
    }

    private static Dictionary<Guid, DutyHours> Readable(List<OwnHours> rows)
    {
        var own = new Dictionary<Guid, DutyHours>(rows.Count);
        foreach (var row in rows)
            if (DutyHours.Read(row.Hours) is { } hours) own[row.UnitId] = hours;
        return own;
    }

    private static bool Same(IReadOnlyList<ImportedYear> one, IReadOnlyList<ImportedYear> other) =>
        one.Select(row => (row.Year, row.Version, row.ImportedAt)).SequenceEqual(other.Select(row => (row.Year, row.Version, row.ImportedAt)));
}
