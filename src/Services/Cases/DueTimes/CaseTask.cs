using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Cases;

/// <summary>What kind of task belongs to a case. The values are stored: never renumber.</summary>
public enum CaseTaskKind
{
    /// <summary>回访: somebody was not content and is asked why, by the leads.</summary>
    Revisit = 1,

    /// <summary>子任务: a part of the case with an owner of its own.</summary>
    SubTask = 2,
}

/// <summary>Something to be done beside the way of a case. What happens to it stands in the case's log.</summary>
public sealed class CaseTask
{
    public const int MaxWords = 200;

    public Guid Id { get; init; }
    public Guid CaseId { get; init; }
    public CaseTaskKind Kind { get; init; }
    public required string Words { get; init; }

    /// <summary>Whose it is; null: anybody's who leads the unit.</summary>
    public Guid? OwnerId { get; set; }

    /// <summary>The case's unit when it was made.</summary>
    public Guid UnitId { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }
    public DateTimeOffset? DoneAt { get; set; }
    public Guid? DoneById { get; set; }
    public string Result { get; set; } = "";
}

internal sealed class CaseTaskSchema : IEntityTypeConfiguration<CaseTask>
{
    public void Configure(EntityTypeBuilder<CaseTask> entity)
    {
        entity.ToTable("CaseTasks");
        entity.Property(t => t.Id).ValueGeneratedNever();
        entity.Property(t => t.Words).HasMaxLength(CaseTask.MaxWords);
        entity.Property(t => t.Result).HasMaxLength(CaseTask.MaxWords);
        entity.HasIndex(t => t.CaseId);
        entity.HasIndex(t => new { t.OwnerId, t.DoneAt });
        entity.HasIndex(t => new { t.UnitId, t.DueAt }).HasFilter("\"DoneAt\" IS NULL");
    }
}
