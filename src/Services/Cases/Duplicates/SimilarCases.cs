using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>An open case that may be about the same thing. <paramref name="OpenedAt"/> is UTC; the owner is null in the duty queue.</summary>
public sealed record SimilarCase(string Number, string Title, string Place, CaseState State, string? OwnerName, DateTimeOffset OpenedAt, int Followers);

/// <summary>What staff may merge a case with.</summary>
public sealed class SimilarCases(IDbContextFactory<CommunityDb> contexts, CaseSight sight, NearbyCases nearby)
{
    /// <summary>Open cases of the same category nearby, of the same unit and within the actor's rights; nearest first.</summary>
    public async Task<IReadOnlyList<SimilarCase>> To(string number, StaffActor actor, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        var visible = await sight.Visible(db, actor, ct);
        var subject = await visible.AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, ct);
        if (subject is not { Category.Length: > 0 } || !subject.State.IsOpen()) return [];
        var like = await nearby.Like(db, subject.Category, new Spot(subject.Place, subject.GridId, subject.Latitude, subject.Longitude), ct);
        var order = like.Select(one => one.Id).Where(id => id != subject.Id).ToList();
        if (order.Count == 0) return [];
        var found = await visible.Where(c => order.Contains(c.Id) && c.UnitId == subject.UnitId)
            .Select(c => new
            {
                c.Id,
                Line = new SimilarCase(
                    c.Number, c.Title, c.Place, c.State,
                    db.Set<StaffUser>().Where(s => s.Id == c.OwnerId).Select(s => s.DisplayName).FirstOrDefault(), c.OpenedAt, c.Followers.Count),
            }).ToListAsync(ct);
        return [.. found.OrderBy(one => order.IndexOf(one.Id)).Select(one => one.Line)];
    }
}
