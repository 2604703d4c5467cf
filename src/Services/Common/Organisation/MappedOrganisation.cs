namespace WuShe.Services.Common.Organisation;

/// <summary>The organisation, answered from memory.</summary>
public sealed class MappedOrganisation(OrganisationMap map, ChannelUnits channels, TimeProvider time) : IOrganisation
{
    private static readonly Responsible Nobody = new(Guid.Empty, "社区", null, null);

    public async Task<Responsible> ResponsibleFor(Guid? gridId, CancellationToken ct)
    {
        var now = await map.Current(ct);
        if (gridId is { } id && now.Grids.TryGetValue(id, out var grid) && now.Units.TryGetValue(grid.RoomId, out var room))
        {
            var worker = WorkerOf(now, grid);
            return new Responsible(room.Id, room.Name, worker?.Id, worker?.Name);
        }
        return now.Top is { } top ? new Responsible(top.Id, top.Name, null, null) : Nobody;
    }

    /// <summary>The grid's worker or whoever stands in; of a micro-grid without either, those of the grid around it.</summary>
    private Person? WorkerOf(OrganisationSnapshot now, Grid grid)
    {
        var at = time.GetUtcNow();
        Grid? here = grid;
        for (var steps = 0; here is not null && steps <= 1; steps++)
        {
            if (here.WorkerId is { } worker && now.StandIn(worker, at) is { } person) return person;
            here = here.ParentId is { } around ? now.Grids.GetValueOrDefault(around) : null;
        }
        return null;
    }

    public async Task<Responsible> ResponsibleFor(Guid? gridId, string channel, CancellationToken ct)
    {
        var now = await map.Current(ct);
        var placed = gridId is { } grid && now.Grids.ContainsKey(grid);
        return !placed && channels.Of(channel) is { } own && now.Units.TryGetValue(own, out var unit) && unit.ClosedAt is null
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
