namespace WuShe.Services.Common.Organisation;

/// <summary>Every place people name and every area, in memory; answers without I/O. Built once, read by many at once.</summary>
internal sealed class PlaceIndex
{
    private const double NearMetres = 150;
    private const int MostCandidates = 8;

    private readonly Dictionary<string, List<Building>> _byNumber = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Building>> _byHouse = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Building>> _byAlias = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Building>> _byLandmark = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Func<Building, bool>> _within = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Building>> _byEstate = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, Building> _byId;
    private readonly Dictionary<Guid, Grid> _grids;
    private readonly List<Building> _located;
    private readonly NameTable _aliases;
    private readonly NameTable _landmarks;
    private readonly NameTable _areas;
    private readonly GridAreas _outlines;

    public PlaceIndex(IEnumerable<Unit> units, IReadOnlyList<Grid> grids, IReadOnlyList<Building> buildings, IReadOnlyList<PlaceAlias> aliases)
    {
        _grids = grids.ToDictionary(g => g.Id);
        _outlines = new GridAreas(grids);
        _byId = buildings.ToDictionary(b => b.Id);
        _located = [.. buildings.Where(b => b.Latitude is not null && b.Longitude is not null)];
        foreach (var building in buildings) Index(building);
        foreach (var unit in units.Where(u => u.Level == UnitLevel.Room)) IndexRoom(unit);
        foreach (var alias in aliases) Index(alias, buildings);
        _aliases = new NameTable(_byAlias.Keys);
        _landmarks = new NameTable(_byLandmark.Keys);
        _areas = new NameTable(_within.Keys);
    }

    /// <summary>The first place that the words name.</summary>
    public PlaceMatch In(string words)
    {
        var even = SpokenBuilding.Level(words);
        var areas = _areas.In(even);
        var numbers = SpokenBuilding.All(even);
        var taught = _aliases.In(even);
        // What staff taught stands above all: 南门3栋 may be no building at all. But in 「3栋坝坝」 the number says more.
        foreach (var (name, start) in taught)
            if ((numbers.Count == 0 || numbers.Exists(n => start <= n.Start && start + name.Length >= n.Start + n.Length))
                && Match(words, even, areas, _byAlias[name], new SpokenBuilding("", "", start, name.Length)) is { } known) return known;
        foreach (var said in numbers)
            if (_byNumber.TryGetValue(said.Number, out var numbered) && Match(words, even, areas, numbered, said) is { } match) return match;
        foreach (var (name, start) in areas)
            if (SpokenHouse.At(even, start + name.Length) is { } house && _byHouse.TryGetValue(house.Number, out var houses)
                && Match(words, even, areas, houses, house) is { } match) return match;
        foreach (var (name, start) in _landmarks.In(even))
            if (Match(words, even, areas, _byLandmark[name], new SpokenBuilding("", "", start, name.Length)) is { } match) return match;
        foreach (var (name, start) in areas)
            if (numbers.Count == 0 && _byEstate.TryGetValue(name, out var estate)) return Whole(words.Substring(start, name.Length), estate);
        return Unknown(words);
    }

    /// <summary>The place itself, under its full name; Unknown without words when there is none with that id.</summary>
    public PlaceMatch Itself(Guid building) => _byId.TryGetValue(building, out var known)
        ? new PlaceMatch(PlaceMatchKind.Found, SpotOf(known, ""), []) { Named = known.Estate + known.Name }
        : Unknown("");

    /// <summary>The grid at a point (WGS-84 degrees).</summary>
    public Grid? GridAt(double latitude, double longitude) => _outlines.At(latitude, longitude);

    /// <summary>The nearest known building within 150 m, as people call it; empty when none is.</summary>
    public string Near(double latitude, double longitude)
    {
        Building? nearest = null;
        var best = NearMetres;
        foreach (var building in _located)
        {
            var metres = Metres(latitude, longitude, building.Latitude!.Value, building.Longitude!.Value);
            if (metres < best) (nearest, best) = (building, metres);
        }
        return nearest is null ? "" : $"{nearest.Estate}{nearest.Name}附近";
    }

