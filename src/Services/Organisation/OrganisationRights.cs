using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// Who may change what of the organisation: admins everything; station leads and people of the centre what is in their own unit or
/// below it, and nobody who stands above themselves.
/// </summary>
public sealed class OrganisationRights(IOrganisation organisation)
{
    /// <summary>Whether the role changes anything at all; where is decided with each change.</summary>
    public static bool Manages(StaffActor actor) => actor.Role is Role.Admin or Role.Centre or Role.StationLead;

    /// <summary>Whether the actor may change what is in that unit.</summary>
    public async ValueTask<bool> May(StaffActor actor, Guid unitId, CancellationToken ct) =>
        actor.Role == Role.Admin || (Manages(actor) && await organisation.IsWithin(unitId, actor.UnitId, ct));

    /// <summary>Whether the actor may give somebody the role, or change somebody who has it: nobody hands out more than they have.</summary>
    public static bool MayGive(StaffActor actor, Role role) => role switch
    {
        Role.Resident => false,
        Role.Admin => actor.Role == Role.Admin,
        Role.Centre => actor.Role is Role.Admin or Role.Centre,
        _ => Manages(actor),
    };
}
