using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>The rows of grids and micro-grids, each known by its number, else by its name in its room.</summary>
internal sealed class GridRows
{
    private readonly ImportPlan _plan;
    private readonly UnitRows _units;
    private readonly PeopleRows _people;
    private readonly IReadOnlyDictionary<Guid, Guid?> _workersBefore;
    private readonly List<Grid> _grids;
    private readonly Dictionary<string, Grid> _byCode;
    private readonly Dictionary<(Guid Room, string Name), Grid> _byName;
    private readonly Dictionary<Guid, SheetRow> _rows = [];
    private readonly HashSet<Guid> _removed = [];

    public GridRows(ImportPlan plan, UnitRows units, PeopleRows people, List<Grid> grids, IReadOnlyDictionary<Guid, Guid?> workersBefore)
    {
        (_plan, _units, _people, _grids, _workersBefore) = (plan, units, people, grids, workersBefore);
        _byCode = grids.Where(grid => grid.Code is not null).ToDictionary(grid => grid.Code!, StringComparer.Ordinal);
        _byName = [];
        foreach (var grid in grids) _byName.TryAdd((grid.RoomId, grid.Name), grid);
    }

    /// <summary>The grids there are when everything is done.</summary>
    public IEnumerable<Grid> Standing => _grids.Where(grid => !_removed.Contains(grid.Id));

    public async Task Take(IReadOnlyList<SheetRow> rows, CancellationToken ct)
    {
        // Grids before the micro-grids inside them, wherever they stand in the sheet.
        foreach (var row in rows.OrderBy(row => row[SheetColumns.Around].Length > 0)) await Take(row, ct);
        foreach (var grid in Standing.Where(grid => grid.ParentId is { } around && _removed.Contains(around))) _plan.Wrong(_rows[grid.ParentId!.Value], $"里面还有微网格“{grid.Name}”，请先撤销");
        CheckOutlines();
    }

    private async Task Take(SheetRow row, CancellationToken ct)
    {
        var (code, name) = (row[SheetColumns.Code], row[SheetColumns.Name]);
        var room = row[SheetColumns.Room] is { Length: > 0 } named ? _units.Find(named, why => _plan.Wrong(row, why)) : null;
        if (room is null) _plan.Wrong(row, "社区要写");
        else if (room.Level != UnitLevel.Room) _plan.Wrong(row, $"“{room.Name}”是{room.Level.Chinese()}，网格只能建在社工室下面");
        else if (room.Unit is null) _plan.Wrong(row, $"社区“{room.Name}”那一行有错");
        else if (!_units.May(room)) _plan.Wrong(row, $"“{room.Name}”不在您的单位里");
        else if (name.Length is 0 or > OrganisationLimits.Name) _plan.Wrong(row, $"名称要写，最多 {OrganisationLimits.Name} 个字");
        else if (code.Length > OrganisationLimits.Code) _plan.Wrong(row, $"编号最多 {OrganisationLimits.Code} 个字");
        else
        {
            var known = Known(code, room.Unit.Id, name);
            if (known is not null && _rows.TryGetValue(known.Id, out var other)) _plan.Wrong(row, $"和第 {other.Number} 行是同一个网格");
            else if (known is not null && !_units.May(_units.Of(known.RoomId))) _plan.Wrong(row, $"编号“{code}”是别的单位的网格");
            else if (row.Says(SheetColumns.Remove)) await Remove(row, known, ct);
            else Write(row, known, room, code, name);
        }
    }

    private Grid? Known(string code, Guid room, string name)
    {
        if (code.Length > 0 && _byCode.TryGetValue(code, out var coded)) return coded;
        return _byName.TryGetValue((room, name), out var named) && (code.Length == 0 || named.Code is null) ? named : null;
    }

    private async Task Remove(SheetRow row, Grid? known, CancellationToken ct)
    {
        if (known is null)
        {
            _plan.Same();
            return;
        }

        _rows[known.Id] = row;
        if (await _plan.Db.Set<Building>().CountAsync(building => building.GridId == known.Id, ct) is > 0 and var buildings)
        {
            _plan.Wrong(row, $"“{known.Name}”里还有 {buildings} 处楼栋，不能撤销");
            return;
        }

        _removed.Add(known.Id);
        _plan.Db.Remove(known);
        _plan.Removed(row, $"网格“{known.Name}”");
    }

