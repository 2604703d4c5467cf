using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>Which cases a member of staff may see and work on: the one place where this is decided.</summary>
public sealed class CaseSight(IOrganisation organisation)
{
    /// <summary>The cases within the actor's rights, as a query: what is outside does not exist for the caller.</summary>
    internal async ValueTask<IQueryable<Case>> Visible(CommunityDb db, StaffActor actor, CancellationToken ct)
    {
        var cases = db.Set<Case>();
        switch (actor.Role)
        {
            case Role.Admin:
                return cases;
            case Role.Grid:
                var own = db.Set<Grid>().Where(g => g.WorkerId == actor.Id).Select(g => (Guid?)g.Id);
                return cases.Where(c => c.OwnerId == actor.Id
                    || own.Contains(c.GridId)
                    || (c.OwnerId == null && c.UnitId == actor.UnitId));
            case Role.SocialWorker or Role.StationLead or Role.Centre:
                var below = await organisation.Below(actor.UnitId, ct);
                return cases.Where(c => below.Contains(c.UnitId));
            default:
                return cases.Where(_ => false);
        }
    }

    /// <summary>Whether the actor works on others' claimed cases as well: those who answer for the whole unit.</summary>
    internal static bool Leads(StaffActor actor) => actor.Role is Role.StationLead or Role.Centre or Role.Admin;

    /// <summary>Whether a duty queue without a person is the actor's: its notices go to them.</summary>
    internal static bool ServesQueue(StaffActor actor) => actor.Role is not (Role.Lawyer or Role.Resident);
}
