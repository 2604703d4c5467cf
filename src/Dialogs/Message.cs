namespace WuShe.Dialogs;

/// <summary>One thing the bot says. Plain text: no channel may read Markdown or HTML into it.</summary>
/// <param name="Text">What is said, in Chinese.</param>
public sealed record Message(string Text)
{
    /// <summary>
    /// Answers offered with the message, at most 24. Tapping one sends its label as text; channels without buttons
    /// number them, and the number is understood.
    /// </summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>A picture shown with the message, by stored file id.</summary>
    public AttachmentRef? Picture { get; init; }

    /// <summary>The same as a form; null for what is only said in a conversation.</summary>
    public Notice? Notice { get; init; }

    public static implicit operator Message(string text) => new(text);
}
