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

    /// <summary>A page of ours that tells more. Channels that show links as cards may show it instead of the text; the others ignore it.</summary>
    public MessageLink? Link { get; init; }

    public static implicit operator Message(string text) => new(text);
}

/// <summary>A link to a page of ours.</summary>
/// <param name="Title">What it is about, in Chinese.</param>
/// <param name="Words">One line that says the most important thing of the message, in Chinese.</param>
/// <param name="Path">The page below the public address, without a slash in front.</param>
public sealed record MessageLink(string Title, string Words, string Path);
