using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Common.Organisation;

internal sealed class OrganisationSchema :
    IEntityTypeConfiguration<Unit>, IEntityTypeConfiguration<Grid>, IEntityTypeConfiguration<Building>, IEntityTypeConfiguration<PlaceAlias>,
    IEntityTypeConfiguration<StaffUser>, IEntityTypeConfiguration<StaffLeave>
{
    private const int Name = OrganisationLimits.Name;

    public void Configure(EntityTypeBuilder<Unit> entity)
    {
        entity.ToTable("Units");
        entity.Property(u => u.Id).ValueGeneratedNever();
        entity.Property(u => u.Name).HasMaxLength(Name);
        entity.Property(u => u.Code).HasMaxLength(OrganisationLimits.Code);
        entity.HasIndex(u => u.Code).IsUnique();
        entity.HasOne<Unit>().WithMany().HasForeignKey(u => u.ParentId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Grid> entity)
    {
        entity.ToTable("Grids");
        entity.Property(g => g.Id).ValueGeneratedNever();
        entity.Property(g => g.Name).HasMaxLength(Name);
        entity.Property(g => g.Code).HasMaxLength(OrganisationLimits.Code);
        entity.HasIndex(g => g.Code).IsUnique();
        entity.HasOne<Unit>().WithMany().HasForeignKey(g => g.RoomId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne<Grid>().WithMany().HasForeignKey(g => g.ParentId).OnDelete(DeleteBehavior.Restrict);
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
        entity.Property(s => s.DutyHours).HasMaxLength(PersonalHours.MaxText);
        entity.HasIndex(s => s.UnitId);
    }

    public void Configure(EntityTypeBuilder<StaffLeave> entity)
    {
        entity.ToTable("StaffLeaves");
        entity.Property(l => l.Id).ValueGeneratedNever();
        entity.HasIndex(l => l.StaffId);
        entity.HasIndex(l => l.SubstituteId);
        entity.HasOne<StaffUser>().WithMany().HasForeignKey(l => l.StaffId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne<StaffUser>().WithMany().HasForeignKey(l => l.SubstituteId).OnDelete(DeleteBehavior.SetNull);
    }
}
