using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>
/// The rows of units. A row is the unit with its number, else the one of that name and level under the same unit above. The unit
/// above is named by its number, or by its name where only one has it.
/// </summary>
internal sealed class UnitRows
{
    /// <summary>There are four levels: who goes up further than this goes round in a circle.</summary>
    private const int MostSteps = 40;

    private readonly ImportPlan _plan;
    private readonly List<Node> _nodes;
    private readonly Dictionary<string, Node> _byCode = new(StringComparer.Ordinal);
    private ILookup<string, Node> _byName = Enumerable.Empty<Node>().ToLookup(node => node.Name);
    private readonly Dictionary<Guid, Node> _byId;

    public UnitRows(ImportPlan plan, IEnumerable<Unit> units)
    {
        _plan = plan;
        _nodes = [.. units.Select(unit => new Node { Unit = unit, Name = unit.Name, Code = unit.Code ?? "", Level = unit.Level })];
        _byId = _nodes.ToDictionary(node => node.Unit!.Id);
        foreach (var node in _nodes)
        {
            node.Above = node.Unit!.ParentId is { } above ? _byId.GetValueOrDefault(above) : null;
            if (node.Code.Length > 0) _byCode[node.Code] = node;
        }
    }

    public void Take(IReadOnlyList<SheetRow> rows)
    {
        Bind(rows);
        _byName = _nodes.Where(node => node.IsOpen).ToLookup(node => node.Name, StringComparer.Ordinal);
        foreach (var node in Named())
            if (node.Row![SheetColumns.Above] is { Length: > 0 } above) node.Above = Find(above, why => _plan.Wrong(node.Row, why));
            else node.Above = null;
        foreach (var node in Named()) Check(node);
        List<Node> right = [.. Named().Where(node => !_plan.IsWrong(node.Row!))];
        // All of them before any is written: a unit may stand in the sheet before the one above it.
        foreach (var node in right.Where(node => node.Unit is null && !node.Closing)) Make(node);
        foreach (var node in right) Write(node);
    }

    /// <summary>The unit that a cell names, as the sheet would have it; null after saying why there is none.</summary>
    public Node? Find(string named, Action<string> wrong)
    {
        if (_byCode.TryGetValue(named, out var coded) && coded.IsOpen) return coded;
        var found = _byName[named].ToList();
        if (found.Count == 1) return found[0];
        wrong(found.Count == 0 ? $"没有编号或者名称是“{named}”的单位" : $"有 {found.Count} 个单位叫“{named}”，请写编号");
        return null;
    }

    public Node? Of(Guid unitId) => _byId.GetValueOrDefault(unitId);

    /// <summary>Whether the actor may change what is in that unit, by where the sheet puts it.</summary>
    public bool May(Node? node)
    {
        if (_plan.Actor.Role == Role.Admin) return true;
        for (var steps = 0; node is not null && steps < MostSteps; steps++, node = node.Above)
            if (node.Unit?.Id == _plan.Actor.UnitId) return true;
        return false;
    }

    /// <summary>What is closed must be empty when everything else is done.</summary>
    public void CheckRemoved(IReadOnlyList<StaffUser> staff, IEnumerable<Grid> grids)
    {
        var closing = Named().Where(node => node is { Closing: true, Unit: not null } && !_plan.IsWrong(node.Row!)).ToList();
        if (closing.Count == 0) return;
        var units = _nodes.Where(node => node.IsOpen && node.Above is not null).ToLookup(node => node.Above!);
        var (people, areas) = (staff.Where(one => one.LeftAt is null).ToLookup(one => one.UnitId), grids.ToLookup(grid => grid.RoomId));
        foreach (var node in closing)
            if (Units.Left(units[node].Count(), areas[node.Unit!.Id].Count(), people[node.Unit.Id].Count()) is { } left) _plan.Wrong(node.Row!, $"“{node.Name}”里还有{left}，请先移走");
    }

    private IEnumerable<Node> Named() => _nodes.Where(node => node.Row is not null);

    private void Bind(IReadOnlyList<SheetRow> rows)
    {
        var free = _nodes.Where(node => node.IsOpen).ToLookup(node => (node.Name, node.Level));
        var codes = rows.Select(row => row[SheetColumns.Code]).ToHashSet(StringComparer.Ordinal);
        var seen = new Dictionary<string, SheetRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var (code, name, above) = (row[SheetColumns.Code], row[SheetColumns.Name], row[SheetColumns.Above]);
            if (OrganisationWords.LevelOf(row[SheetColumns.Level]) is not { } level) _plan.Wrong(row, $"级别“{row[SheetColumns.Level]}”不认识，请写：中心、社工站、社工室、第三方");
            else if (name.Length is 0 or > OrganisationLimits.Name) _plan.Wrong(row, $"名称要写，最多 {OrganisationLimits.Name} 个字");
            else if (code.Length > OrganisationLimits.Code) _plan.Wrong(row, $"编号最多 {OrganisationLimits.Code} 个字");
            else if (!seen.TryAdd(code.Length > 0 ? $"#{code}" : $"{name}\n{level}\n{above}", row))
                _plan.Wrong(row, $"和第 {seen[code.Length > 0 ? $"#{code}" : $"{name}\n{level}\n{above}"].Number} 行是同一个单位");
            else
            {
                // A unit that another row knows by its number is that row's, whatever it is called.
                var known = code.Length > 0 && _byCode.TryGetValue(code, out var coded) ? coded
                    : free[(name, level)].FirstOrDefault(node => node.Row is null && (node.Code.Length == 0 || (code.Length == 0 && !codes.Contains(node.Code))) && Stands(node, above));
                if (known is { Row: { } other }) _plan.Wrong(row, $"和第 {other.Number} 行是同一个单位");
                else Take(row, known ?? New(), code, name, level);
            }
        }
    }

