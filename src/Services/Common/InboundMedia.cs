using System.Security.Cryptography;
using System.Text;
using WuShe.Dialogs;

namespace WuShe.Services.Common;

/// <summary>
/// Pictures that a channel names but does not carry. The turn goes on with a reference at once; a job fetches the bytes
/// from the <see cref="IMediaSource"/> that serves the source, checks and stores them under that reference.
/// </summary>
public interface IInboundMedia
{
    /// <summary>
    /// Notes that the picture at <paramref name="source"/> (<c>wechat:{account}:{mediaId}</c>) is to be fetched. The same
    /// source gives the same reference and is fetched once. The reference is <see cref="RefFor"/>.
    /// </summary>
    Task<AttachmentRef> Expect(ConversationId from, string source, CancellationToken ct);

    /// <summary>The reference of a source: the first 128 bits of its SHA-256 in hex, marked <c>in-</c>.</summary>
    static AttachmentRef RefFor(string source) =>
        new("in-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)).AsSpan(0, 16)));
}

/// <summary>Where promised pictures are fetched.</summary>
public interface IMediaSource
{
    bool Serves(string source);

    /// <summary>
    /// The bytes, at most <see cref="IPictures.MaxBytes"/>; the caller disposes. Throws <see cref="MediaGoneException"/> when
    /// they will never come (expired, too large, unknown) and <see cref="HttpRequestException"/> when a later try may help.
    /// </summary>
    Task<Stream> Open(string source, CancellationToken ct);
}

/// <summary>A promised picture cannot be had any more. The message is a code or short words, nothing personal.</summary>
public sealed class MediaGoneException : Exception
{
    public MediaGoneException()
    {
    }

    public MediaGoneException(string message)
        : base(message)
    {
    }

    public MediaGoneException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
