using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Routing;

/// <summary>Units, grids and people are named by id alone: one that goes makes its rules idle, not the import fail.</summary>
internal sealed class RoutingSchema : IEntityTypeConfiguration<RoutingRule>
{
    public void Configure(EntityTypeBuilder<RoutingRule> entity)
    {
        entity.ToTable("RoutingRules");
        entity.Property(rule => rule.Id).ValueGeneratedNever();
        entity.Property(rule => rule.Name).HasMaxLength(RoutingRule.MaxName);
        entity.Property(rule => rule.Category).HasMaxLength(40);
        entity.Property(rule => rule.Version).IsConcurrencyToken();
        entity.Ignore(rule => rule.Terms);
    }
}
