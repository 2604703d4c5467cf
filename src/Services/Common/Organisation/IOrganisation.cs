namespace WuShe.Services.Common.Organisation;

/// <summary>Who is responsible where, and who stands above whom.</summary>
public interface IOrganisation
{
    /// <summary>
    /// The grid's worker; while that one is on leave the substitute, who is not on leave; of a micro-grid with neither, those of the
    /// grid around it. Else no person: the duty queue of the room (or, without a grid, of the topmost unit) takes it.
    /// </summary>
    Task<Responsible> ResponsibleFor(Guid? gridId, CancellationToken ct);

    /// <summary>
    /// The same for something said on a channel: without a known grid the duty queue of the unit that the channel speaks for
    /// takes it, where there is one.
    /// </summary>
    Task<Responsible> ResponsibleFor(Guid? gridId, string channel, CancellationToken ct) => ResponsibleFor(gridId, ct);

    /// <summary>Whether <paramref name="unitId"/> is <paramref name="ancestorId"/> or below it. Answered from memory.</summary>
    ValueTask<bool> IsWithin(Guid unitId, Guid ancestorId, CancellationToken ct);

    /// <summary>Ids of the unit and every unit below it.</summary>
    ValueTask<IReadOnlyList<Guid>> Below(Guid unitId, CancellationToken ct);
}

/// <summary>The unit that owns a case and, when there is one, the person.</summary>
public sealed record Responsible(Guid UnitId, string UnitName, Guid? StaffId, string? StaffName);
