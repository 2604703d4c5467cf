using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Cases;

/// <summary>Finds open cases that may be about the same thing: of one category, at one spot, opened lately.</summary>
public sealed class NearbyCases(IDbContextFactory<CommunityDb> contexts, IOptions<CaseSettings> settings, CaseClock clock)
{
    /// <summary>Of a building where everybody reports the same the latest are enough.</summary>
    private const int Looked = 50;
    private const int Offered = 3;
    private const double MetresPerDegree = 111_320;

    /// <summary>See <see cref="ICases.Near"/>. Without a category, without any place, or where none are to be offered, nothing is asked of the database.</summary>
    public async Task<IReadOnlyList<NearbyCase>> For(string category, Spot place, Resident resident, CancellationToken ct)
    {
        if (settings.Value.NearbyDays == 0 || category.Length == 0 || (place.GridId is null && (place.Latitude is null || place.Longitude is null))) return [];
        await using var db = await contexts.CreateDbContextAsync(ct);
        var near = await Like(db, category, place, ct);
        if (near.Count == 0) return [];
        var own = await OwnConversations.Of(db, resident, ct);
        var ids = near.ConvertAll(one => one.Id);
        var followed = await db.Set<CaseFollower>().Where(f => ids.Contains(f.CaseId) && own.Contains(f.Conversation)).Select(f => f.CaseId).ToListAsync(ct);
        return
        [
            .. near.Where(one => !own.Contains(one.Reporter) && !followed.Contains(one.Id)).Take(Offered)
                .Select(one => new NearbyCase(one.Number, NeighbourWords.Title(one.Title, one.Spot.Words), NeighbourWords.Place(one.Spot.Words), one.OpenedAt)),
        ];
    }

    /// <summary>Such cases whosever they are, the nearest first, of those the newest.</summary>
    internal async Task<List<Candidate>> Like(CommunityDb db, string category, Spot place, CancellationToken ct)
    {
        var rows = await Rows(db, category, place).ToListAsync(ct);
        return
        [
            .. from row in rows
               let apart = SameSpot.Apart(place, row.Spot, settings.Value.NearbyMetres)
               where apart is not null
               orderby apart, row.OpenedAt descending
               select row,
        ];
    }

    /// <summary>By the grid and, for what lies beyond its border, by the square around the point: each answered by an index of open cases.</summary>
    internal IQueryable<Candidate> Rows(CommunityDb db, string category, Spot place)
    {
        var since = clock.Now.AddDays(-settings.Value.NearbyDays);
        var open = db.Set<Case>().AsNoTracking().Where(c => c.Category == category && c.ClosedAt == null && c.OpenedAt >= since);
        var grid = place.GridId;
        var here = open.Where(c => c.GridId == grid);
        if (place is not { Latitude: { } latitude, Longitude: { } longitude }) return Candidates(here);
        var north = settings.Value.NearbyMetres / MetresPerDegree;
        var east = north / Math.Cos(latitude * Math.PI / 180);
        var (south, top, west, right) = (latitude - north, latitude + north, longitude - east, longitude + east);
        var around = open.Where(c => c.Latitude >= south && c.Latitude <= top && c.Longitude >= west && c.Longitude <= right);
        return grid is null ? Candidates(around) : Candidates(here).Concat(Candidates(around.Where(c => c.GridId != grid)));
    }

    private static IQueryable<Candidate> Candidates(IQueryable<Case> cases) => cases.OrderByDescending(c => c.OpenedAt).Take(Looked).Select(c => new Candidate
    {
        Id = c.Id,
        Number = c.Number,
        Title = c.Title,
        Place = c.Place,
        GridId = c.GridId,
        Latitude = c.Latitude,
        Longitude = c.Longitude,
        OpenedAt = c.OpenedAt,
        Reporter = c.Reporter,
    });

    internal sealed record Candidate
    {
        public Guid Id { get; init; }
        public required string Number { get; init; }
        public required string Title { get; init; }
        public required string Place { get; init; }
        public Guid? GridId { get; init; }
        public double? Latitude { get; init; }
        public double? Longitude { get; init; }
        public DateTimeOffset OpenedAt { get; init; }
        public required string Reporter { get; init; }

        public Spot Spot => new(Place, GridId, Latitude, Longitude);
    }
}
