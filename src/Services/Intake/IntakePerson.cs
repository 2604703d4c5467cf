namespace WuShe.Services.Intake;

/// <summary>Somebody for whom staff took a report. <see cref="Name"/> and <see cref="Phone"/> are encrypted.</summary>
public sealed class IntakePerson
{
    public Guid Id { get; init; }

    /// <summary>Encrypted; the names that the number goes by, one for most. Empty when none was said.</summary>
    public string Name { get; set; } = "";

    /// <summary>Encrypted; empty when none was said.</summary>
    public string Phone { get; init; } = "";

    /// <summary>By what the number is found (<see cref="PhoneKeys"/>); null without one.</summary>
    public string? PhoneKey { get; init; }
    public Guid CreatedById { get; init; }
    public required string CreatedBy { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A form that was sent: how the report came, who spoke, who consented, and what was read out to the caller.</summary>
public sealed class IntakeEntry
{
    /// <summary>The form's own id: however often it is sent, it is one report.</summary>
    public Guid Id { get; init; }
    public Guid PersonId { get; set; }
    public IntakeWay Way { get; set; }
    public IntakeRelation Relation { get; set; }
    public ConsentGiver Consent { get; set; }

    /// <summary>UTC; null when the person spoke for themselves.</summary>
    public DateTimeOffset? ConsentAt { get; set; }

    /// <summary>Empty until the case is open.</summary>
    public string CaseNumber { get; set; } = "";
    public string OwnerName { get; set; } = "";

    /// <summary>UTC.</summary>
    public DateTimeOffset? DueAt { get; set; }
    public Guid TakenById { get; init; }
    public required string TakenBy { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset TakenAt { get; init; }
}

/// <summary>Somebody has looked at a masked field. Rows are only ever added.</summary>
public sealed class PersonLook
{
    public Guid Id { get; init; }
    public Guid PersonId { get; init; }
    public PersonField Field { get; init; }
    public Guid StaffId { get; init; }
    public required string StaffName { get; init; }

    /// <summary>As the one who looked wrote it.</summary>
    public required string Why { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>The secret of <see cref="PhoneKeys"/>, encrypted.</summary>
public sealed class PhoneSecret
{
    public int Id { get; init; }
    public required string Secret { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
