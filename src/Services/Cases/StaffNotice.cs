namespace WuShe.Services.Cases;

/// <summary>Something a member of staff should know, shown in the console until read.</summary>
public sealed class StaffNotice
{
    public Guid Id { get; init; }
    public Guid UnitId { get; init; }

    /// <summary>Null: everybody who serves the unit's duty queue.</summary>
    public Guid? StaffId { get; init; }
    public required string CaseNumber { get; init; }
    public required string Words { get; init; }
    public DateTimeOffset At { get; init; }
    public DateTimeOffset? ReadAt { get; set; }

    internal static StaffNotice About(Case subject, string words, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UnitId = subject.UnitId,
        StaffId = subject.OwnerId,
        CaseNumber = subject.Number,
        Words = words,
        At = now,
    };
}
