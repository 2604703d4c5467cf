namespace WuShe.Services.Teaching;

/// <summary>Where a training stands.</summary>
public enum TrainingState
{
    Asked,
    Running,

    /// <summary>In use on every instance, until a later one is.</summary>
    Accepted,

    /// <summary>Worse than the one in use, which stays, or than the one that comes with the product.</summary>
    Refused,

    /// <summary>Broke off; can be asked for again.</summary>
    Failed,
}

/// <summary>One training: who asked for it, what it was trained on, how well it reads. Times are UTC.</summary>
public sealed class TrainedModel
{
    public Guid Id { get; init; }
    public TrainingState State { get; set; }
    public required string AskedBy { get; init; }
    public DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? BegunAt { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>How many sentences staff had taught.</summary>
    public int Taught { get; set; }

    // Shares of the held-apart sentences read rightly, from 0 to 1, with the model then in use and with the new one.
    public double IntentBefore { get; set; }
    public double IntentAfter { get; set; }
    public double CategoryBefore { get; set; }
    public double CategoryAfter { get; set; }
    public double DangerBefore { get; set; }
    public double DangerAfter { get; set; }

    /// <summary>Share of safe sentences taken for dangerous.</summary>
    public double AlarmsBefore { get; set; }

    /// <summary>The same with the new model.</summary>
    public double AlarmsAfter { get; set; }

    /// <summary>The model itself, when it was accepted.</summary>
    public byte[]? Model { get; set; }
}
