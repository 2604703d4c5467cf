namespace WuShe.Dialogs;

/// <summary>
/// The same said as a form, for channels that let us write to who has not written lately only by filling one in (a template
/// message, a subscription notice), and how urgent it is that it is heard.
/// </summary>
/// <param name="Kind">Which form: one of the kinds that services describe.</param>
/// <param name="Fields">What is filled in, by the names that the kind describes. Plain text.</param>
public sealed record Notice(string Kind, IReadOnlyDictionary<string, string> Fields)
{
    public Urgency Urgency { get; init; } = Urgency.Normal;

    /// <summary>The page that shows the whole, as a path of our own (<c>/my/cases/261128-0001</c>); null when there is none.</summary>
    public string? Page { get; init; }
}

/// <summary>How far to go so that a person hears something.</summary>
public enum Urgency
{
    /// <summary>By what is open: a conversation, a notice. Otherwise it waits until the person writes; after some days staff are asked to tell them.</summary>
    Normal,

    /// <summary>Nothing but the conversation: nobody is disturbed for it.</summary>
    CanWait,

    /// <summary>Every way at once, down to a text message and the staff's list of whom to call.</summary>
    High,
}
