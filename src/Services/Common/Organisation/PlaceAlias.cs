namespace WuShe.Services.Common.Organisation;

/// <summary>What people in a community call a place, as staff taught it: 南门坝坝 is in that grid, or is that building.</summary>
public sealed class PlaceAlias
{
    public const int MaxWords = 60;

    public Guid Id { get; init; }

    /// <summary>As staff wrote it.</summary>
    public required string Words { get; set; }

    /// <summary>As it is looked up: <see cref="PlaceWords.Key"/>. One meaning in a room.</summary>
    public required string Key { get; init; }
    public Guid RoomId { get; init; }
    public Guid GridId { get; set; }

    /// <summary>Null when only the grid is known.</summary>
    public Guid? BuildingId { get; set; }
    public Guid TaughtById { get; set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset TaughtAt { get; set; }
}
