using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>Keeps pictures that came with a message.</summary>
public interface IAttachments
{
    /// <summary>Stores a picture and its thumbnail (both JPEG, prepared by <see cref="IPictures"/>); the bytes survive a crash when this returns.</summary>
    Task<AttachmentRef> Keep(ConversationId from, string name, byte[] jpeg, byte[] thumbnail, CancellationToken ct);
}
