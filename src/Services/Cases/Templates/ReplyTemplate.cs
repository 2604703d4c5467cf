using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Cases;

/// <summary>Words that a unit's people say again and again, with gaps that the case fills.</summary>
public sealed class ReplyTemplate
{
    public const int MaxTitle = 30;
    public const int MaxWords = 500;

    public Guid Id { get; init; }

    /// <summary>Whose it is: the people of the unit and of those below it use it.</summary>
    public Guid UnitId { get; init; }
    public required string Title { get; set; }

    /// <summary>With <see cref="ReplyTemplates.Variables"/> in braces.</summary>
    public required string Words { get; set; }
}

internal sealed class ReplyTemplateSchema : IEntityTypeConfiguration<ReplyTemplate>
{
    public void Configure(EntityTypeBuilder<ReplyTemplate> entity)
    {
        entity.ToTable("ReplyTemplates");
        entity.Property(t => t.Id).ValueGeneratedNever();
        entity.Property(t => t.Title).HasMaxLength(ReplyTemplate.MaxTitle);
        entity.Property(t => t.Words).HasMaxLength(ReplyTemplate.MaxWords);
        entity.HasIndex(t => t.UnitId);
    }
}
