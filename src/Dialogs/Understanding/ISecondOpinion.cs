namespace WuShe.Dialogs.Understanding;

/// <summary>
/// Asked where the local model is unsure what somebody wants. Never a source of facts, never an answer: it only chooses among
/// the codes there are.
/// </summary>
public interface ISecondOpinion
{
    /// <summary>
    /// The intent it takes the words for, and the category of a report; null when it is switched off, its budget is spent, it
    /// failed, took too long or said anything but known codes. Never throws but for <paramref name="ct"/>.
    /// </summary>
    ValueTask<(string Intent, string? Category)?> Ask(string text, CancellationToken ct);
}
