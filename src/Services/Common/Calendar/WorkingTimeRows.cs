using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Calendar;

/// <summary>A year's notice that was imported: it stands instead of the one that comes with the product.</summary>
public sealed class ImportedYear
{
    public int Year { get; init; }

    /// <summary>As <see cref="HolidayFile.Write"/> writes it.</summary>
    public required string File { get; set; }

    public required string ImportedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ImportedAt { get; set; }

    /// <summary>Counts the imports of this year: who looked at an older one confirms nothing.</summary>
    public int Version { get; set; }
}

/// <summary>Duty hours of a unit's own, for it and what is below it.</summary>
public sealed class OwnHours
{
    public const int MaxHours = 80;

    public Guid UnitId { get; init; }

    /// <summary>As <see cref="DutyHours.ToString"/> writes it.</summary>
    public required string Hours { get; set; }

    public required string ChangedBy { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ChangedAt { get; set; }
}

internal sealed class WorkingTimeSchema : IEntityTypeConfiguration<ImportedYear>, IEntityTypeConfiguration<OwnHours>
{
    private const int Name = 60;

    public void Configure(EntityTypeBuilder<ImportedYear> entity)
    {
        entity.ToTable("HolidayYears");
        entity.HasKey(y => y.Year);
        entity.Property(y => y.Year).ValueGeneratedNever();
        entity.Property(y => y.ImportedBy).HasMaxLength(Name);
        entity.Property(y => y.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<OwnHours> entity)
    {
        entity.ToTable("DutyHours");
        entity.HasKey(h => h.UnitId);
        entity.Property(h => h.UnitId).ValueGeneratedNever();
        entity.Property(h => h.Hours).HasMaxLength(OwnHours.MaxHours);
        entity.Property(h => h.ChangedBy).HasMaxLength(Name);
        entity.HasOne<Unit>().WithMany().HasForeignKey(h => h.UnitId).OnDelete(DeleteBehavior.Cascade);
    }
}
