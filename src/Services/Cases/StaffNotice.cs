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

    /// <summary>To whoever has the case.</summary>
    internal static StaffNotice About(Case subject, string words, DateTimeOffset now) => To(subject, subject.OwnerId, words, now);

    /// <summary>To a person, or (null) to everybody who serves the duty queue of the case's unit.</summary>
    internal static StaffNotice To(Case subject, Guid? staffId, string words, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UnitId = subject.UnitId,
        StaffId = staffId,
        CaseNumber = subject.Number,
        Words = CaseWords.Cut(words, 200),
        At = now,
    };
}
