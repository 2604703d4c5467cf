namespace WuShe.Services.Common.Organisation;

/// <summary>
/// Who is there, who stands in, and who is told next. Answered from memory without I/O; a change counts at once on the instance
/// that made it and within ten seconds elsewhere.
/// </summary>
public interface IDuty
{
    /// <summary>
    /// Whether the person is with us, not on leave, and, when they have hours of their own, within them (Beijing time of day). Whether
    /// it is a working day, and the hours of the unit for whoever has none, are the calendar's to say. False for somebody unknown.
    /// </summary>
    ValueTask<bool> IsAvailable(Guid staffId, DateTimeOffset at, CancellationToken ct);

    /// <summary>
    /// Who does the person's work at that time: the person while not on leave, else the substitute, or the substitute's substitute.
    /// Null when nobody does: no substitute, one on leave in a circle, or somebody who has left or is unknown. Hours do not count:
    /// work that comes at night waits for its owner.
    /// </summary>
    ValueTask<Guid?> StandIn(Guid staffId, DateTimeOffset at, CancellationToken ct);

    /// <summary>
    /// Who is told when a case of the unit is late: the station leads and people of the centre of the nearest unit, the unit itself or one
    /// above it, that is at least of that level (<see cref="UnitLevel.Room"/>: whoever is nearest, <see cref="UnitLevel.Station"/>,
    /// <see cref="UnitLevel.Centre"/>) and has one who is there. Whoever is on leave now is replaced by who stands in. Where nobody
    /// leads, the admins; empty only where there are none of them either.
    /// </summary>
    ValueTask<IReadOnlyList<Guid>> LeadsOf(Guid unitId, UnitLevel atLeast, CancellationToken ct);
}
