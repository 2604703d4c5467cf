using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Teaching;

internal sealed class UnclearSayingSchema : IEntityTypeConfiguration<UnclearSaying>
{
    public void Configure(EntityTypeBuilder<UnclearSaying> entity)
    {
        entity.ToTable("UnclearSayings");
        entity.Property(s => s.Id).ValueGeneratedNever();
        entity.Property(s => s.Words).HasMaxLength(UnclearSaying.MaxWords);
        entity.Property(s => s.Same).HasMaxLength(UnclearSaying.MaxWords);
        entity.Property(s => s.Guess).HasMaxLength(40);
        entity.Property(s => s.Intent).HasMaxLength(40);
        entity.Property(s => s.Category).HasMaxLength(40);
        entity.HasIndex(s => s.Same).IsUnique();
        entity.HasIndex(s => s.State);
    }
}

internal sealed class TrainedModelSchema : IEntityTypeConfiguration<TrainedModel>
{
    public void Configure(EntityTypeBuilder<TrainedModel> entity)
    {
        entity.ToTable("TrainedModels");
        entity.Property(m => m.Id).ValueGeneratedNever();
        entity.Property(m => m.AskedBy).HasMaxLength(60);
        entity.HasIndex(m => m.State);
    }
}
