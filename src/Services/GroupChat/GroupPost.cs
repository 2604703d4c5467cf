using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Services.GroupChat;

/// <summary>A post in a unit's group: words of a member or of the service, or a card. Posts stand in the order of their ids.</summary>
public sealed class GroupPost
{
    public const int MaxWords = 1000;

    public long Id { get; init; }
    public Guid UnitId { get; init; }

    /// <summary>Names the post in its group: the same is posted once.</summary>
    public required string Key { get; init; }
    public DateTimeOffset At { get; init; }

    /// <summary>Who wrote it; null when the service did.</summary>
    public Guid? StaffId { get; init; }

    /// <summary>The writer's name then.</summary>
    public string Who { get; init; } = "";
    public string Words { get; init; } = "";

    /// <summary>What a card is about; empty when it is none.</summary>
    public string CardId { get; init; } = "";

    /// <summary>The card as it looks now, as JSON.</summary>
    public string CardJson { get; private set; } = "";

    public static GroupPost Of(StaffCard card, DateTimeOffset now)
    {
        var post = new GroupPost { UnitId = card.UnitId, Key = KeyOf(card), At = now, CardId = card.Id };
        post.Show(card);
        return post;
    }

    public static string KeyOf(StaffCard card) => FormattableString.Invariant($"card:{card.Id}:{card.Version}");

    public StaffCard? Card() => CardJson.Length == 0 ? null : JsonSerializer.Deserialize(CardJson, CardFormat.Readable.StaffCard);

    /// <summary>Whether it looked different before.</summary>
    public bool Show(StaffCard card)
    {
        // A change keeps the version that was posted.
        if (Card() is { } before) card = card with { Version = before.Version };
        var json = JsonSerializer.Serialize(card, CardFormat.Readable.StaffCard);
        if (json == CardJson) return false;
        CardJson = json;
        return true;
    }
}

[JsonSerializable(typeof(StaffCard))]
internal sealed partial class CardFormat : JsonSerializerContext
{
    public static CardFormat Readable { get; } = new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

internal sealed class GroupPostSchema : IEntityTypeConfiguration<GroupPost>
{
    public void Configure(EntityTypeBuilder<GroupPost> entity)
    {
        entity.ToTable("GroupPosts");
        entity.Property(p => p.Key).HasMaxLength(200);
        entity.Property(p => p.Who).HasMaxLength(60);
        entity.Property(p => p.Words).HasMaxLength(GroupPost.MaxWords);
        entity.Property(p => p.CardId).HasMaxLength(40);
        entity.HasIndex(p => new { p.UnitId, p.Key }).IsUnique();
        entity.HasIndex(p => new { p.UnitId, p.Id });
        entity.HasIndex(p => new { p.UnitId, p.CardId });
    }
}
