using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.StaffChat;

/// <summary>Who belongs to which unit's group: whoever may see the cases that are posted there.</summary>
public interface IStaffGroups
{
    ValueTask<bool> Has(Guid unitId, StaffActor actor, CancellationToken ct);
}
