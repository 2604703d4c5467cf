using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// An import being carried out in a context that somebody else saves or drops: what is tried and what is done are the same work.
/// Units come first, then people, then grids, as each needs those before.
/// </summary>
internal sealed class ImportPlan(CommunityDb db, StaffActor actor, Departures departures, DateTimeOffset now)
{
    private readonly List<(SheetRow Row, ImportLine Line)> _lines = [];
    private readonly HashSet<SheetRow> _wrong = new(ReferenceEqualityComparer.Instance);
    private int _unchanged;

    public CommunityDb Db => db;
    public StaffActor Actor => actor;
    public Departures Departures => departures;
    public DateTimeOffset Now => now;

    public async Task<ImportReport> Run(OrganisationSheet sheet, CancellationToken ct)
    {
        if (!OrganisationRights.Manages(actor)) return new ImportReport([], 0, OrganisationOutcome.NotAllowed.Words, "");
        if (sheet.Refusal is { } refusal) return new ImportReport([], 0, refusal, "");
        if (sheet.Count == 0) return new ImportReport([], 0, "表里一行也没有。", "");
        // Thousands of rows are compared and written one by one: looking for changes once, at the end, is enough.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            var units = new UnitRows(this, await db.Set<Unit>().AsTracking().ToListAsync(ct));
            units.Take(Of(sheet, SheetKind.Unit));
            var staff = await db.Users.AsTracking().ToListAsync(ct);
            var grids = await db.Set<Grid>().AsTracking().ToListAsync(ct);
            var before = grids.ToDictionary(grid => grid.Id, grid => grid.WorkerId);
            var people = new PeopleRows(this, units, staff);
            await people.Take(Of(sheet, SheetKind.Person), ct);
            var areas = new GridRows(this, units, people, grids, before);
            await areas.Take(Of(sheet, SheetKind.Grid), ct);
            units.CheckRemoved(staff, areas.Standing);
        }
        finally
        {
            db.ChangeTracker.AutoDetectChangesEnabled = true;
        }

        var order = new Dictionary<SheetRow, int>(ReferenceEqualityComparer.Instance);
        foreach (var row in sheet.Rows) order[row] = order.Count;
        // A row that was found wrong later on, such as by its outline, says only that.
        List<ImportLine> lines = [.. _lines.Where(one => one.Line.Change == ImportChange.Wrong || !IsWrong(one.Row))
            .OrderBy(one => one.Line.Change != ImportChange.Wrong).ThenBy(one => order[one.Row]).Select(one => one.Line)];
        return new ImportReport(lines, _unchanged, null, Fingerprint(lines));
    }

    public void Wrong(SheetRow row, string why)
    {
        // One reason a row is enough to mend it; the next one comes when it is tried again.
        if (_wrong.Add(row)) Say(row, ImportChange.Wrong, why);
    }

    public bool IsWrong(SheetRow row) => _wrong.Contains(row);

    public void Added(SheetRow row, string what) => Say(row, ImportChange.Added, what);

    public void Removed(SheetRow row, string what) => Say(row, ImportChange.Removed, what);

    /// <summary>The changes of one row; none makes it unchanged.</summary>
    public void Changed(SheetRow row, string what, IReadOnlyList<string> changes)
    {
        if (changes.Count == 0) _unchanged++;
        else Say(row, ImportChange.Changed, $"{what}：{string.Join("；", changes)}");
    }

    public void Same() => _unchanged++;

    private void Say(SheetRow row, ImportChange change, string words) => _lines.Add((row, new ImportLine(row.Where, change, words)));

    private static List<SheetRow> Of(OrganisationSheet sheet, SheetKind kind) => [.. sheet.Rows.Where(row => row.Kind == kind)];

    private static string Fingerprint(List<ImportLine> lines)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var line in lines) hash.AppendData(Encoding.UTF8.GetBytes($"{line.Where}\t{line.Change}\t{line.Words}\n"));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
