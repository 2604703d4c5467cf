using WuShe.Dialogs.Questions;

namespace WuShe.Services.Common.Organisation;

/// <summary>Places, answered from memory.</summary>
public sealed class MappedPlaces(OrganisationMap map) : IPlaces
{
    internal const string OnTheMap = "地图上的位置";

    public async Task<PlaceMatch> FindIn(string sentence, CancellationToken ct) => (await map.Current(ct)).Places.In(sentence);

    public bool Knows(string words) => map.Loaded is { } loaded && loaded.Places.In(words).Kind != PlaceMatchKind.Unknown;

    public async Task<PlaceMatch> Find(PlaceAnswer answer, CancellationToken ct)
    {
        var places = (await map.Current(ct)).Places;
        var said = places.In(answer.Words);
        if (answer.Point is not { } sent) return said;

        var point = sent.ToWgs84();
        var grid = places.GridAt(point.Latitude, point.Longitude)?.Id;
        var spot = new Spot(Words(places, answer.Words, point.Latitude, point.Longitude), grid, point.Latitude, point.Longitude);
        return said.Kind switch
        {
            // What was sent says where; what was said, when it fits, says how people call it.
            PlaceMatchKind.Found when grid is null || said.Spot.GridId == grid =>
                said with { Spot = spot with { Words = said.Spot.Words, GridId = said.Spot.GridId } },
            PlaceMatchKind.Ambiguous when said.Candidates.Count(c => c.GridId == grid) == 1 =>
                Found(spot with { Words = said.Candidates.First(c => c.GridId == grid).Words }) with { Named = said.Named },
            PlaceMatchKind.Ambiguous when grid is null => said with
            {
                Spot = spot,
                Candidates = [.. said.Candidates.Select(c => c with { Latitude = spot.Latitude, Longitude = spot.Longitude })],
            },
            _ => grid is null ? new PlaceMatch(PlaceMatchKind.Unknown, spot, []) : Found(spot),
        };
    }

    public async Task<PlaceMatch> At(Scene scene, CancellationToken ct)
    {
        var building = scene.Kind == Scene.Entrance && Guid.TryParseExact(scene.Id, "N", out var id) ? id : Guid.Empty;
        return (await map.Current(ct)).Places.Itself(building);
    }

    private static PlaceMatch Found(Spot spot) => new(PlaceMatchKind.Found, spot, []);

    private static string Words(PlaceIndex places, string said, double latitude, double longitude)
    {
        if (said.Length > 0) return said;
        var near = places.Near(latitude, longitude);
        return near.Length > 0 ? near : OnTheMap;
    }
}
