using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Questions;

/// <summary>One of several, answered by tapping, by number or in words.</summary>
public static class Choice
{
    /// <summary>Options in the order shown. Words match a label, one of its synonyms, or a unique part of them.</summary>
    public static Question<T> Of<T>(string prompt, params IReadOnlyList<ChoiceOption<T>> options) => throw new NotSupportedException();
}

public sealed record ChoiceOption<T>(T Value, string Label, params string[] Synonyms);

/// <summary>Free words.</summary>
public static class Text
{
    public static Question<string> Of(string prompt, int maxLength = 500) => throw new NotSupportedException();
}

public static class YesNo
{
    public static Question<bool> Of(string prompt) => throw new NotSupportedException();
}

/// <summary>The last question before something is done: 确认提交 / 我要修改 / 取消. 修改 is the router's work.</summary>
public static class Confirm
{
    public static Question<bool> Of(string summary, string yes = "确认提交") => throw new NotSupportedException();
}

public static class PlaceQuestion
{
    /// <summary>Words or a sent position.</summary>
    public static Question<PlaceAnswer> Of(string prompt) => throw new NotSupportedException();
}

/// <summary>Free words, pictures, or both in one message.</summary>
public sealed record Told(string Words, IReadOnlyList<AttachmentRef> Pictures);

public static class Telling
{
    public static Question<Told> Of(string prompt, int maxLength = 500) => throw new NotSupportedException();
}

public static class Photos
{
    /// <summary>
    /// Asks for up to <paramref name="max"/> pictures; one message with pictures answers, 「没有照片」 skips. While a later
    /// question of the same dialog is open, further pictures are added to this answer and that question is put again.
    /// </summary>
    public static Answer<IReadOnlyList<AttachmentRef>> Ask(Chat chat, int max, string key = "photos") => throw new NotSupportedException();
}
