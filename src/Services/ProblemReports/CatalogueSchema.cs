using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.ProblemReports;

internal sealed class CatalogueSchema : IEntityTypeConfiguration<CategoryChange>
{
    public void Configure(EntityTypeBuilder<CategoryChange> entity)
    {
        entity.ToTable("CategoryChanges");
        entity.HasKey(change => change.Code);
        entity.Property(change => change.Code).HasMaxLength(40);
        entity.Property(change => change.Fields).HasMaxLength(CategoryChange.MaxFields);
        entity.Property(change => change.Version).IsConcurrencyToken();
    }
}
