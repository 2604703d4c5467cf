using WuShe.Dialogs;
using WuShe.Dialogs.Questions;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Routing;

namespace WuShe.Services.Routing;

/// <summary>Something that might be reported: a category's code or nothing, words for the place or nothing, Beijing date and time.</summary>
public sealed record RouteTrial(string Category, string Place, DateOnly Day, TimeOnly Time);

/// <summary>Who would get it and why, or why that cannot be said. <paramref name="Place"/> is what the words were taken for.</summary>
public sealed record RouteAnswer(bool Found, string Who, string Reason, string Place);

/// <summary>「这件事会派给谁？」: routes without opening anything.</summary>
public sealed class RouteTest(IRouting routing, IPlaces places, RouteBook book, OrganisationMap map)
{
    private static readonly TimeSpan Beijing = TimeSpan.FromHours(8);

    public async Task<RouteAnswer> Ask(RouteTrial trial, StaffActor actor, CancellationToken ct)
    {
        if (!RuleRights.May(actor)) return Cannot("派单规则由管理员、指导中心和站长来定。");
        var spot = new Spot("", null, null, null);
        if (trial.Place.Trim() is { Length: > 0 } words)
        {
            var match = await places.Find(new PlaceAnswer(words, null), ct);
            if (match.Kind == PlaceMatchKind.Ambiguous)
                return Cannot($"“{words}”有几处：{string.Join("、", match.Candidates.Select(one => one.Words))}。请写清楚是哪一处。");
            spot = match.Spot;
        }
        var organisation = await map.Current(ct);
        var rights = new RuleRights(actor, organisation, await book.Current(ct));
        if (spot.GridId is { } grid && organisation.Grids.TryGetValue(grid, out var known) && !rights.IsMine(known.RoomId)) return Cannot("这个地方不归您的单位管。");
        var at = new DateTimeOffset(trial.Day.ToDateTime(trial.Time), Beijing).ToUniversalTime();
        var taken = await routing.Route(new RouteQuestion(trial.Category, spot, "", at), ct);
        return new RouteAnswer(true, Router.Named(taken.Responsible), taken.Reason, Taken(trial.Place, spot, organisation));
    }

    private static string Taken(string words, Spot spot, OrganisationSnapshot organisation)
    {
        if (words.Trim().Length == 0) return "没有写地点。";
        return spot.GridId is { } id && organisation.Grids.TryGetValue(id, out var grid)
            ? $"{spot.Words}，在{grid.Name}。"
            : "不知道这个地方，当作没有写地点。";
    }

    private static RouteAnswer Cannot(string why) => new(false, "", why, "");
}
