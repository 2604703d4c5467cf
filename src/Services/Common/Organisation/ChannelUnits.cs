using System.Collections.Frozen;

namespace WuShe.Services.Common.Organisation;

/// <summary>Which unit a channel speaks for, as a setting says it: the unit's name, the names on the way to it, or its id.</summary>
/// <param name="Channel">Its name in conversation ids: <c>wechat.main</c>.</param>
/// <param name="Setting">The key that says so, for the one line that names it.</param>
/// <param name="Unit">翠湖社区, 东街社工站/翠湖社区, or the id.</param>
public sealed record ChannelUnit(string Channel, string Setting, string Unit);

/// <summary>Whoever has channels that speak for units.</summary>
public interface IChannelUnitSettings
{
    IEnumerable<ChannelUnit> Units { get; }
}

/// <summary>
/// The unit each channel speaks for: what is said there and belongs to no known place is that unit's. Read once at the
/// start; a unit that is renamed later stays the same one.
/// </summary>
public sealed class ChannelUnits(IEnumerable<IChannelUnitSettings> settings, OrganisationMap map)
{
    private const int MostNamed = 10;
    private FrozenDictionary<string, Guid> _units = FrozenDictionary<string, Guid>.Empty;

    /// <summary>Null for a channel that speaks for everybody.</summary>
    public Guid? Of(string channel) => _units.TryGetValue(channel, out var unit) ? unit : null;

    /// <summary>Finds the units. Throws <see cref="WrongSettingException"/> for a setting that names none, or several.</summary>
    public async Task Read(CancellationToken ct)
    {
        var units = (await map.Current(ct)).Units;
        _units = settings.SelectMany(one => one.Units).ToFrozenDictionary(one => one.Channel, one => Find(one, units));
    }

    private static Guid Find(ChannelUnit one, IReadOnlyDictionary<Guid, Unit> units)
    {
        if (Guid.TryParse(one.Unit, out var id) && units.ContainsKey(id)) return id;
        var path = one.Unit.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var found = units.Values.Where(unit => Ends(unit, path, units)).ToList();
        return found switch
        {
            [var only] => only.Id,
            [] => throw new WrongSettingException(one.Setting, $"names no unit; there {(units.Count == 0 ? "are none yet" : $"is {Names(units.Values)}")}"),
            _ => throw new WrongSettingException(one.Setting, $"names {found.Count} units; write the one above it before it, as in {Path(found[0], units)}, or its id, as in {found[0].Id}"),
        };
    }

    /// <summary>Whether the names are those of the unit and of the units above it, as far as there are names.</summary>
    private static bool Ends(Unit unit, string[] path, IReadOnlyDictionary<Guid, Unit> units)
    {
        var at = unit;
        for (var i = path.Length - 1; i >= 0; i--)
        {
            if (at is null || at.Name != path[i]) return false;
            at = at.ParentId is { } above ? units.GetValueOrDefault(above) : null;
        }

        return path.Length > 0;
    }

    private static string Path(Unit unit, IReadOnlyDictionary<Guid, Unit> units) =>
        unit.ParentId is { } above && units.TryGetValue(above, out var parent) ? $"{parent.Name}/{unit.Name}" : unit.Name;

    private static string Names(IEnumerable<Unit> units)
    {
        var names = units.OrderBy(unit => unit.Level).ThenBy(unit => unit.Name, StringComparer.Ordinal).Select(unit => unit.Name).Distinct().ToList();
        return string.Join("、", names.Take(MostNamed)) + (names.Count > MostNamed ? "…" : "");
    }
}