    private Node New()
    {
        var node = new Node();
        _nodes.Add(node);
        return node;
    }

    private void Take(SheetRow row, Node node, string code, string name, UnitLevel level)
    {
        node.Row = row;
        node.Closing = row.Says(SheetColumns.Remove);
        if (node.Unit is { } unit && unit.Level != level) _plan.Wrong(row, $"“{unit.Name}”是{unit.Level.Chinese()}，级别不能改");
        if (code.Length > 0) (node.Code, _byCode[code]) = (code, node);
        (node.Name, node.Level) = (name, level);
    }

    private static bool Stands(Node node, string above) =>
        above.Length == 0 ? node.Above is null : node.Above is { } parent && (parent.Code == above || parent.Unit?.Name == above || parent.Name == above);

    private void Check(Node node)
    {
        var row = node.Row!;
        if (_plan.IsWrong(row)) return;
        if (Circle(node) is { } circle) _plan.Wrong(row, $"上级绕成了圈：{circle}");
        else if (node.Above is { Closing: true }) _plan.Wrong(row, $"上级“{node.Above.Name}”要撤销");
        else if (!node.Closing && OrganisationWords.WrongLevel(node.Level, node.Above?.Level) is { } wrong) _plan.Wrong(row, wrong);
        else if (!May(node.Above) && !(node.Unit?.Id == _plan.Actor.UnitId && !node.Closing && node.Unit.ParentId == node.Above?.Unit?.Id)) _plan.Wrong(row, "不在您的单位里");
        else if (node.Unit is { } unit && _plan.Actor.Role != Role.Admin && !Was(unit)) _plan.Wrong(row, $"“{unit.Name}”不在您的单位里");
        else if (_byName[node.Name].Any(other => other != node && other.Above == node.Above && !other.Closing) && !node.Closing) _plan.Wrong(row, $"“{node.Above?.Name ?? "最上级"}”下面有两个“{node.Name}”");
    }

    /// <summary>Whether the unit was the actor's before the sheet moved anything: nobody fetches what is not theirs.</summary>
    private bool Was(Unit unit)
    {
        Guid? at = unit.Id;
        for (var steps = 0; at is { } id && steps < MostSteps; steps++)
        {
            if (id == _plan.Actor.UnitId) return true;
            at = _byId.GetValueOrDefault(id)?.Unit?.ParentId;
        }
        return false;
    }

    /// <summary>A → B → A, when the unit stands above itself.</summary>
    private static string? Circle(Node node)
    {
        var names = new List<string> { node.Name };
        for (var at = node.Above; at is not null && names.Count <= MostSteps; at = at.Above)
        {
            names.Add(at.Name);
            if (at == node) return string.Join(" → ", names);
        }
        return null;
    }

    private void Make(Node node)
    {
        node.Unit = new Unit { Id = Guid.CreateVersion7(_plan.Now), Level = node.Level, Name = node.Name };
        node.IsFresh = true;
        _byId[node.Unit.Id] = node;
    }

    private void Write(Node node)
    {
        var row = node.Row!;
        if (node.Unit is not { } unit || (node.Closing && unit.ClosedAt is not null))
        {
            _plan.Same();
            return;
        }

        if (node.Closing)
        {
            unit.ClosedAt = _plan.Now;
            _plan.Removed(row, $"{node.Level.Chinese()}“{node.Name}”");
            return;
        }

        if (node.IsFresh) _plan.Added(row, $"{node.Level.Chinese()}“{node.Name}”{(node.Above is { } above ? $"，属于“{above.Name}”" : "")}");
        else _plan.Changed(row, $"“{unit.Name}”", Changes(node, unit));
        (unit.Name, unit.ParentId, unit.ClosedAt) = (node.Name, node.Above?.Unit?.Id, null);
        if (node.Code.Length > 0) unit.Code = node.Code;
        if (node.IsFresh) _plan.Db.Add(unit);
    }

    private static List<string> Changes(Node node, Unit unit)
    {
        var changes = new List<string>();
        if (unit.Name != node.Name) changes.Add($"改名为“{node.Name}”");
        if (unit.ClosedAt is not null) changes.Add("恢复");
        if (node.Code.Length > 0 && unit.Code != node.Code) changes.Add($"编号 {unit.Code ?? "无"} → {node.Code}");
        if (unit.ParentId != node.Above?.Unit?.Id) changes.Add($"移到“{node.Above?.Name ?? "最上级"}”");
        return changes;
    }

    /// <summary>A unit, of the record or of the sheet or both, as it would be.</summary>
    internal sealed class Node
    {
        public Unit? Unit { get; set; }
        public SheetRow? Row { get; set; }
        public string Name { get; set; } = "";
        public string Code { get; set; } = "";
        public UnitLevel Level { get; set; }
        public Node? Above { get; set; }
        public bool Closing { get; set; }
        public bool IsFresh { get; set; }
        public bool IsOpen => !Closing && (Row is not null || Unit?.ClosedAt is null);
    }
}
