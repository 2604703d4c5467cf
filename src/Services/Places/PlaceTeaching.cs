using Microsoft.EntityFrameworkCore;
using WuShe.Services.Cases;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Places;

/// <summary>Cases that nobody could place, under the words they were placed by.</summary>
public sealed record UnplacedGroup(string Key, string Words, IReadOnlyList<UnplacedCase> Cases);

/// <summary>A grid that may be chosen, with its buildings and landmarks.</summary>
public sealed record GridChoice(Guid Id, string Name, string RoomName, IReadOnlyList<BuildingChoice> Buildings);

public sealed record BuildingChoice(Guid Id, string Name);

/// <summary>What became of a choice: the lesson, and how many cases went to the one responsible.</summary>
public sealed record TeachingOutcome(AliasResult Result, string Words, int Moved);

/// <summary>The console's work with words that name no known place: choosing once teaches them and moves their cases.</summary>
public sealed class PlaceTeaching(PlaceAliases aliases, IUnplacedCases cases, IOrganisation organisation, IDbContextFactory<CommunityDb> contexts) : IPlaceTeaching
{
    /// <summary>The groups, the one with most cases first. Words without a name in them (empty, 那里) form groups of their own.</summary>
    public async Task<IReadOnlyList<UnplacedGroup>> Groups(StaffActor actor, CancellationToken ct)
    {
        var open = await cases.List(actor, ct);
        return [.. open.GroupBy(one => KeyOf(one.Place), StringComparer.Ordinal)
            .Select(group => new UnplacedGroup(group.Key, group.First().Place, [.. group]))
            .OrderByDescending(group => group.Cases.Count).ThenBy(group => group.Cases[0].OpenedAt)];
    }

    /// <summary>Cases whose words name nothing stay apart by the words themselves: one 门口 is not another's 那里.</summary>
    private static string KeyOf(string place) => PlaceWords.Key(place) is { Length: > 0 } key ? key : place.Trim();

    public async Task<IReadOnlyList<GridChoice>> Grids(StaffActor actor, CancellationToken ct)
    {
        if (!PlaceAliases.Teaches(actor)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rooms = await organisation.Below(actor.UnitId, ct);
        var grids = await db.Set<Grid>().AsNoTracking().Where(g => actor.Role == Role.Admin || rooms.Contains(g.RoomId)).OrderBy(g => g.Id).ToListAsync(ct);
        var names = await db.Set<Unit>().AsNoTracking().ToDictionaryAsync(u => u.Id, u => u.Name, ct);
        var buildings = (await db.Set<Building>().AsNoTracking().OrderBy(b => b.Id).ToListAsync(ct)).ToLookup(b => b.GridId);
        return grids.ConvertAll(g => new GridChoice(
            g.Id, g.Name, names.GetValueOrDefault(g.RoomId, ""), [.. buildings[g.Id].Select(b => new BuildingChoice(b.Id, b.Estate + b.Name))]));
    }

    public async Task<TeachingOutcome> Choose(
        string groupKey, string words, Guid gridId, Guid? buildingId, bool remember, StaffActor actor, CancellationToken ct)
    {
        if (!(await Grids(actor, ct)).Any(g => g.Id == gridId && (buildingId is null || g.Buildings.Any(b => b.Id == buildingId))))
            return new TeachingOutcome(AliasResult.NotAllowed, "只有本单位的社工、站长和管理员可以教地名。", 0);
        var spot = new Spot(words.Trim(), gridId, null, null);
        var said = "";
        if (remember)
        {
            var lesson = await aliases.Teach(words, gridId, buildingId, actor, ct);
            if (lesson.Result != AliasResult.Done) return new TeachingOutcome(lesson.Result, lesson.Words, 0);
            (spot, said) = (lesson.Spot!, lesson.Words);
        }
        var group = (await Groups(actor, ct)).FirstOrDefault(g => g.Key == groupKey);
        var moved = group is null ? 0 : await cases.Place([.. group.Cases.Select(one => one.Number)], spot, actor, ct);
        return new TeachingOutcome(AliasResult.Done, moved == 0 && remember ? said : $"{said}{moved} 件事转给了负责的网格。", moved);
    }
}
