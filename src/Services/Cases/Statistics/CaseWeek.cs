using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Cases;

/// <summary>
/// What became of the cases that were opened in one week, by unit and category: counted again and again from the cases
/// themselves, so that a dashboard reads a few rows however many cases there are.
/// </summary>
public sealed class CaseWeek
{
    /// <summary>The Monday, Beijing date.</summary>
    public DateOnly Week { get; init; }
    public Guid UnitId { get; init; }
    public required string Category { get; init; }
    public int Opened { get; set; }

    /// <summary>The resident has heard from a person.</summary>
    public int Claimed { get; set; }

    /// <summary>Closed, as the worker says.</summary>
    public int Closed { get; set; }

    /// <summary>Of these, the reporter has confirmed it; silence does not count.</summary>
    public int Confirmed { get; set; }

    /// <summary>Of the closed ones, by their date.</summary>
    public int OnTime { get; set; }
    public int Reopened { get; set; }
    public int Rated { get; set; }

    /// <summary>Of 1 to 5 each.</summary>
    public int RatingSum { get; set; }

    internal bool SameAs(CaseWeek other) =>
        (Opened, Claimed, Closed, Confirmed, OnTime, Reopened, Rated, RatingSum)
        == (other.Opened, other.Claimed, other.Closed, other.Confirmed, other.OnTime, other.Reopened, other.Rated, other.RatingSum);

    internal void Become(CaseWeek other) =>
        (Opened, Claimed, Closed, Confirmed, OnTime, Reopened, Rated, RatingSum)
        = (other.Opened, other.Claimed, other.Closed, other.Confirmed, other.OnTime, other.Reopened, other.Rated, other.RatingSum);
}

/// <summary>When the cases were counted last: one row.</summary>
public sealed class CaseCount
{
    public int Id { get; init; } = 1;
    public DateTimeOffset At { get; set; }
}

internal sealed class CaseWeekSchema : IEntityTypeConfiguration<CaseWeek>, IEntityTypeConfiguration<CaseCount>
{
    public void Configure(EntityTypeBuilder<CaseWeek> entity)
    {
        entity.ToTable("CaseWeeks");
        entity.HasKey(w => new { w.Week, w.UnitId, w.Category });
        entity.Property(w => w.Category).HasMaxLength(40);
    }

    public void Configure(EntityTypeBuilder<CaseCount> entity)
    {
        entity.ToTable("CaseCounts");
        entity.HasKey(c => c.Id);
        entity.Property(c => c.Id).ValueGeneratedNever();
    }
}
