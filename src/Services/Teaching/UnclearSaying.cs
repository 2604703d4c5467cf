using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Teaching;

/// <summary>What became of a sentence that was not understood.</summary>
public enum SayingState
{
    /// <summary>Waits for somebody to say what it means.</summary>
    Open,

    /// <summary>Taught: the next training takes it in.</summary>
    Taught,

    /// <summary>Nothing to learn from.</summary>
    Dismissed,
}

/// <summary>A sentence that was not understood, without what tells who said it. Times are UTC.</summary>
public sealed class UnclearSaying
{
    public const int MaxWords = 200;

    public Guid Id { get; init; }

    /// <summary>The words with personal data masked (<see cref="Masking"/>).</summary>
    public required string Words { get; init; }

    /// <summary>The words without punctuation, spaces and digits: how often the same was said.</summary>
    public required string Same { get; init; }

    /// <summary>What the model took it for, with too little confidence: sentences are grouped by it.</summary>
    public required string Guess { get; init; }
    public int Times { get; set; } = 1;
    public DateTimeOffset FirstAt { get; init; }
    public DateTimeOffset LastAt { get; set; }
    public SayingState State { get; private set; }
    public string? Intent { get; private set; }

    /// <summary>Category of a report; null otherwise.</summary>
    public string? Category { get; private set; }
    public Guid? TaughtBy { get; private set; }
    public DateTimeOffset? TaughtAt { get; private set; }

    internal void Teach(string intent, string? category, Guid by, DateTimeOffset at) =>
        (State, Intent, Category, TaughtBy, TaughtAt) = (SayingState.Taught, intent, category, by, at);

    internal void Dismiss(Guid by, DateTimeOffset at) =>
        (State, Intent, Category, TaughtBy, TaughtAt) = (SayingState.Dismissed, null, null, by, at);

    internal void OpenAgain() =>
        (State, Intent, Category, TaughtBy, TaughtAt) = (SayingState.Open, null, null, null, null);
}
