using WuShe.Dialogs;

namespace WuShe.Services.Common.Organisation;

/// <summary>
/// Converts between WGS-84 (GPS, GeoJSON, the record) and GCJ-02 (WeChat and every Chinese map). Points outside China are
/// the same in both. There is no official inverse: it is found by iteration, to below a centimetre.
/// </summary>
public static class Gcj02
{
    private const double A = 6378245.0;
    private const double Ee = 0.00669342162296594323;
    private const double Close = 1e-9;

    /// <summary>The point in WGS-84 degrees, whatever datum it is in.</summary>
    public static GeoPoint ToWgs84(this GeoPoint point)
    {
        if (point.Datum == Datum.Wgs84) return point;
        var (latitude, longitude) = (point.Latitude, point.Longitude);
        if (!InChina(latitude, longitude)) return point with { Datum = Datum.Wgs84 };
        for (var i = 0; i < 10; i++)
        {
            var (dLat, dLon) = Shift(latitude, longitude);
            var (missLat, missLon) = (latitude + dLat - point.Latitude, longitude + dLon - point.Longitude);
            latitude -= missLat;
            longitude -= missLon;
            if (Math.Abs(missLat) < Close && Math.Abs(missLon) < Close) break;
        }
        return new GeoPoint(latitude, longitude, Datum.Wgs84);
    }

    /// <summary>The point in GCJ-02 degrees, whatever datum it is in.</summary>
    public static GeoPoint ToGcj02(this GeoPoint point)
    {
        if (point.Datum == Datum.Gcj02) return point;
        if (!InChina(point.Latitude, point.Longitude)) return point with { Datum = Datum.Gcj02 };
        var (dLat, dLon) = Shift(point.Latitude, point.Longitude);
        return new GeoPoint(point.Latitude + dLat, point.Longitude + dLon, Datum.Gcj02);
    }

    /// <summary>The rectangle within which the shift is applied.</summary>
    private static bool InChina(double latitude, double longitude) =>
        longitude is >= 72.004 and <= 137.8347 && latitude is >= 0.8293 and <= 55.8271;

    private static (double Latitude, double Longitude) Shift(double latitude, double longitude)
    {
        var (x, y) = (longitude - 105.0, latitude - 35.0);
        var radians = latitude / 180.0 * Math.PI;
        var magic = 1 - (Ee * Math.Sin(radians) * Math.Sin(radians));
        var root = Math.Sqrt(magic);
        return (
            NorthShift(x, y) * 180.0 / (A * (1 - Ee) / (magic * root) * Math.PI),
            EastShift(x, y) * 180.0 / (A / root * Math.Cos(radians) * Math.PI));
    }

    private static double NorthShift(double x, double y) =>
        -100.0 + (2.0 * x) + (3.0 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x)))
        + Waves(x)
        + (((20.0 * Math.Sin(y * Math.PI)) + (40.0 * Math.Sin(y / 3.0 * Math.PI))) * 2.0 / 3.0)
        + (((160.0 * Math.Sin(y / 12.0 * Math.PI)) + (320.0 * Math.Sin(y * Math.PI / 30.0))) * 2.0 / 3.0);

    private static double EastShift(double x, double y) =>
        300.0 + x + (2.0 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x)))
        + Waves(x)
        + (((20.0 * Math.Sin(x * Math.PI)) + (40.0 * Math.Sin(x / 3.0 * Math.PI))) * 2.0 / 3.0)
        + (((150.0 * Math.Sin(x / 12.0 * Math.PI)) + (300.0 * Math.Sin(x / 30.0 * Math.PI))) * 2.0 / 3.0);

    private static double Waves(double x) =>
        ((20.0 * Math.Sin(6.0 * x * Math.PI)) + (20.0 * Math.Sin(2.0 * x * Math.PI))) * 2.0 / 3.0;
}
