namespace WuShe.Dialogs.Understanding.Training;

/// <summary>
/// A sentence of which somebody said what it means, and no more: whether anybody is in danger, and which words name a place or
/// a time, stays unsaid, which is not the same as none.
/// </summary>
/// <param name="Text">The words.</param>
/// <param name="Intent">Code of <see cref="Intents"/>.</param>
/// <param name="Category">Of a report; null otherwise.</param>
public sealed record Lesson(string Text, string Intent, string? Category);
