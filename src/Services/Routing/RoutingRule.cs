using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Routing;

/// <summary>When a rule holds, by the duty of the unit whose place it is.</summary>
public enum RuleHours
{
    Any = 0,
    OnDuty = 1,
    OffDuty = 2,
}

/// <summary>Whom a rule names.</summary>
public enum RuleTarget
{
    /// <summary>The worker of the grid.</summary>
    GridWorker = 0,

    /// <summary>The one person of a role in the room of the place; of several, the room's duty queue.</summary>
    RoleInRoom = 1,

    /// <summary>The same in the station above the room.</summary>
    RoleInStation = 2,

    /// <summary>A person by name.</summary>
    Person = 3,

    /// <summary>The duty queue of a unit, a partner's (物业, 供水 …) included.</summary>
    Unit = 4,
}

/// <summary>What a rule says: when it holds, and who gets it. Empty conditions hold always. Times are Beijing wall-clock times.</summary>
public sealed record RuleTerms(string Name)
{
    /// <summary>Code of the catalogue; empty for every category and for what has none.</summary>
    public string Category { get; init; } = "";

    /// <summary>A unit, with all below it.</summary>
    public Guid? UnitId { get; init; }

    /// <summary>One grid; the unit is then empty.</summary>
    public Guid? GridId { get; init; }
    public RuleHours Hours { get; init; }

    /// <summary>From this time, included. With <see cref="To"/>; later than it, it goes over midnight.</summary>
    public TimeOnly? From { get; init; }

    /// <summary>Until this time, not included.</summary>
    public TimeOnly? To { get; init; }
    public RuleTarget Target { get; init; }

    /// <summary>The role of <see cref="RuleTarget.RoleInRoom"/> and <see cref="RuleTarget.RoleInStation"/>.</summary>
    public Role? Role { get; init; }

    /// <summary>The person or the unit of <see cref="RuleTarget.Person"/> and <see cref="RuleTarget.Unit"/>.</summary>
    public Guid? TargetId { get; init; }

    /// <summary>How many conditions it has: of the rules that hold, the one with most decides.</summary>
    public int Conditions =>
        (Category.Length > 0 ? 1 : 0) + (UnitId is not null || GridId is not null ? 1 : 0) + (Hours != RuleHours.Any ? 1 : 0) + (From is not null ? 1 : 0);

    /// <summary>Only a unit's queue takes everything: a person may be away, a grid without a worker.</summary>
    public bool TakesAll => Target == RuleTarget.Unit;

    public bool IsAt(TimeOnly beijing) => From is not { } from || To is not { } to || (from < to ? beijing >= from && beijing < to : beijing >= from || beijing < to);
}

/// <summary>A rule of the routing, as it is kept.</summary>
public sealed class RoutingRule
{
    public const int MaxName = 40;

    public Guid Id { get; init; }

    /// <summary>Among rules with as many conditions for places as small, the smaller comes first.</summary>
    public int Position { get; set; }

    /// <summary>Grows with every change, so that of two changes at once one fails.</summary>
    public int Version { get; set; }
    public string Name { get; private set; } = "";
    public string Category { get; private set; } = "";
    public Guid? UnitId { get; private set; }
    public Guid? GridId { get; private set; }
    public RuleHours Hours { get; private set; }
    public TimeOnly? From { get; private set; }
    public TimeOnly? To { get; private set; }
    public RuleTarget Target { get; private set; }
    public Role? TargetRole { get; private set; }
    public Guid? TargetId { get; private set; }
    public Guid ChangedById { get; private set; }

    /// <summary>UTC.</summary>
    public DateTimeOffset ChangedAt { get; private set; }

    public RuleTerms Terms => new(Name)
    {
        Category = Category,
        UnitId = UnitId,
        GridId = GridId,
        Hours = Hours,
        From = From,
        To = To,
        Target = Target,
        Role = TargetRole,
        TargetId = TargetId,
    };

    internal void Change(RuleTerms to, StaffActor by, DateTimeOffset now)
    {
        (Name, Category, UnitId, GridId) = (to.Name, to.Category, to.UnitId, to.GridId);
        (Hours, From, To) = (to.Hours, to.From, to.To);
        (Target, TargetRole, TargetId) = (to.Target, to.Role, to.TargetId);
        (ChangedById, ChangedAt) = (by.Id, now);
        Version++;
    }
}
