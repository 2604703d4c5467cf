using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Places;

namespace WuShe.Services.Teaching;

/// <summary>
/// A name that no place is known by: how many cases wait for it, the sentences not understood that hold it, and the grids it is
/// likely in, likeliest first.
/// </summary>
public sealed record LostPlace(string Name, int Cases, IReadOnlyList<string> Sayings, IReadOnlyList<GridChoice> Likely);

/// <summary>
/// Names of places that were not found, gathered from cases that nobody could place and from sentences that were not
/// understood. Saying once where it is teaches the name and moves its cases.
/// </summary>
public sealed class LostPlaces(IPlaceTeaching teaching, IPlaces places, IUnderstanding understanding, IDbContextFactory<CommunityDb> contexts)
{
    private const int MostRead = 200;
    private const int MostLikely = 3;
    private const int Alike = 2;

    /// <summary>The names, the one with most cases and sentences first; none for whoever may not teach places.</summary>
    public async Task<IReadOnlyList<LostPlace>> Open(StaffActor actor, CancellationToken ct)
    {
        var grids = await teaching.Grids(actor, ct);
        if (grids.Count == 0) return [];
        var cases = (await teaching.Groups(actor, ct)).Where(group => PlaceWords.Names(group.Key)).ToDictionary(group => group.Key, group => group.Cases.Count, StringComparer.Ordinal);
        var said = await Said(ct);
        return [.. cases.Keys.Union(said.Select(one => one.Key), StringComparer.Ordinal)
            .Select(name => new LostPlace(name, cases.GetValueOrDefault(name), [.. said[name]], Likely(name, grids)))
            .OrderByDescending(place => place.Cases + place.Sayings.Count).ThenBy(place => place.Name, StringComparer.Ordinal)];
    }

    /// <summary>All grids that may be chosen.</summary>
    public Task<IReadOnlyList<GridChoice>> Grids(StaffActor actor, CancellationToken ct) => teaching.Grids(actor, ct);

    /// <summary>From now on the name means the grid or, when given, the building in it.</summary>
    public async Task<TeachingOutcome> Choose(string name, Guid gridId, Guid? buildingId, StaffActor actor, CancellationToken ct)
    {
        var outcome = await teaching.Choose(name, name, gridId, buildingId, remember: true, actor, ct);
        return new TeachingOutcome(outcome.Result == AliasResult.Done, outcome.Words);
    }

    private async Task<ILookup<string, string>> Said(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var open = await db.Set<UnclearSaying>().AsNoTracking().Where(s => s.State == SayingState.Open)
            .OrderByDescending(s => s.LastAt).Take(MostRead).Select(s => s.Words).ToListAsync(ct);
        var lost = new List<(string Name, string Words)>();
        foreach (var words in open)
            if (understanding.Read(words).Place is { } place && PlaceWords.Key(place) is var name && PlaceWords.Names(name)
                && (await places.FindIn(words, ct)).Kind == PlaceMatchKind.Unknown) lost.Add((name, words));
        return lost.ToLookup(one => one.Name, one => one.Words, StringComparer.Ordinal);
    }

    /// <summary>Where few grids are to choose from, all of them; else those in which something is called alike.</summary>
    private static List<GridChoice> Likely(string name, IReadOnlyList<GridChoice> grids)
    {
        if (grids.Count <= MostLikely) return [.. grids];
        return [.. grids.Select(grid => (Grid: grid, Shared: grid.Buildings.Select(building => building.Name).Append(grid.Name).Max(known => Shared(name, known))))
            .Where(one => one.Shared >= Alike).OrderByDescending(one => one.Shared).Take(MostLikely).Select(one => one.Grid)];
    }

    /// <summary>The longest run of letters that both have.</summary>
    private static int Shared(string name, string known)
    {
        var longest = 0;
        for (var from = 0; from < name.Length; from++)
            while (from + longest < name.Length && known.Contains(name.Substring(from, longest + 1), StringComparison.Ordinal)) longest++;
        return longest;
    }
}