    private void Write(SheetRow row, Grid? known, UnitRows.Node room, string code, string name)
    {
        var around = row[SheetColumns.Around] is { Length: > 0 } named ? Around(row, named, room.Unit!.Id) : null;
        var worker = row[SheetColumns.Worker] is { Length: > 0 } login ? _people.Find(login, why => _plan.Wrong(row, why)) : null;
        if (_plan.IsWrong(row)) return;
        var grid = known ?? new Grid { Id = Guid.CreateVersion7(_plan.Now), RoomId = room.Unit!.Id, Name = name };
        if (known is not null && row.Has(SheetColumns.Around) && (known.ParentId is null) != (around is null)) _plan.Wrong(row, $"“{known.Name}”不能在网格和微网格之间变");
        else if (_byName.TryGetValue((room.Unit!.Id, name), out var same) && same.Id != grid.Id && !_removed.Contains(same.Id)) _plan.Wrong(row, $"“{room.Name}”里已经有“{name}”了");
        else if (worker is not null && GridWork.WrongWorker(worker, room.Unit.Id, room.Above?.Unit?.Id) is { } wrong) _plan.Wrong(row, wrong);
        if (_plan.IsWrong(row)) return;

        _rows[grid.Id] = row;
        _byName[(room.Unit!.Id, name)] = grid;
        if (code.Length > 0) _byCode[code] = grid;
        var workerId = row.Has(SheetColumns.Worker) ? worker?.Id : grid.WorkerId;
        var parentId = row.Has(SheetColumns.Around) ? around?.Id : grid.ParentId;
        var outline = row.Has(SheetColumns.Outline) ? Units.OrNull(row[SheetColumns.Outline]) : grid.Outline;
        if (known is null) _plan.Added(row, $"{(around is null ? "网格" : "微网格")}“{name}”，属于“{room.Name}”{(worker is null ? "" : $"，网格员 {worker.DisplayName}")}");
        else _plan.Changed(row, $"“{known.Name}”", Changes(row, known, room, around, worker, outline));
        (grid.Name, grid.RoomId, grid.ParentId, grid.WorkerId, grid.Outline) = (name, room.Unit.Id, parentId, workerId, outline);
        if (code.Length > 0) grid.Code = code;
        if (known is not null) return;
        _grids.Add(grid);
        _plan.Db.Add(grid);
    }

    private List<string> Changes(
        SheetRow row, Grid known, UnitRows.Node room, Grid? around, StaffUser? worker, string? outline)
    {
        var (name, code) = (row[SheetColumns.Name], row[SheetColumns.Code]);
        var changes = new List<string>();
        if (known.Name != name) changes.Add($"改名为“{name}”");
        if (code.Length > 0 && known.Code != code) changes.Add($"编号 {known.Code ?? "无"} → {code}");
        if (known.RoomId != room.Unit!.Id) changes.Add($"移到“{room.Name}”");
        if (row.Has(SheetColumns.Around) && known.ParentId != around?.Id) changes.Add($"移到网格“{around?.Name}”");
        // Compared with what it was before anybody left: the sheet may give a leaver's grid back to the same person.
        if (row.Has(SheetColumns.Worker) && _workersBefore.GetValueOrDefault(known.Id) != worker?.Id) changes.Add($"网格员改为{worker?.DisplayName ?? "社区值班"}");
        if (known.Outline != outline) changes.Add(outline is null ? "去掉轮廓" : "换轮廓");
        return changes;
    }

    private Grid? Around(SheetRow row, string named, Guid room)
    {
        var found = _byCode.TryGetValue(named, out var coded) ? coded : _byName.GetValueOrDefault((room, named));
        if (found is null || _removed.Contains(found.Id)) _plan.Wrong(row, $"没有编号或者名称是“{named}”的网格");
        else if (found.RoomId != room) _plan.Wrong(row, $"“{found.Name}”是别的社区的网格");
        else if (found.ParentId is not null) _plan.Wrong(row, $"“{found.Name}”自己就是微网格，里面不能再分");
        else return found;
        return null;
    }

    /// <summary>What stands already is known first; then each row's outline is held against it and against the rows before.</summary>
    private void CheckOutlines()
    {
        var checks = new OutlineCheck();
        foreach (var grid in Standing.Where(grid => grid.Outline is not null && !_rows.ContainsKey(grid.Id))) checks.Known(grid, grid.Name);
        foreach (var grid in Standing.Where(grid => grid.Outline is not null && _rows.ContainsKey(grid.Id)).OrderBy(grid => grid.ParentId is not null).ThenBy(grid => _rows[grid.Id].Number))
            if (checks.Wrong(grid, $"{grid.Name}（{_rows[grid.Id].Where}）") is { } wrong) _plan.Wrong(_rows[grid.Id], wrong);
    }
}
