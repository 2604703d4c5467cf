namespace WuShe.Services.Common;

/// <summary>Bytes by id. What may be stored and who may see it is decided before and elsewhere.</summary>
public interface IFileStore
{
    /// <summary>Writes the whole file or nothing; an existing id is overwritten with the same content only.</summary>
    Task Save(string id, Stream content, CancellationToken ct);

    /// <summary>Null when there is no such file.</summary>
    Task<Stream?> Open(string id, CancellationToken ct);
}

/// <summary>Checks and re-encodes pictures: type by content, size limit, no EXIF.</summary>
public interface IPictures
{
    /// <summary>Reads at most <see cref="MaxBytes"/>; the result is a JPEG with a thumbnail, or a refusal with words for the resident.</summary>
    Task<PictureOutcome> Prepare(Stream content, CancellationToken ct);

    /// <summary>10 MB.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;
}

/// <summary>Either two JPEGs or the reason, in words a resident understands.</summary>
public sealed record PictureOutcome(byte[]? Jpeg, byte[]? Thumbnail, string? Refusal);