    private PlaceMatch? Match(string words, string even, List<(string Name, int Start)> areas, List<Building> all, SpokenBuilding said)
    {
        var found = all;
        foreach (var (name, _) in areas)
        {
            var within = _within[name];
            found = found.FindAll(b => within(b));
        }
        if (found.Count == 0) return null;
        var start = StartWithArea(words, areas, said.Start);
        // 门口 and 旁边 say nothing to the look-up and everything to who goes there.
        var end = said.Start + said.Length;
        var side = PlaceWords.SideAt(even, end);
        if (side > 0) (said, end) = (said with { Rest = said.Rest + words.Substring(end, side).TrimStart('的') }, end + side);
        var named = words[start..end].Trim();
        if (found is [var one]) return new PlaceMatch(PlaceMatchKind.Found, SpotOf(one, said.Rest), []) { Named = named };
        var candidates = found.Take(MostCandidates).Select(b => SpotOf(b, said.Rest)).Distinct().ToList();
        if (candidates.Select(c => c.Words).Distinct().Count() < candidates.Count)
            candidates = [.. candidates.Select(c => c with { Words = $"{c.Words}（{_grids[c.GridId!.Value].Name}）" })];
        return new PlaceMatch(PlaceMatchKind.Ambiguous, new Spot(named, null, null, null), candidates) { Named = named };
    }

    /// <summary>Only an estate was named: found when one grid holds it all, else its grids are the candidates.</summary>
    private PlaceMatch Whole(string estate, List<Building> buildings)
    {
        var grids = buildings.Select(b => b.GridId).Distinct().Take(MostCandidates).ToList();
        if (grids is [var only])
            return new PlaceMatch(PlaceMatchKind.Found, new Spot(estate, only, null, null), []) { Named = estate };
        var candidates = grids.ConvertAll(id => new Spot($"{estate}（{_grids[id].Name}）", id, null, null));
        return new PlaceMatch(PlaceMatchKind.Ambiguous, new Spot(estate, null, null, null), candidates) { Named = estate };
    }

    private static Spot SpotOf(Building building, string rest) =>
        new($"{building.Estate}{building.Name}{rest}", building.GridId, building.Latitude, building.Longitude);

    private static PlaceMatch Unknown(string words) => new(PlaceMatchKind.Unknown, new Spot(words, null, null, null), []);

    /// <summary>翠湖苑小区的3栋 is one name: an area right before the building belongs to what was named.</summary>
    private static int StartWithArea(string words, List<(string Name, int Start)> areas, int start)
    {
        for (var i = areas.Count - 1; i >= 0; i--)
        {
            var end = areas[i].Start + areas[i].Name.Length;
            if (end <= start && words[end..start].Trim() is "" or "小区" or "的" or "小区的" or "," or ",") start = areas[i].Start;
        }
        return start;
    }

    private void Index(Building building)
    {
        Add(building, building.Name);
        foreach (var alias in building.Aliases.Split(' ', StringSplitOptions.RemoveEmptyEntries)) Add(building, alias);
        var estate = SpokenBuilding.Level(building.Estate);
        if (estate.Length == 0) return;
        AddTo(_byEstate, estate, building);
        _within.TryAdd(estate, b => SpokenBuilding.Level(b.Estate) == estate);
    }

    private void Index(PlaceAlias alias, IReadOnlyList<Building> buildings)
    {
        if (!_grids.ContainsKey(alias.GridId)) return;
        var building = buildings.FirstOrDefault(b => b.Id == alias.BuildingId);
        AddTo(_byAlias, alias.Key, building ?? new Building { Id = alias.Id, GridId = alias.GridId, Name = alias.Words });
    }

    private void Add(Building building, string name)
    {
        if (building.Estate.Length > 0 && SpokenHouse.NumberOf(name) is { } house) AddTo(_byHouse, house, building);
        else if (SpokenBuilding.NumberOf(name) is { } number) AddTo(_byNumber, number, building);
        else AddTo(_byLandmark, SpokenBuilding.Level(name), building);
    }

    private void IndexRoom(Unit room)
    {
        var name = SpokenBuilding.Level(room.Name.Replace("社工室", "", StringComparison.Ordinal));
        _within.TryAdd(name, b => _grids.TryGetValue(b.GridId, out var grid) && grid.RoomId == room.Id);
    }

    private static void AddTo(Dictionary<string, List<Building>> index, string key, Building building)
    {
        if (!index.TryGetValue(key, out var list)) index[key] = list = [];
        if (!list.Contains(building)) list.Add(building);
    }

    /// <summary>Between two points in WGS-84 degrees; good over the distances of a town.</summary>
    internal static double Metres(double lat1, double lon1, double lat2, double lon2)
    {
        const double MetresPerDegree = 111_320;
        var north = (lat2 - lat1) * MetresPerDegree;
        var east = (lon2 - lon1) * MetresPerDegree * Math.Cos(lat1 * Math.PI / 180);
        return Math.Sqrt((north * north) + (east * east));
    }
}
