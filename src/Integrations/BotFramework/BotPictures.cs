using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.BotFramework;

/// <summary>What of an activity's files can be used: pictures that were kept or are promised, and words about those refused.</summary>
public sealed record TakenPictures(IReadOnlyList<AttachmentRef> Kept, IReadOnlyList<Message> Refusals)
{
    public static TakenPictures None { get; } = new([], []);
}

/// <summary>
/// Takes an activity's pictures: the bytes in <c>data:</c> are checked and kept at once; an address is noted and fetched like
/// any channel's.
/// </summary>
public sealed class BotPictures(BotFrameworkChannel channel, IInboundMedia media, IPictures pictures, IAttachments attachments)
{
    private const int Most = 9;
    private static readonly Message TooMany = "一次最多收 9 张照片，多出来的没有收下。";
    private static readonly Message NotOpened = "有一张照片打不开，请换一张再发。";

    public async Task<TakenPictures> Take(ConversationId from, BotActivity said, CancellationToken ct)
    {
        if (said.Attachments is not { } files) return TakenPictures.None;
        var (kept, refusals) = (new List<AttachmentRef>(), new List<Message>());
        foreach (var file in files)
        {
            if (!file.IsPicture) continue;
            if (kept.Count == Most)
            {
                refusals.Add(TooMany);
                break;
            }
            var (picture, refusal) = file.ContentUrl.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
                ? await Keep(from, file, ct)
                : await Expect(from, said.ServiceUrl, file, ct);
            if (picture is { } taken) kept.Add(taken);
            else refusals.Add(refusal ?? NotOpened);
        }
        return new TakenPictures(kept, [.. refusals.Distinct()]);
    }

    private async Task<(AttachmentRef? Picture, Message? Refusal)> Expect(ConversationId from, string? serviceUrl, BotAttachment file, CancellationToken ct) =>
        channel.SourceOf(serviceUrl, file.ContentUrl) is { } source ? (await media.Expect(from, source, ct), null) : (null, NotOpened);

    private async Task<(AttachmentRef? Picture, Message? Refusal)> Keep(ConversationId from, BotAttachment file, CancellationToken ct)
    {
        const string mark = ";base64,";
        var at = file.ContentUrl.IndexOf(mark, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return (null, NotOpened);
        var bytes = new byte[file.ContentUrl.Length];
        if (!Convert.TryFromBase64Chars(file.ContentUrl.AsSpan(at + mark.Length), bytes, out var length)) return (null, NotOpened);
        var outcome = await pictures.Prepare(new MemoryStream(bytes, 0, length, writable: false), ct);
        return outcome is { Jpeg: { } jpeg, Thumbnail: { } thumbnail }
            ? (await attachments.Keep(from, file.Name, jpeg, thumbnail, ct), null)
            : (null, outcome.Refusal is { } words ? new Message(words) : NotOpened);
    }
}
