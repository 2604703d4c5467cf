using WuShe.Dialogs.Questions;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Fakes;

/// <summary>
/// The product's own index over two estates, 翠湖苑 with 3栋 and 5栋 and 锦绣园 with 5栋, and a place that staff taught, 南门坝坝.
/// Any position is 翠湖苑南门.
/// </summary>
public sealed class FakePlaces : IPlaces
{
    public static readonly Guid Lake = Guid.Parse("11111111-1111-7111-8111-111111111111");
    public static readonly Guid Brocade = Guid.Parse("22222222-2222-7222-8222-222222222222");

    private static readonly PlaceIndex Index = new(
        [],
        [new Grid { Id = Lake, Name = "翠湖" }, new Grid { Id = Brocade, Name = "锦绣" }],
        [Building(1, Lake, "翠湖苑", "3栋"), Building(2, Lake, "翠湖苑", "5栋"), Building(3, Brocade, "锦绣园", "5栋")],
        [new PlaceAlias { Id = Id(4), Words = "南门坝坝", Key = PlaceWords.Key("南门坝坝"), GridId = Lake }]);

    public Task<PlaceMatch> Find(PlaceAnswer answer, CancellationToken ct) => Task.FromResult(answer.Point is { } point
        ? new PlaceMatch(PlaceMatchKind.Found, new Spot(answer.Words.Length > 0 ? answer.Words : "翠湖苑南门", Lake, point.Latitude, point.Longitude), []) { Named = answer.Words }
        : Index.In(answer.Words));

    public Task<PlaceMatch> FindIn(string sentence, CancellationToken ct) => Task.FromResult(Index.In(sentence));

    public bool Knows(string words) => Index.In(words).Kind != PlaceMatchKind.Unknown;

    public Task<PlaceMatch> At(Scene scene, CancellationToken ct) =>
        Task.FromResult(Index.Itself(Guid.TryParseExact(scene.Id, "N", out var id) ? id : Guid.Empty));

    private static Building Building(int id, Guid grid, string estate, string name) =>
        new() { Id = Id(id), GridId = grid, Estate = estate, Name = name };

    private static Guid Id(int id) => new(id, 0, 0, new byte[8]);
}
