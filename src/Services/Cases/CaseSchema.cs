using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Cases;

internal sealed class CaseSchema : IEntityTypeConfiguration<Case>
{
    public void Configure(EntityTypeBuilder<Case> entity)
    {
        entity.ToTable("Cases");
        entity.Property(c => c.Id).ValueGeneratedNever();
        entity.Property(c => c.Number).HasMaxLength(20);
        entity.Property(c => c.Kind).HasMaxLength(40);
        entity.Property(c => c.Category).HasMaxLength(40);
        entity.ComplexProperty(c => c.Rules, rules => rules.Property(r => r.Department).HasMaxLength(60));
        entity.Property(c => c.Chain).HasMaxLength(32);
        entity.Property(c => c.Title).HasMaxLength(Case.MaxTitle);
        entity.Property(c => c.Words).HasMaxLength(Case.MaxWords);
        entity.Property(c => c.Place).HasMaxLength(Case.MaxPlace);
        entity.Property(c => c.Reporter).HasMaxLength(200);
        entity.Property(c => c.RatingWords).HasMaxLength(Case.MaxNote);
        entity.Property(c => c.Version).IsConcurrencyToken();
        entity.HasIndex(c => c.Number).IsUnique();
        entity.HasIndex(c => c.Reporter);
        entity.HasIndex(c => new { c.UnitId, c.State });
        entity.HasIndex(c => c.OpenedAt);
        entity.HasIndex(c => c.ClosedAt);
        entity.HasIndex(c => new { c.Priority, c.DueAt }).IsDescending(true, false).HasFilter("\"ClosedAt\" IS NULL");
        entity.HasIndex(c => new { c.OwnerId, c.State });
        entity.HasIndex(c => c.GridId);
        entity.HasIndex(c => c.MergedIntoId);
        entity.HasMany(c => c.Log).WithOne().HasForeignKey(e => e.CaseId);
        entity.HasMany(c => c.Pictures).WithOne().HasForeignKey(p => p.CaseId);
        entity.Navigation(c => c.Log).UsePropertyAccessMode(PropertyAccessMode.Field);
        entity.Navigation(c => c.Pictures).UsePropertyAccessMode(PropertyAccessMode.Field);
    }
}

internal sealed class CaseEventSchema : IEntityTypeConfiguration<CaseEvent>
{
    public void Configure(EntityTypeBuilder<CaseEvent> entity)
    {
        entity.ToTable("CaseEvents");
        entity.HasKey(e => new { e.CaseId, e.Seq });
        entity.Property(e => e.Who).HasMaxLength(60);
        entity.Property(e => e.Hash).HasMaxLength(32);
        entity.Property(e => e.Note).HasMaxLength(Case.MaxNote);
    }
}

internal sealed class CasePictureSchema : IEntityTypeConfiguration<CasePicture>
{
    public void Configure(EntityTypeBuilder<CasePicture> entity)
    {
        entity.ToTable("CasePictures");
        entity.HasKey(p => new { p.CaseId, p.Seq, p.Position });
        entity.Property(p => p.FileId).HasMaxLength(100);
        entity.HasIndex(p => p.FileId);
    }
}

internal sealed class CaseCounterSchema : IEntityTypeConfiguration<CaseCounter>
{
    public void Configure(EntityTypeBuilder<CaseCounter> entity)
    {
        entity.ToTable("CaseCounters");
        entity.HasKey(c => c.Day);
        entity.Property(c => c.Day).HasMaxLength(6);
    }
}

internal sealed class StaffNoticeSchema : IEntityTypeConfiguration<StaffNotice>
{
    public void Configure(EntityTypeBuilder<StaffNotice> entity)
    {
        entity.ToTable("StaffNotices");
        entity.Property(n => n.Id).ValueGeneratedNever();
        entity.Property(n => n.CaseNumber).HasMaxLength(20);
        entity.Property(n => n.Words).HasMaxLength(200);
        entity.HasIndex(n => new { n.StaffId, n.ReadAt });
        entity.HasIndex(n => new { n.UnitId, n.ReadAt });
    }
}
