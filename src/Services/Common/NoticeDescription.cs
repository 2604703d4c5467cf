namespace WuShe.Services.Common;

/// <summary>A kind of notice that a service sends (<see cref="Dialogs.Notice"/>): what forms of a channel may be filled with.</summary>
/// <param name="Kind">Its name in the settings: <c>case-progress</c>.</param>
/// <param name="Title">What staff call it.</param>
/// <param name="Sample">Every field there is, with a typical value.</param>
public sealed record NoticeDescription(string Kind, string Title, IReadOnlyDictionary<string, string> Sample);
