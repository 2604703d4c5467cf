using WuShe.Dialogs.Questions;

namespace WuShe.Services.Common.Organisation;

/// <summary>A place as the record keeps it: words, grid when known, coordinates in WGS-84 degrees when known.</summary>
public sealed record Spot(string Words, Guid? GridId, double? Latitude, double? Longitude);

public enum PlaceMatchKind
{
    Found,
    Ambiguous,
    Unknown,
}

/// <summary>What a place turned out to be. Ambiguous: at least two candidates; otherwise <see cref="Spot"/> is set (grid null when unknown).</summary>
public sealed record PlaceMatch(PlaceMatchKind Kind, Spot Spot, IReadOnlyList<Spot> Candidates)
{
    /// <summary>The part of the words that named the place; empty when none did.</summary>
    public string Named { get; init; } = "";
}

/// <summary>Finds the building and grid that words or a position mean.</summary>
public interface IPlaces
{
    /// <summary>Resolves an answer to "where".</summary>
    Task<PlaceMatch> Find(PlaceAnswer answer, CancellationToken ct);

    /// <summary>Looks for a place inside a longer sentence (「3栋2单元楼道灯坏了三天了」); Unknown when it names none.</summary>
    Task<PlaceMatch> FindIn(string sentence, CancellationToken ct);

    /// <summary>
    /// Whether the words name a place that is known, by what is in memory now: for judging an answer before it is looked up.
    /// False while nothing has been loaded.
    /// </summary>
    bool Knows(string words);

    /// <summary>Where a scanned code hangs; Unknown, without words, when that is no place or none that is there any more.</summary>
    Task<PlaceMatch> At(Scene scene, CancellationToken ct);
}
