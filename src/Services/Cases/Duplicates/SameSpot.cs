using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>Whether two places may be one: by their points, or in the same grid by the building or landmark that their words name.</summary>
internal static class SameSpot
{
    /// <summary>
    /// How far apart, in metres: 0 for the same words in one grid, null when they are not near. Two buildings with different numbers
    /// are two places however close they stand.
    /// </summary>
    public static double? Apart(Spot one, Spot other, double within)
    {
        var (a, b) = (Named(one.Words), Named(other.Words));
        if (a.Numbered && b.Numbered && a.Name != b.Name) return null;
        if (a.Name.Length > 0 && a.Name == b.Name && one.GridId is not null && one.GridId == other.GridId) return 0;
        if (one is not { Latitude: { } lat1, Longitude: { } lon1 } || other is not { Latitude: { } lat2, Longitude: { } lon2 }) return null;
        var metres = PlaceIndex.Metres(lat1, lon1, lat2, lon2);
        return metres <= within ? metres : null;
    }

    /// <summary>翠湖苑3栋2单元501 is 翠湖苑3, 菜鸟驿站门口 is 菜鸟驿站; empty for words that name nothing.</summary>
    private static (string Name, bool Numbered) Named(string words)
    {
        if (words == MappedPlaces.OnTheMap) return ("", false);
        var even = SpokenBuilding.Level(words);
        if (SpokenBuilding.All(even) is [var first, ..]) return (even[..first.Start].Replace(" ", "", StringComparison.Ordinal) + first.Number, true);
        var key = PlaceWords.Key(words.Split('，')[0]);
        return PlaceWords.Names(key) && !PlaceWords.IsGeneral(key) ? (key, false) : ("", false);
    }
}
