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

    /// <summary>第三方：物业、供水、供电、燃气。 Under a station or a room, with people and a queue of its own.</summary>
    Partner = 4,
}

/// <summary>A node of the organisation tree.</summary>
public sealed class Unit
{
    public Guid Id { get; init; }
    public Guid? ParentId { get; set; }
    public UnitLevel Level { get; init; }
    public required string Name { get; set; }

    /// <summary>The number that sheets know it by, such as the statistical division code; unique, null without one.</summary>
    public string? Code { get; set; }

    /// <summary>UTC; since then nobody is put there any more. Its row stays: what was done there names it.</summary>
    public DateTimeOffset? ClosedAt { get; set; }
}

/// <summary>
/// A grid (网格): an area with one person responsible. Its outline is GeoJSON in WGS-84. A micro-grid (微网格) is a grid inside
/// a grid, of the same room; where it has a worker, that one is responsible, else the grid's.
/// </summary>
public sealed class Grid
{
    public Guid Id { get; init; }
    public Guid RoomId { get; set; }

    /// <summary>The grid that a micro-grid lies in; null for a grid.</summary>
    public Guid? ParentId { get; set; }
    public required string Name { get; set; }

    /// <summary>The number that sheets know it by; unique, null without one.</summary>
    public string? Code { get; set; }

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
