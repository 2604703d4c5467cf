using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace WuShe.Services.Common.Residency;

/// <summary>A resident who has spoken to us, with every conversation known to be theirs.</summary>
public sealed class RegisteredResident
{
    public Guid Id { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A conversation and whose it is.</summary>
public sealed class ResidentConversation
{
    /// <summary>As <see cref="Dialogs.ConversationId.ToString"/> writes it.</summary>
    public required string Conversation { get; init; }
    public Guid ResidentId { get; set; }

    /// <summary>The channel name within it: <c>web</c>, <c>wechat.main</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>False when the person has left the account: nothing may be sent there.</summary>
    public bool Following { get; set; } = true;

    /// <summary>To the hour (UTC): who has several chats is written to in the one used last.</summary>
    public DateTimeOffset LastSeen { get; set; }

    /// <summary>The same for the same person in several accounts of a platform: a hash of what the platform knows them by.</summary>
    public string? PersonKey { get; set; }

    /// <summary>When the platform was last asked for it (UTC).</summary>
    public DateTimeOffset? PersonAskedAt { get; set; }
}

internal sealed class ResidentSchema : IEntityTypeConfiguration<RegisteredResident>, IEntityTypeConfiguration<ResidentConversation>
{
    public void Configure(EntityTypeBuilder<RegisteredResident> entity)
    {
        entity.ToTable("Residents");
        entity.Property(r => r.Id).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<ResidentConversation> entity)
    {
        entity.ToTable("ResidentConversations");
        entity.HasKey(c => c.Conversation);
        entity.Property(c => c.Channel).HasMaxLength(60);
        entity.Property(c => c.PersonKey).HasMaxLength(50);
        entity.HasIndex(c => c.ResidentId);
        entity.HasIndex(c => c.PersonKey);
        entity.HasOne<RegisteredResident>().WithMany().HasForeignKey(c => c.ResidentId).OnDelete(DeleteBehavior.Cascade);
    }
}
