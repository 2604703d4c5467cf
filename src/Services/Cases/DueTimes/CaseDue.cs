using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Cases;

/// <summary>What falls due for a case. Of those due at one time the lower number comes first. The values are stored: never renumber.</summary>
public enum CaseDueKind
{
    /// <summary>Somebody must have taken it up, and the resident heard from a person.</summary>
    Contact = 1,

    /// <summary>Its worker must have taken a step after the claim.</summary>
    React = 2,

    /// <summary>Half of its limit is left.</summary>
    Half = 3,

    /// <summary>Little of its limit is left.</summary>
    Nearly = 4,

    /// <summary>Its date has come.</summary>
    Due = 5,

    /// <summary>Late: whoever leads its unit is told,</summary>
    Lead = 6,

    /// <summary>then the station,</summary>
    Station = 7,

    /// <summary>then the centre,</summary>
    Centre = 8,

    /// <summary>and the centre again and again while it is open.</summary>
    Again = 9,

    /// <summary>The judges have had it for as long as its clock may stand still.</summary>
    JudgeLate = 10,

    /// <summary>A suspended case goes on.</summary>
    Resume = 11,

    /// <summary>The time to say that it is not solved is over.</summary>
    Silence = 12,

    /// <summary>A revisit should have been done.</summary>
    Revisit = 13,

    /// <summary>A sub-task should have been done.</summary>
    SubTask = 14,
}

/// <summary>
/// When something about a case falls due (UTC). Of a chain only the next stands here: opening a case adds two. It is taken out in
/// the transaction that does what was due.
/// </summary>
public sealed class CaseDue
{
    public Guid CaseId { get; init; }
    public CaseDueKind Kind { get; init; }
    public DateTimeOffset DueAt { get; set; }
}

internal sealed class CaseDueSchema : IEntityTypeConfiguration<CaseDue>
{
    public void Configure(EntityTypeBuilder<CaseDue> entity)
    {
        // No foreign key: a row that outlives its case is taken out by the job, and opening a case is spared two look-ups.
        entity.ToTable("CaseDues");
        entity.HasKey(d => new { d.CaseId, d.Kind });
        entity.HasIndex(d => d.DueAt);
    }
}
