using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>
/// Hands on what was given to somebody who had just left: another instance may not have known it yet for some seconds.
/// </summary>
public sealed class CasesWithoutOwner(ITransactions transactions, IDbContextFactory<CommunityDb> contexts, CasesOfLeavers leavers, IConsoleFeed feed) : IJob
{
    private static readonly StaffActor Nobody = new(Guid.Empty, "系统", Role.Admin, Guid.Empty);

    public async Task Run(CancellationToken ct)
    {
        List<Guid> left;
        await using (var db = await contexts.CreateDbContextAsync(ct))
            left = await db.Users.Where(s => s.LeftAt != null && db.Set<Case>().Any(c => c.OwnerId == s.Id && c.ClosedAt == null)).Select(s => s.Id).ToListAsync(ct);
        foreach (var id in left)
        {
            var numbers = await transactions.Run(async (db, token) =>
            {
                var who = await db.Users.AsNoTracking().SingleAsync(s => s.Id == id, token);
                var theirs = await db.Set<Case>().Where(c => c.OwnerId == id && c.ClosedAt == null).Select(c => c.Number).ToListAsync(token);
                await leavers.Leaving(db, who, Nobody, token);
                return theirs;
            }, ct);
            foreach (var number in numbers) feed.CaseChanged(number);
        }
    }
}
