using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Common.Media;

public enum AttachmentState
{
    /// <summary>Promised by the channel; the bytes are still to be fetched.</summary>
    Expected = 1,
    Stored = 2,

    /// <summary>Will never come: gone at the platform, or no picture.</summary>
    Failed = 3,
}

/// <summary>A picture somebody sent: who, when, and whether its bytes are in the file store yet.</summary>
public sealed class Attachment
{
    /// <summary>The file's id; the thumbnail's is <see cref="ThumbnailOf"/>.</summary>
    public required string Id { get; init; }

    /// <summary>The conversation it came from.</summary>
    public required string Conversation { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public AttachmentState State { get; set; }

    /// <summary>The name it was sent with; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where it is fetched (<c>wechat:{account}:{mediaId}</c>); null when it came with its bytes.</summary>
    public string? Source { get; init; }
    public int Attempts { get; set; }

    /// <summary>Not before this time: the back-off, or the lease of the one who is fetching it.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Why it failed: a code or short words.</summary>
    public string Outcome { get; set; } = "";

    public static string ThumbnailOf(string id) => id + "-t";
}

internal sealed class AttachmentSchema : IEntityTypeConfiguration<Attachment>
{
    public void Configure(EntityTypeBuilder<Attachment> entity)
    {
        entity.ToTable("Attachments");
        entity.Property(a => a.Id).HasMaxLength(80);
        entity.Property(a => a.Name).HasMaxLength(200);
        entity.Property(a => a.Outcome).HasMaxLength(200);
        entity.HasIndex(a => a.NextAttemptAt).HasFilter("\"State\" = 1");
        entity.HasIndex(a => a.Conversation);
    }
}
