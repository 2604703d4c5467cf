using System.Globalization;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Quadtree;
using NetTopologySuite.IO.Converters;
using NetTopologySuite.Operation.Overlay;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// What may be a grid's outline: a GeoJSON Polygon or MultiPolygon (RFC 7946: WGS-84, longitude first) that is simple, lies
/// inside the grid around it, and shares with other grids of its level at most the border. What overlaps by less than
/// a metre is a border drawn twice.
/// </summary>
internal sealed class OutlineCheck
{
    /// <summary>Half a metre in degrees of latitude: what is thinner than twice that is no overlap.</summary>
    private const double HalfMetre = 0.5 / 111_320;

    private static readonly JsonSerializerOptions GeoJson = new() { Converters = { new GeoJsonConverterFactory() } };

    private readonly Dictionary<Guid, Outlined> _all = [];
    private readonly Dictionary<bool, Outlines> _levels = new() { [false] = new(), [true] = new() };

    /// <summary>A grid that stands already, or was found right; <paramref name="called"/> is how a refusal names it.</summary>
    public void Known(Grid grid, string called)
    {
        if (Read(grid.Outline!, out var outline) is null) Keep(grid, called, outline!);
    }

    /// <summary>Why the outline cannot be, in Chinese without a full stop, or null. The grid around it must be known before.</summary>
    public string? Wrong(Grid grid, string called)
    {
        if (Read(grid.Outline!, out var outline) is { } unreadable) return unreadable;
        if (grid.ParentId is { } around && _all.TryGetValue(around, out var outer) && IsWide(outline!.Difference(outer.Outline)))
            return $"微网格的轮廓超出了它所在的网格“{outer.Called}”";
        foreach (var other in _levels[grid.ParentId is not null].Near(outline!.EnvelopeInternal))
            if (IsWide(OverlayNGRobust.Overlay(outline, other.Outline, SpatialFunction.Intersection)))
                return $"轮廓和“{other.Called}”重叠";
        Keep(grid, called, outline);
        return null;
    }

    /// <summary>Why it is no outline, or null with the outline.</summary>
    internal static string? Read(string geoJson, out Geometry? outline)
    {
        outline = null;
        Geometry? read;
        try
        {
            read = JsonSerializer.Deserialize<Geometry>(geoJson, GeoJson);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or NotSupportedException or InvalidOperationException)
        {
            return "轮廓不是 GeoJSON";
        }

        if (read is not (Polygon or MultiPolygon) || read.IsEmpty) return "轮廓要是 GeoJSON 的 Polygon 或 MultiPolygon";
        var box = read.EnvelopeInternal;
        if (!(box.MinX >= -180 && box.MaxX <= 180 && box.MinY >= -90 && box.MaxY <= 90)) return "轮廓的坐标不对，请用 WGS-84，先经度后纬度";
        if (new IsValidOp(read).ValidationError is { } error) return Invalid(error);
        outline = read;
        return null;
    }

    private static string Invalid(TopologyValidationError error)
    {
        var at = string.Create(CultureInfo.InvariantCulture, $"经度 {error.Coordinate?.X:0.#####}、纬度 {error.Coordinate?.Y:0.#####} 附近");
        return error.ErrorType is TopologyValidationErrors.SelfIntersection or TopologyValidationErrors.RingSelfIntersection
            ? $"轮廓自己交叉（{at}）" : $"轮廓画得不对（{at}）";
    }

    private static bool IsWide(Geometry? part) => part is not null && part.Area > 0 && !part.Buffer(-HalfMetre).IsEmpty;

    private void Keep(Grid grid, string called, Geometry outline)
    {
        var known = new Outlined(called, outline);
        _all[grid.Id] = known;
        _levels[grid.ParentId is not null].Add(known);
    }

    private sealed record Outlined(string Called, Geometry Outline);

    private sealed class Outlines
    {
        private readonly Quadtree<Outlined> _tree = new();

        public void Add(Outlined one) => _tree.Insert(one.Outline.EnvelopeInternal, one);

        public IEnumerable<Outlined> Near(Envelope box) => _tree.Query(box).Where(one => one.Outline.EnvelopeInternal.Intersects(box));
    }
}
