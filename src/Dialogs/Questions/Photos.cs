using WuShe.Dialogs.Engine;

namespace WuShe.Dialogs.Questions;

public static class Photos
{
    /// <summary>
    /// Asks for up to <paramref name="max"/> pictures; one message with pictures answers, 「没有照片」 skips. While a later
    /// question of the same dialog is open, further pictures are added to this answer and that question is put again.
    /// </summary>
    public static Answer<IReadOnlyList<AttachmentRef>> Ask(Chat chat, int max, string key = "photos") =>
        chat.Ask(key, Of($"有照片吗？请发照片，最多 {max} 张。", max));

    /// <summary>The question alone, for other words or a prefill with <c>From</c>.</summary>
    public static Question<IReadOnlyList<AttachmentRef>> Of(string prompt, int max) =>
        new PhotosQuestion(prompt, max).Named("照片").Skippable([], "没有照片");
}

internal sealed class PhotosQuestion(string prompt, int max) : Question<IReadOnlyList<AttachmentRef>>(prompt)
{
    protected internal override bool TakesPictures => true;

    protected internal override string Hint => "请发照片，没有就点「没有照片」。";

    protected internal override Reading<IReadOnlyList<AttachmentRef>> Read(Input input) =>
        input.Attachments.Count == 0
            ? default
            : Reading.Of<IReadOnlyList<AttachmentRef>>(
                Pictures.Take(input.Attachments, max),
                input.Attachments.Count > max ? Phrases.TooManyPictures(max) : null);

    protected internal override int PictureRoom(IReadOnlyList<AttachmentRef> value) => max - value.Count;

    protected internal override IReadOnlyList<AttachmentRef> AddPictures(
        IReadOnlyList<AttachmentRef> value, IReadOnlyList<AttachmentRef> pictures) => Pictures.Join(value, pictures, max);
}

internal static class Pictures
{
    internal static IReadOnlyList<AttachmentRef> Take(IReadOnlyList<AttachmentRef> pictures, int max) =>
        pictures.Count <= max ? pictures : [.. pictures.Take(max)];

    internal static IReadOnlyList<AttachmentRef> Join(
        IReadOnlyList<AttachmentRef> first, IReadOnlyList<AttachmentRef> then, int max) =>
        [.. first.Concat(then).Distinct().Take(max)];
}
