using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Intake;

internal sealed class IntakeSchema :
    IEntityTypeConfiguration<IntakePerson>, IEntityTypeConfiguration<IntakeEntry>, IEntityTypeConfiguration<PersonLook>, IEntityTypeConfiguration<PhoneSecret>
{
    private const int MaxStaffName = 60;

    public void Configure(EntityTypeBuilder<IntakePerson> entity)
    {
        entity.ToTable("IntakePersons");
        entity.Property(p => p.Id).ValueGeneratedNever();
        entity.Property(p => p.PhoneKey).HasMaxLength(43);
        entity.Property(p => p.CreatedBy).HasMaxLength(MaxStaffName);
        entity.HasIndex(p => p.PhoneKey).IsUnique();
    }

    public void Configure(EntityTypeBuilder<IntakeEntry> entity)
    {
        entity.ToTable("Intakes");
        entity.Property(e => e.Id).ValueGeneratedNever();
        entity.Property(e => e.CaseNumber).HasMaxLength(20);
        entity.Property(e => e.OwnerName).HasMaxLength(200);
        entity.Property(e => e.TakenBy).HasMaxLength(MaxStaffName);
        entity.HasIndex(e => e.PersonId);
        entity.HasOne<IntakePerson>().WithMany().HasForeignKey(e => e.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PersonLook> entity)
    {
        entity.ToTable("PersonLooks");
        entity.Property(l => l.Id).ValueGeneratedNever();
        entity.Property(l => l.StaffName).HasMaxLength(MaxStaffName);
        entity.Property(l => l.Why).HasMaxLength(PersonFiles.MaxWhy);
        entity.HasIndex(l => new { l.PersonId, l.At });
        entity.HasOne<IntakePerson>().WithMany().HasForeignKey(l => l.PersonId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<PhoneSecret> entity)
    {
        entity.ToTable("PhoneSecrets");
        entity.Property(s => s.Id).ValueGeneratedNever();
    }
}
