using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Common;

public sealed class Gcj02Tests
{
    [Fact]
    public void Round_trip_in_Chongqing_is_below_half_a_metre()
    {
        for (var latitude = 28.2; latitude < 32.2; latitude += 0.13)
        {
            for (var longitude = 105.3; longitude < 110.2; longitude += 0.17)
            {
                var there = new GeoPoint(latitude, longitude, Datum.Wgs84);
                Assert.True(Metres(there, there.ToGcj02().ToWgs84()) < 0.01);
            }
        }
    }

    [Fact]
    public void The_shift_in_Chongqing_is_some_hundreds_of_metres()
    {
        var point = new GeoPoint(29.5, 106.5, Datum.Wgs84);
        Assert.InRange(Metres(point, point.ToGcj02()), 100, 800);
    }

    // The worked example that implementations of the published transformation share: Tiananmen.
    [Fact]
    public void Known_point()
    {
        var shifted = new GeoPoint(39.907375, 116.391349, Datum.Wgs84).ToGcj02();
        Assert.Equal(39.908778, shifted.Latitude, 4);
        Assert.Equal(116.397590, shifted.Longitude, 4);
    }

    [Theory]
    [InlineData(48.8566, 2.3522)]
    [InlineData(-33.8688, 151.2093)]
    public void Outside_China_nothing_moves(double latitude, double longitude)
    {
        var there = new GeoPoint(latitude, longitude, Datum.Gcj02).ToWgs84();
        Assert.Equal(new GeoPoint(latitude, longitude, Datum.Wgs84), there);
        Assert.Equal(new GeoPoint(latitude, longitude, Datum.Gcj02), there.ToGcj02());
    }

    [Fact]
    public void A_point_already_there_stays()
    {
        var point = new GeoPoint(29.5, 106.5, Datum.Wgs84);
        Assert.Equal(point, point.ToWgs84());
    }

    private static double Metres(GeoPoint a, GeoPoint b)
    {
        var north = (a.Latitude - b.Latitude) * 111_320;
        var east = (a.Longitude - b.Longitude) * 111_320 * Math.Cos(a.Latitude * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east));
    }
}
