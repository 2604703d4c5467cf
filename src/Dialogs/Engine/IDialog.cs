namespace WuShe.Dialogs.Engine;

/// <summary>
/// One task a resident finishes by talking. Written as a plain async method; each turn replays it from the top with the
/// recorded answers, so it holds no state of its own and one instance serves everybody at once.
/// </summary>
public interface IDialog
{
    /// <summary>Talks. Await only what <paramref name="chat"/> gives, or a helper that takes it.</summary>
    Task Run(Chat chat);
}

/// <summary>
/// Recognises exact words that open a dialog although they are no whole phrase (a case number). What people want in words
/// of their own is told by <see cref="Understanding.IUnderstanding"/> and <see cref="DialogEntry.Intents"/>.
/// </summary>
public interface IOpener
{
    /// <summary>How sure, from 0 (not at all) to 1 (an opening phrase). Pure: no clock, no I/O.</summary>
    double Opens(string text);
}

/// <summary>A dialog as the catalogue knows it.</summary>
public sealed record DialogEntry(string Name, string Title, int Version, IDialog Dialog)
{
    /// <summary>Phrases that open it when they are the whole message.</summary>
    public IReadOnlyList<string> OpensOn { get; init; } = [];

    /// <summary>Whether the menu and the greeting offer it, under <see cref="Title"/>.</summary>
    public bool OnMenu { get; init; }

    /// <summary>Codes of what people want (<see cref="Understanding.Intents"/>) that it is the dialog for.</summary>
    public IReadOnlyList<string> Intents { get; init; } = [];

    /// <summary>Kinds of scanned codes that open it; the whole scene (<c>kind:id</c>) is its argument.</summary>
    public IReadOnlyList<string> Scenes { get; init; } = [];

    public IOpener? Opener { get; init; }

    /// <summary>Whether leaving it half-done deserves one reminder (a report) or is of no consequence (a look-up).</summary>
    public bool Reminds { get; init; } = true;

    /// <summary>Whether pictures sent while nothing is open open it.</summary>
    public bool TakesPictures { get; init; }

    /// <summary>Whether it is the one that brings a person to staff: 「转人工」 opens it.</summary>
    public bool HandsOver { get; init; }

    /// <summary>Whether it is the one that alerts staff: words of danger open it, with the <see cref="Understanding.DangerKind"/> as argument.</summary>
    public bool Alarms { get; init; }
}
