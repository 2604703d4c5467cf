using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Routing.Console;

/// <summary>A rule as it is being filled in; places, people and units by the names in the lists.</summary>
public sealed class RuleDraft
{
    private readonly RuleNames _names;

    /// <summary>A new one, or <paramref name="edited"/>.</summary>
    public RuleDraft(RuleNames names, RuleLine? edited = null)
    {
        (_names, Edited) = (names, edited);
        if (edited is not { Terms: { } terms }) return;
        (Name, Category, Hours, From, To) = (terms.Name, terms.Category, terms.Hours, terms.From, terms.To);
        (Target, Role) = (terms.Target, terms.Role ?? Role);
        Place = NameOf(names.Grids, terms.GridId) + NameOf(names.Units, terms.UnitId);
        Who = NameOf(names.People, terms.TargetId) + NameOf(names.TargetUnits, terms.TargetId);
    }

    public RuleLine? Edited { get; }
    public string Name { get; set; } = "";
    public string Category { get; set; } = "";
    public string Place { get; set; } = "";
    public RuleHours Hours { get; set; }
    public TimeOnly? From { get; set; }
    public TimeOnly? To { get; set; }
    public RuleTarget Target { get; set; }
    public Role Role { get; set; } = Role.SocialWorker;
    public string Who { get; set; } = "";

    /// <summary>What the place's or the target's field offers for what is typed there.</summary>
    public IEnumerable<string> Places => Like(_names.Units.Concat(_names.Grids), Place);

    /// <inheritdoc cref="Places"/>
    public IEnumerable<string> Targets => Like(Target == RuleTarget.Person ? _names.People : _names.TargetUnits, Who);

    /// <summary>The terms, or why there are none: a name that is in no list.</summary>
    public (RuleTerms? Terms, string Why) Read()
    {
        var (unit, grid) = (IdOf(_names.Units, Place), IdOf(_names.Grids, Place));
        if (Place.Trim().Length > 0 && unit is null && grid is null) return (null, $"没有叫“{Place.Trim()}”的地方，请从列表里选。");
        var named = Target is RuleTarget.Person or RuleTarget.Unit;
        var target = !named ? null : IdOf(Target == RuleTarget.Person ? _names.People : _names.TargetUnits, Who);
        if (named && target is null) return (null, Target == RuleTarget.Person ? "没有这个人，请从列表里选。" : "没有这个单位，请从列表里选。");
        return (new RuleTerms(Name)
        {
            Category = Category,
            UnitId = unit,
            GridId = unit is null ? grid : null,
            Hours = Hours,
            From = From,
            To = To,
            Target = Target,
            Role = Target is RuleTarget.RoleInRoom or RuleTarget.RoleInStation ? Role : null,
            TargetId = target,
        }, "");
    }

    private const int Offered = 20;

    private static IEnumerable<string> Like(IEnumerable<NamedId> names, string typed) =>
        names.Select(one => one.Name).Where(name => name.Contains(typed.Trim(), StringComparison.OrdinalIgnoreCase)).Take(Offered);

    private static Guid? IdOf(IReadOnlyList<NamedId> names, string typed) => names.FirstOrDefault(one => one.Name == typed.Trim())?.Id;

    private static string NameOf(IReadOnlyList<NamedId> names, Guid? id) => id is null ? "" : names.FirstOrDefault(one => one.Id == id)?.Name ?? "";
}
