using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Cases;

/// <summary>A list of cases that somebody comes back to: what the inbox was narrowed to, under a name of their own.</summary>
public sealed class SavedView
{
    public const int MaxName = 20;
    public const int MaxQuery = 400;

    public Guid Id { get; init; }
    public Guid StaffId { get; init; }
    public required string Name { get; init; }

    /// <summary>What follows the question mark in the inbox's address.</summary>
    public required string Query { get; init; }
}

internal sealed class SavedViewSchema : IEntityTypeConfiguration<SavedView>
{
    public void Configure(EntityTypeBuilder<SavedView> entity)
    {
        entity.ToTable("SavedViews");
        entity.Property(v => v.Id).ValueGeneratedNever();
        entity.Property(v => v.Name).HasMaxLength(SavedView.MaxName);
        entity.Property(v => v.Query).HasMaxLength(SavedView.MaxQuery);
        entity.HasIndex(v => new { v.StaffId, v.Name }).IsUnique();
    }
}
