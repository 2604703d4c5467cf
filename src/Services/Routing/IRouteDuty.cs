using WuShe.Services.Common.Calendar;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Routing;

/// <summary>What routing asks about people's time.</summary>
public interface IRouteDuty
{
    /// <summary>Whether the unit is at work then (UTC); null asks for where no unit is known.</summary>
    ValueTask<bool> IsOnDuty(Guid? unitId, DateTimeOffset at, CancellationToken ct);

    /// <summary>Whether the person can be given something then (UTC): not on leave.</summary>
    ValueTask<bool> IsAvailable(Guid staffId, DateTimeOffset at, CancellationToken ct);
}

/// <summary>As the units' calendar and people's leave say.</summary>
public sealed class RouteDuty(IWorkingHours hours, IDuty duty) : IRouteDuty
{
    public ValueTask<bool> IsOnDuty(Guid? unitId, DateTimeOffset at, CancellationToken ct) =>
        ValueTask.FromResult(hours.IsOpen(at, unitId ?? Guid.Empty));

    // Hours do not count: what comes at night waits for its owner.
    public async ValueTask<bool> IsAvailable(Guid staffId, DateTimeOffset at, CancellationToken ct) =>
        await duty.StandIn(staffId, at, ct) == staffId;
}
