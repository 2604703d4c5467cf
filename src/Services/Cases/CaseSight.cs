using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.Cases;

/// <summary>Which cases a member of staff may see and work on: the one place where this is decided.</summary>
public sealed class CaseSight(IOrganisation organisation) : IStaffGroups
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
            case Role.SocialWorker or Role.StationLead or Role.Centre or Role.Partner:
                var below = await organisation.Below(actor.UnitId, ct);
                return cases.Where(c => below.Contains(c.UnitId));
            default:
                return cases.Where(_ => false);
        }
    }

    /// <summary>
    /// Those whose cards the actor has seen as well: in the group of a grid worker's room stand the cases of colleagues, too.
    /// </summary>
    internal async ValueTask<IQueryable<Case>> Posted(CommunityDb db, StaffActor actor, CancellationToken ct) =>
        actor.Role == Role.Grid ? db.Set<Case>().Where(c => c.UnitId == actor.UnitId || c.OwnerId == actor.Id) : await Visible(db, actor, ct);

    /// <summary>Cards are posted to the staff of the unit, to those who answer for it from above, and to admins.</summary>
    public async ValueTask<bool> Has(Guid unitId, StaffActor actor, CancellationToken ct) => actor.Role switch
    {
        Role.Admin => true,
        Role.Grid => unitId == actor.UnitId,
        Role.SocialWorker or Role.StationLead or Role.Centre or Role.Partner => await organisation.IsWithin(unitId, actor.UnitId, ct),
        _ => false,
    };

    /// <summary>Whether the actor works on others' claimed cases as well: those who answer for the whole unit.</summary>
    internal static bool Leads(StaffActor actor) => actor.Role is Role.StationLead or Role.Centre or Role.Admin;

    /// <summary>Whether a duty queue without a person is the actor's: its notices go to them.</summary>
    internal static bool ServesQueue(StaffActor actor) => actor.Role is not (Role.Lawyer or Role.Resident);
}
