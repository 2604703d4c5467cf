namespace WuShe.Services.Common.Organisation;

/// <summary>Levels of the organisation, from the district's guidance centre down to the community's room.</summary>
public enum UnitLevel
{
    /// <summary>区县社会工作指导中心</summary>
    Centre = 1,

    /// <summary>镇街社工站</summary>
    Station = 2,

    /// <summary>村社社工室, the community</summary>
    Room = 3,
}

/// <summary>A node of the organisation tree.</summary>
public sealed class Unit
{
    public Guid Id { get; init; }
    public Guid? ParentId { get; set; }
    public UnitLevel Level { get; init; }
    public required string Name { get; set; }
}

/// <summary>A grid (网格): the smallest area with one person responsible. Its outline is GeoJSON in WGS-84.</summary>
public sealed class Grid
{
    public Guid Id { get; init; }
    public Guid RoomId { get; init; }
    public required string Name { get; set; }

    /// <summary>GeoJSON Polygon, WGS-84, or null when only buildings are known.</summary>
    public string? Outline { get; set; }

    /// <summary>The grid worker responsible; null leaves the grid to the duty queue of its room.</summary>
    public Guid? WorkerId { get; set; }
}

/// <summary>A building or landmark that people name, in its grid.</summary>
public sealed class Building
{
    public Guid Id { get; init; }
    public Guid GridId { get; init; }

    /// <summary>As the sign reads: 3栋, 菜鸟驿站.</summary>
    public required string Name { get; set; }

    /// <summary>The estate or street it belongs to, when several have a 3栋: 翠湖苑.</summary>
    public string Estate { get; set; } = "";

    /// <summary>Other names, separated by spaces.</summary>
    public string Aliases { get; set; } = "";

    /// <summary>WGS-84 degrees.</summary>
    public double? Latitude { get; set; }

    /// <summary>WGS-84 degrees.</summary>
    public double? Longitude { get; set; }
}
