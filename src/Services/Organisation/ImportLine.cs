namespace WuShe.Services.Organisation;

/// <summary>What an import would do, or did, with a row.</summary>
public enum ImportChange
{
    /// <summary>Nothing is imported while one row is wrong.</summary>
    Wrong,
    Added,
    Changed,
    Removed,
    Unchanged,
}

/// <summary>A row of an import: 单位第 3 行, what becomes of it, and what or why in Chinese.</summary>
public sealed record ImportLine(string Where, ImportChange Change, string Words);

/// <summary>
/// All of an import. <paramref name="Refusal"/> says why nothing can be imported at all, null when something can; rows without a change
/// are counted, not listed. <paramref name="Fingerprint"/> is what a confirmation must name: it stands for exactly these changes.
/// </summary>
public sealed record ImportReport(IReadOnlyList<ImportLine> Lines, int Unchanged, string? Refusal, string Fingerprint)
{
    public int Added => Lines.Count(line => line.Change == ImportChange.Added);
    public int Changed => Lines.Count(line => line.Change == ImportChange.Changed);
    public int Removed => Lines.Count(line => line.Change == ImportChange.Removed);
    public int Wrong => Lines.Count(line => line.Change == ImportChange.Wrong);

    /// <summary>Whether there is something to confirm.</summary>
    public bool CanApply => Refusal is null && Wrong == 0 && Lines.Count > 0;
}
