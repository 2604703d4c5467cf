using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.IO.Converters;

namespace WuShe.Services.Common.Organisation;

/// <summary>Grids as areas (GeoJSON, WGS-84): which one a point lies in. Built once, read by many at once.</summary>
internal sealed class GridAreas
{
    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    private readonly STRtree<Area> _tree = new();
    private readonly GeometryFactory _points = new();

    public GridAreas(IEnumerable<Grid> grids)
    {
        foreach (var grid in grids)
        {
            if (Read(grid.Outline) is not { } outline) continue;
            // Prepared geometries build their index on the first question, which is not safe for many at once: ask one now.
            var prepared = PreparedGeometryFactory.Prepare(outline);
            prepared.Covers(outline.InteriorPoint);
            _tree.Insert(outline.EnvelopeInternal, new Area(grid, prepared, outline.Area));
        }
        _tree.Build();
    }

    /// <summary>The grid at a point in WGS-84 degrees, borders included; the smaller one where two overlap.</summary>
    public Grid? At(double latitude, double longitude)
    {
        var coordinate = new Coordinate(longitude, latitude);
        Area? best = null;
        foreach (var area in _tree.Query(new Envelope(coordinate)))
            if ((best is null || area.Size < best.Size) && area.Outline.Covers(_points.CreatePoint(coordinate))) best = area;
        return best?.Grid;
    }

    /// <summary>Null when the text is empty or no area; an outline drawn badly counts as none rather than stopping everybody.</summary>
    public static Geometry? Read(string? geoJson)
    {
        if (string.IsNullOrWhiteSpace(geoJson)) return null;
        try
        {
            var geometry = JsonSerializer.Deserialize<Geometry>(geoJson, GeoJson);
            return geometry is Polygon or MultiPolygon && !geometry.IsEmpty ? geometry.IsValid ? geometry : geometry.Buffer(0) : null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private sealed record Area(Grid Grid, IPreparedGeometry Outline, double Size);
}
