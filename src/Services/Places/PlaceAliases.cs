using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Places;

public enum AliasResult
{
    Done,

    /// <summary>Not the actor's role, or not the actor's unit.</summary>
    NotAllowed,

    /// <summary>The words or the place cannot be taken.</summary>
    Refused,
}

/// <summary>What became of a lesson, with a sentence in Chinese. <paramref name="Spot"/> is what the words mean now, when done.</summary>
public sealed record AliasOutcome(AliasResult Result, string Words, Spot? Spot = null);

/// <summary>An alias as it is listed. <paramref name="TaughtAt"/> is UTC.</summary>
public sealed record KnownAlias(Guid Id, string Words, string Means, string TaughtBy, DateTimeOffset TaughtAt);

/// <summary>
/// Names for places that staff teach: social workers, station leads and admins, in their own unit and below it. A lesson
/// counts at once here and within ten seconds on other instances.
/// </summary>
public sealed class PlaceAliases(
    ITransactions transactions, IDbContextFactory<CommunityDb> contexts, IOrganisation organisation, OrganisationMap map, TimeProvider time)
{
    private const int Listed = 200;
    private static readonly AliasOutcome NotAllowed = new(AliasResult.NotAllowed, "只有本单位的社工、站长和管理员可以教地名。");

    /// <summary>From now on the words mean the grid or, when given, the building in it. Taught anew, the new meaning stands.</summary>
    public async Task<AliasOutcome> Teach(string words, Guid gridId, Guid? buildingId, StaffActor actor, CancellationToken ct)
    {
        words = words.Trim();
        var key = PlaceWords.Key(words);
        if (!PlaceWords.Names(key)) return Refused("请写这个地方的名字，至少两个字。「小区」「楼道」到处都有，记不住。");
        if (words.Length > PlaceAlias.MaxWords) return Refused($"地名太长了，最多 {PlaceAlias.MaxWords} 个字。");
        var now = time.GetUtcNow();
        var outcome = await transactions.Run(async (db, token) =>
        {
            var grid = await db.Set<Grid>().AsNoTracking().SingleOrDefaultAsync(g => g.Id == gridId, token);
            if (grid is null || !await MayTeach(actor, grid.RoomId, token)) return NotAllowed;
            var building = buildingId is null ? null : await db.Set<Building>().AsNoTracking().SingleOrDefaultAsync(b => b.Id == buildingId && b.GridId == gridId, token);
            if (buildingId is not null && building is null) return Refused("这栋楼不在选的网格里，请重新选。");
            var known = await db.Set<PlaceAlias>().AsTracking().SingleOrDefaultAsync(a => a.RoomId == grid.RoomId && a.Key == key, token);
            if (known is null) db.Add(known = new PlaceAlias { Id = Guid.CreateVersion7(now), Words = words, Key = key, RoomId = grid.RoomId });
            (known.Words, known.GridId, known.BuildingId, known.TaughtById, known.TaughtAt) = (words, gridId, buildingId, actor.Id, now);
            var spot = building is null
                ? new Spot(words, gridId, null, null)
                : new Spot(building.Estate + building.Name, gridId, building.Latitude, building.Longitude);
            return new AliasOutcome(AliasResult.Done, $"记住了：「{words}」在{(building is null ? grid.Name : spot.Words)}。", spot);
        }, ct);
        if (outcome.Result == AliasResult.Done) await map.Reload(ct);
        return outcome;
    }

    /// <summary>The words mean nothing again; cases that were placed by them stay where they are.</summary>
    public async Task<AliasOutcome> Forget(Guid aliasId, StaffActor actor, CancellationToken ct)
    {
        var outcome = await transactions.Run(async (db, token) =>
        {
            var known = await db.Set<PlaceAlias>().AsTracking().SingleOrDefaultAsync(a => a.Id == aliasId, token);
            if (known is null || !await MayTeach(actor, known.RoomId, token)) return NotAllowed;
            db.Remove(known);
            return new AliasOutcome(AliasResult.Done, $"「{known.Words}」已经删掉。");
        }, ct);
        if (outcome.Result == AliasResult.Done) await map.Reload(ct);
        return outcome;
    }

    /// <summary>What was taught in the actor's unit and below, newest first.</summary>
    public async Task<IReadOnlyList<KnownAlias>> Known(StaffActor actor, CancellationToken ct)
    {
        if (!Teaches(actor)) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rooms = await organisation.Below(actor.UnitId, ct);
        var mine = db.Set<PlaceAlias>().AsNoTracking().Where(a => actor.Role == Role.Admin || rooms.Contains(a.RoomId));
        return await mine.OrderByDescending(a => a.TaughtAt).Take(Listed).Select(a => new KnownAlias(
            a.Id, a.Words,
            db.Set<Building>().Where(b => b.Id == a.BuildingId).Select(b => b.Estate + b.Name).FirstOrDefault()
                ?? db.Set<Grid>().Where(g => g.Id == a.GridId).Select(g => g.Name).FirstOrDefault() ?? "",
            db.Set<StaffUser>().Where(s => s.Id == a.TaughtById).Select(s => s.DisplayName).FirstOrDefault() ?? "",
            a.TaughtAt)).ToListAsync(ct);
    }

    /// <summary>Whether the role teaches places at all; where is decided with each lesson.</summary>
    public static bool Teaches(StaffActor actor) => actor.Role is Role.SocialWorker or Role.StationLead or Role.Admin;

    private async ValueTask<bool> MayTeach(StaffActor actor, Guid roomId, CancellationToken ct) =>
        Teaches(actor) && (actor.Role == Role.Admin || await organisation.IsWithin(roomId, actor.UnitId, ct));

    private static AliasOutcome Refused(string words) => new(AliasResult.Refused, words);
}
