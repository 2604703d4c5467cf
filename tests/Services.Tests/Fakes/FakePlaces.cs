using System.Text.RegularExpressions;
using WuShe.Dialogs.Questions;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Tests.Fakes;

/// <summary>Two estates: 翠湖苑 with 3栋 and 5栋, 锦绣园 with 5栋. Any position is 翠湖苑南门.</summary>
public sealed partial class FakePlaces : IPlaces
{
    public static readonly Guid Lake = Guid.Parse("11111111-1111-7111-8111-111111111111");
    public static readonly Guid Brocade = Guid.Parse("22222222-2222-7222-8222-222222222222");

    private static readonly (string Estate, string Name, Guid Grid)[] Buildings =
        [("翠湖苑", "3栋", Lake), ("翠湖苑", "5栋", Lake), ("锦绣园", "5栋", Brocade)];

    public Task<PlaceMatch> Find(PlaceAnswer answer, CancellationToken ct) => Task.FromResult(answer.Point is { } point
        ? Found(new Spot(answer.Words.Length > 0 ? answer.Words : "翠湖苑南门", Lake, point.Latitude, point.Longitude), answer.Words)
        : Search(answer.Words));

    public Task<PlaceMatch> FindIn(string sentence, CancellationToken ct) => Task.FromResult(Search(sentence));

    private static PlaceMatch Search(string words)
    {
        var named = Pattern().Match(words);
        if (!named.Success) return Unknown(words);
        var candidates = Buildings
            .Where(one => one.Name == named.Groups[2].Value && (!named.Groups[1].Success || one.Estate == named.Groups[1].Value))
            .Select(one => new Spot($"{one.Estate}{one.Name}{named.Groups[3].Value}", one.Grid, 29.5, 106.5)).ToList();
        return candidates.Count switch
        {
            0 => Unknown(words),
            1 => Found(candidates[0], named.Value),
            _ => new PlaceMatch(PlaceMatchKind.Ambiguous, new Spot(words, null, null, null), candidates) { Named = named.Value },
        };
    }

    private static PlaceMatch Found(Spot spot, string named) => new(PlaceMatchKind.Found, spot, []) { Named = named };

    private static PlaceMatch Unknown(string words) => new(PlaceMatchKind.Unknown, new Spot(words, null, null, null), []);

    [GeneratedRegex("(翠湖苑|锦绣园)?(\\d+栋)(\\d+单元)?")]
    private static partial Regex Pattern();
}
