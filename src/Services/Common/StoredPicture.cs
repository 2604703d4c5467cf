using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>How a prepared picture lies in the file store: the picture under its id, its thumbnail beside it.</summary>
public static class StoredPicture
{
    /// <summary>The id of a picture's thumbnail. Where there is none, the picture itself will do.</summary>
    public static string SmallOf(string id) => Media.Attachment.ThumbnailOf(id);

    /// <summary>Stores a prepared picture under a fresh id that cannot be guessed.</summary>
    public static async Task<AttachmentRef> Keep(this IFileStore files, PictureOutcome picture, CancellationToken ct)
    {
        if (picture.Jpeg is null) throw new ArgumentException("A refused picture is not kept.", nameof(picture));
        var id = Guid.NewGuid().ToString("N");
        if (picture.Thumbnail is not null) await files.Save(SmallOf(id), new MemoryStream(picture.Thumbnail), ct);
        await files.Save(id, new MemoryStream(picture.Jpeg), ct);
        return new AttachmentRef(id);
    }
}
