using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WuShe.Dialogs;

namespace WuShe.Services.Common.Messages;

/// <summary>One thing owed to a person: messages in order, or the opening of a dialog.</summary>
public sealed class OutboxMessage
{
    /// <summary>Names what is owed for ever.</summary>
    public required string Key { get; init; }

    /// <summary>The conversation, as <see cref="ConversationId.ToString"/> writes it.</summary>
    public required string To { get; init; }

    /// <summary>An <see cref="OutboxContent"/> as JSON.</summary>
    public required string Content { get; init; }

    /// <summary>Order among what is due at the same time to the same person: 100 ns ticks, strictly rising in one process.</summary>
    public long Order { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset DueAt { get; init; }

    public int Attempts { get; set; }

    /// <summary>Not before this time: the back-off after a failure, or the lease of the one who is delivering it now.</summary>
    public DateTimeOffset NextAttemptAt { get; set; }

    /// <summary>Who is delivering it, or did last.</summary>
    public Guid? Lease { get; set; }

    /// <summary>Refused everywhere for now: waits for the person to write, tried rarely meanwhile; later messages do not wait for it.</summary>
    public bool Parked { get; set; }

    /// <summary>When it was delivered or given up; null while it is owed.</summary>
    public DateTimeOffset? FinishedAt { get; set; }

    /// <summary>When it reached the person.</summary>
    public DateTimeOffset? DeliveredAt { get; set; }

    /// <summary>What became of the last attempt: by which channel, or why not. Codes and short words, nothing personal.</summary>
    public string Outcome { get; set; } = "";
}

/// <summary>What an outbox row says: messages, or a dialog to open with its argument.</summary>
internal sealed record OutboxContent
{
    public IReadOnlyList<Message> Messages { get; init; } = [];
    public string? Dialog { get; init; }
    public string? Argument { get; init; }

    public string Write() => JsonSerializer.Serialize(this, OutboxJson.Readable.OutboxContent);

    public static OutboxContent Read(string json) => JsonSerializer.Deserialize(json, OutboxJson.Readable.OutboxContent)!;
}

[JsonSerializable(typeof(OutboxContent))]
internal sealed partial class OutboxJson : JsonSerializerContext
{
    public static OutboxJson Readable { get; } = new(new JsonSerializerOptions
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    });
}

internal sealed class OutboxSchema : IEntityTypeConfiguration<OutboxMessage>
{
    private const string Owed = "\"FinishedAt\" IS NULL";
    private const int MaxOutcome = 200;

    public void Configure(EntityTypeBuilder<OutboxMessage> entity)
    {
        entity.ToTable("Outbox");
        entity.HasKey(m => m.Key);
        entity.Property(m => m.Outcome).HasMaxLength(MaxOutcome);
        // Only what is owed is indexed for the sweep: delivered rows cost it nothing, however many there are.
        entity.HasIndex(m => new { m.NextAttemptAt }).HasFilter(Owed);
        entity.HasIndex(m => new { m.To, m.DueAt, m.Order }).HasFilter(Owed);
        entity.HasIndex(m => m.FinishedAt);
    }
}
