using System.Security.Cryptography;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Media;

/// <summary>Keeps pictures: bytes in the file store, the row in the record. Ids are 128 random bits: nobody guesses one.</summary>
public sealed class StoredAttachments(IFileStore files, ITransactions transactions, TimeProvider time) : IAttachments
{
    private const int MaxName = 200;

    public async Task<AttachmentRef> Keep(ConversationId from, string name, byte[] jpeg, byte[] thumbnail, CancellationToken ct)
    {
        var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        await files.SaveBoth(id, jpeg, thumbnail, ct);
        await transactions.Run((db, _) =>
        {
            var now = time.GetUtcNow();
            db.Add(new Attachment
            {
                Id = id,
                Conversation = from.ToString(),
                CreatedAt = now,
                NextAttemptAt = now,
                State = AttachmentState.Stored,
                Name = name.Length <= MaxName ? name : name[..MaxName],
            });
            return Task.FromResult(true);
        }, ct);
        return new AttachmentRef(id);
    }
}

internal static class PictureFiles
{
    /// <summary>The thumbnail first: where the picture is, its thumbnail is too.</summary>
    public static async Task SaveBoth(this IFileStore files, string id, byte[] jpeg, byte[] thumbnail, CancellationToken ct)
    {
        await files.Save(Attachment.ThumbnailOf(id), new MemoryStream(thumbnail, writable: false), ct);
        await files.Save(id, new MemoryStream(jpeg, writable: false), ct);
    }
}
