namespace WuShe.Services.Common.Organisation;

/// <summary>Somebody's leave, from an instant (UTC) up to another, which is outside it. One person's leaves do not overlap.</summary>
public sealed class StaffLeave
{
    public Guid Id { get; init; }
    public Guid StaffId { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset From { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset Until { get; set; }

    /// <summary>Who does the work meanwhile; null leaves it to the duty queue.</summary>
    public Guid? SubstituteId { get; set; }
    public Guid EnteredById { get; init; }

    /// <summary>UTC.</summary>
    public DateTimeOffset EnteredAt { get; init; }
}
