using System.Text.Json;
using WuShe.Dialogs;

namespace WuShe.Integrations.BotFramework;

/// <summary>Positions in activities: entities of schema.org's <c>Place</c> and <c>GeoCoordinates</c>, and the web chat's <c>channelData.location</c>.</summary>
internal static class BotPlace
{
    public static SentLocation? In(JsonElement entities)
    {
        if (entities.ValueKind != JsonValueKind.Array) return null;
        foreach (var entity in entities.EnumerateArray())
        {
            if (entity.ValueKind != JsonValueKind.Object) continue;
            var point = BotAttachment.Word(entity, "type") switch
            {
                "GeoCoordinates" => Point(entity, Datum.Wgs84),
                "Place" when entity.TryGetProperty("geo", out var geo) => Point(geo, Datum.Wgs84),
                _ => null,
            };
            if (point is { } found) return new SentLocation(found, BotAttachment.Word(entity, "name"));
        }
        return null;
    }

    public static SentLocation? Sent(JsonElement channelData)
    {
        if (channelData.ValueKind != JsonValueKind.Object || !channelData.TryGetProperty("location", out var location)
            || location.ValueKind != JsonValueKind.Object) return null;
        var datum = string.Equals(BotAttachment.Word(location, "datum"), "gcj02", StringComparison.OrdinalIgnoreCase) ? Datum.Gcj02 : Datum.Wgs84;
        return Point(location, datum) is { } point ? new SentLocation(point, BotAttachment.Word(location, "label")) : null;
    }

    private static GeoPoint? Point(JsonElement geo, Datum datum) =>
        geo.ValueKind == JsonValueKind.Object && Number(geo, "latitude") is { } latitude && Number(geo, "longitude") is { } longitude
        && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? new GeoPoint(latitude, longitude, datum) : null;

    private static double? Number(JsonElement from, string name) =>
        from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;
}
