namespace WuShe.Dialogs.Understanding;

/// <summary>What a sentence says, as far as it can be told from its words alone: pure, no clock, no place list.</summary>
/// <param name="Intent">What the person wants.</param>
/// <param name="Second">The next likely intent, when another one is possible at all.</param>
/// <param name="Category">Category of a problem (<c>lighting</c> …); the most likely ones first. Empty unless the intent is a report.</param>
/// <param name="Danger">Somebody is in danger now: the number to call comes before anything else. Null when not.</param>
/// <param name="Place">The words that name a place, as they stand in the sentence; null when none do.</param>
/// <param name="Time">The words that say when or since when; null when none do.</param>
public sealed record Understood(
    Guess Intent, Guess? Second, IReadOnlyList<Guess> Category, DangerKind? Danger, string? Place, string? Time)
{
    /// <summary>Nothing to go by: empty words, only emoji or punctuation.</summary>
    public static Understood Nothing { get; } = new(new Guess(Intents.None, 0), null, [], null, null, null);
}

/// <summary>A code and how sure it is, from 0 to 1.</summary>
public readonly record struct Guess(string Code, double Confidence);

/// <summary>Reads sentences. Safe to call from anywhere at once; the same words give the same answer until a new model is put in.</summary>
public interface IUnderstanding
{
    Understood Read(string text);

    /// <summary>Whether words say where something is, whether or not the place is known; for short answers to 「在哪里」.</summary>
    bool SaysWhere(string text) => Read(text).Place is not null;
}

/// <summary>What people want of a service like this. Further services add codes of their own.</summary>
public static class Intents
{
    public const string Report = "report";
    public const string Progress = "progress";
    public const string Lawyer = "lawyer";
    public const string Volunteer = "volunteer";
    public const string Notice = "notice";
    public const string Mine = "mine";
    public const string Human = "human";
    public const string Help = "help";
    public const string Cancel = "cancel";
    public const string Back = "back";
    public const string Repeat = "repeat";
    public const string None = "none";
}

/// <summary>What endangers somebody now; it decides whom to call first.</summary>
public enum DangerKind
{
    /// <summary>Danger that fits none of the others.</summary>
    Other,
    Gas,
    Fire,

    /// <summary>Somebody is shut in a lift.</summary>
    Lift,
    Injury,
    SelfHarm,
    Missing,
    Violence,
    Traffic,

    /// <summary>Something falls or is about to fall on people; landslide, flood.</summary>
    Collapse,
}
