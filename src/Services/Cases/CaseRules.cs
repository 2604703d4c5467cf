namespace WuShe.Services.Cases;

/// <summary>三事分流: whose business something is. The values are stored: never renumber.</summary>
public enum CaseScope
{
    /// <summary>Not sorted: goes where its place says.</summary>
    None = 0,

    /// <summary>大事: a department's.</summary>
    Government = 1,

    /// <summary>小事: the community's own people and its deliberation.</summary>
    Community = 2,

    /// <summary>私事: self-help, the market, volunteers.</summary>
    Private = 3,
}

/// <summary>What a close must bring besides words, which every close needs. The values are stored: never renumber.</summary>
[Flags]
public enum ClosingNeeds
{
    None = 0,

    /// <summary>A photo of how it looks now.</summary>
    Photo = 1,

    /// <summary>A lead closes it, not its worker.</summary>
    SignOff = 2,
}

/// <summary>
/// The rules a case was opened under. They are kept with the case: what was promised stands when the catalogue changes.
/// </summary>
public sealed record CaseRules
{
    public static readonly CaseRules Usual = new();

    public CaseScope Scope { get; init; }

    /// <summary>Working days until the resident must have heard from a person.</summary>
    public int ContactWorkingDays { get; init; } = 1;
    public ClosingNeeds Closing { get; init; }

    /// <summary>Whether the resident is asked once more four weeks after the close.</summary>
    public bool AsksLater { get; init; }

    /// <summary>The department that a 大事 is handed to, as people call it; empty when none.</summary>
    public string Department { get; init; } = "";
}

/// <summary>三事 as people read it.</summary>
public static class CaseScopes
{
    public static string Chinese(this CaseScope scope) => scope switch
    {
        CaseScope.None => "未分类",
        CaseScope.Government => "大事",
        CaseScope.Community => "小事",
        CaseScope.Private => "私事",
        _ => throw new ArgumentOutOfRangeException(nameof(scope)),
    };
}
