using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Media;

/// <summary>Notes pictures that a channel names and <see cref="FetchInboundMedia"/> fetches.</summary>
public sealed class PromisedMedia(ITransactions transactions, IWake wake, TimeProvider time) : IInboundMedia
{
    public async Task<AttachmentRef> Expect(ConversationId from, string source, CancellationToken ct)
    {
        var reference = IInboundMedia.RefFor(source);
        var added = await transactions.Run(async (db, token) =>
        {
            if (await db.Set<Attachment>().AnyAsync(a => a.Id == reference.Id, token)) return false;
            var now = time.GetUtcNow();
            db.Add(new Attachment
            {
                Id = reference.Id,
                Conversation = from.ToString(),
                CreatedAt = now,
                NextAttemptAt = now,
                State = AttachmentState.Expected,
                Source = source,
            });
            return true;
        }, ct);
        if (added) wake.Media();
        return reference;
    }
}
