namespace WuShe.Services.Cases;

/// <summary>What a dashboard counts. Each opens the list of the cases behind its number.</summary>
public enum CaseMeasure
{
    Opened,
    Claimed,
    Closed,
    Confirmed,
    OnTime,
    Reopened,
    Rated,
}

/// <summary>Measures as staff read them.</summary>
public static class CaseMeasures
{
    public static string Chinese(this CaseMeasure measure) => measure switch
    {
        CaseMeasure.Opened => "受理",
        CaseMeasure.Claimed => "接单",
        CaseMeasure.Closed => "办结",
        CaseMeasure.Confirmed => "居民确认",
        CaseMeasure.OnTime => "按时办结",
        CaseMeasure.Reopened => "重开",
        CaseMeasure.Rated => "评价",
        _ => throw new ArgumentOutOfRangeException(nameof(measure)),
    };
}

/// <summary>
/// The cases opened from the first day of <paramref name="From"/>'s week to the end of <paramref name="To"/>'s (Mondays,
/// Beijing dates) in a unit and below it, of a category; null: all.
/// </summary>
public sealed record CaseSlice(DateOnly From, DateOnly To, Guid? UnitId = null, string? Category = null, CaseMeasure Measure = CaseMeasure.Opened);

/// <summary>Counts of the cases opened in some weeks, and what became of them.</summary>
public sealed record CaseFigures(int Opened, int Claimed, int Closed, int Confirmed, int OnTime, int Reopened, int Rated, int RatingSum)
{
    /// <summary>Of fewer than this, a share says more about chance than about anybody's work, and is not shown.</summary>
    public const int Enough = 20;

    /// <summary>Of the closed ones.</summary>
    public Share? OnTimeShare => Share.Of(OnTime, Closed);

    /// <summary>Of the closed ones; whoever said nothing is not in it.</summary>
    public Share? ConfirmedShare => Share.Of(Confirmed, Closed);
    public Share? ReopenedShare => Share.Of(Reopened, Opened);

    /// <summary>1 to 5; null with too few.</summary>
    public double? Rating => Rated >= Enough ? (double)RatingSum / Rated : null;
}

/// <summary>
/// A share with the interval in which it lies with 95 % certainty (Wilson's score interval); 0 to 1.
/// </summary>
public sealed record Share(double Value, double Low, double High)
{
    private const double Z = 1.959964;

    /// <summary>Null of fewer than <see cref="CaseFigures.Enough"/>.</summary>
    public static Share? Of(int part, int whole)
    {
        if (whole < CaseFigures.Enough) return null;
        var (n, p) = ((double)whole, (double)part / whole);
        var centre = (p + (Z * Z / (2 * n))) / (1 + (Z * Z / n));
        var half = Z / (1 + (Z * Z / n)) * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        return new Share(p, Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}

/// <summary>A row of a dashboard: a unit, a category or a week. <paramref name="Key"/>: its id, code or Monday (yyyy-MM-dd).</summary>
public sealed record CaseFigureRow(string Key, string Name, CaseFigures Figures);

/// <summary>A dashboard. <paramref name="CountedAt"/> (UTC): null before the first count.</summary>
public sealed record CaseOverview(
    DateTimeOffset? CountedAt,
    CaseFigures All,
    IReadOnlyList<CaseFigureRow> Units,
    IReadOnlyList<CaseFigureRow> Categories,
    IReadOnlyList<CaseFigureRow> Weeks);
