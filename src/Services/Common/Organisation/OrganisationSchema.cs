using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Common.Organisation;

internal sealed class OrganisationSchema :
    IEntityTypeConfiguration<Unit>, IEntityTypeConfiguration<Grid>, IEntityTypeConfiguration<Building>, IEntityTypeConfiguration<PlaceAlias>,
    IEntityTypeConfiguration<StaffUser>
{
    private const int Name = 60;

    public void Configure(EntityTypeBuilder<Unit> entity)
    {
        entity.ToTable("Units");
        entity.Property(u => u.Id).ValueGeneratedNever();
        entity.Property(u => u.Name).HasMaxLength(Name);
        entity.HasOne<Unit>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Grid> entity)
    {
        entity.ToTable("Grids");
        entity.Property(g => g.Id).ValueGeneratedNever();
        entity.Property(g => g.Name).HasMaxLength(Name);
        entity.HasOne<Unit>().WithMany().HasForeignKey(g => g.RoomId).OnDelete(DeleteBehavior.Restrict);
        entity.HasIndex(g => g.WorkerId);
    }

    public void Configure(EntityTypeBuilder<Building> entity)
    {
        entity.ToTable("Buildings");
        entity.Property(b => b.Id).ValueGeneratedNever();
        entity.Property(b => b.Name).HasMaxLength(Name);
        entity.Property(b => b.Estate).HasMaxLength(Name);
        entity.Property(b => b.Aliases).HasMaxLength(500);
        entity.HasOne<Grid>().WithMany().HasForeignKey(b => b.GridId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<PlaceAlias> entity)
    {
        entity.ToTable("PlaceAliases");
        entity.Property(a => a.Id).ValueGeneratedNever();
        entity.Property(a => a.Words).HasMaxLength(PlaceAlias.MaxWords);
        entity.Property(a => a.Key).HasMaxLength(PlaceAlias.MaxWords);
        entity.HasIndex(a => new { a.RoomId, a.Key }).IsUnique();
        entity.HasOne<Unit>().WithMany().HasForeignKey(a => a.RoomId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne<Grid>().WithMany().HasForeignKey(a => a.GridId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne<Building>().WithMany().HasForeignKey(a => a.BuildingId).OnDelete(DeleteBehavior.SetNull);
    }

    public void Configure(EntityTypeBuilder<StaffUser> entity)
    {
        entity.ToTable("Staff");
        entity.Property(s => s.DisplayName).HasMaxLength(Name);
        entity.HasIndex(s => s.UnitId);
    }
}
