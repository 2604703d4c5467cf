namespace WuShe.Services.Common.Organisation;

/// <summary>The organisation, answered from memory.</summary>
public sealed class MappedOrganisation(OrganisationMap map, ChannelUnits channels) : IOrganisation
{
    private static readonly Responsible Nobody = new(Guid.Empty, "社区", null, null);

    public async Task<Responsible> ResponsibleFor(Guid? gridId, CancellationToken ct)
    {
        var now = await map.Current(ct);
        if (gridId is { } id && now.Grids.TryGetValue(id, out var grid) && now.Units.TryGetValue(grid.RoomId, out var room))
        {
            return grid.WorkerId is { } worker && now.StaffNames.TryGetValue(worker, out var name)
                ? new Responsible(room.Id, room.Name, worker, name)
                : new Responsible(room.Id, room.Name, null, null);
        }
        return now.Top is { } top ? new Responsible(top.Id, top.Name, null, null) : Nobody;
    }

    public async Task<Responsible> ResponsibleFor(Guid? gridId, string channel, CancellationToken ct)
    {
        var now = await map.Current(ct);
        var placed = gridId is { } grid && now.Grids.ContainsKey(grid);
        return !placed && channels.Of(channel) is { } own && now.Units.TryGetValue(own, out var unit)
            ? new Responsible(unit.Id, unit.Name, null, null)
            : await ResponsibleFor(gridId, ct);
    }

    public async ValueTask<bool> IsWithin(Guid unitId, Guid ancestorId, CancellationToken ct)
    {
        var units = (await map.Current(ct)).Units;
        Guid? at = unitId;
        for (var steps = 0; at is { } id && units.TryGetValue(id, out var unit) && steps <= units.Count; steps++)
        {
            if (id == ancestorId) return true;
            at = unit.ParentId;
        }
        return false;
    }

    public async ValueTask<IReadOnlyList<Guid>> Below(Guid unitId, CancellationToken ct) =>
        (await map.Current(ct)).Below.TryGetValue(unitId, out var ids) ? ids : [];
}
