using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using WuShe.Dialogs;

namespace WuShe.Services.Cases;

/// <summary>A resident's conversation that hears of a case reported by somebody else, and rates it for itself.</summary>
public sealed class CaseFollower
{
    private CaseFollower()
    {
    }

    internal CaseFollower(Guid caseId, string conversation, Guid? cameWith, DateTimeOffset at) =>
        (CaseId, Conversation, CameWith, At) = (caseId, conversation, cameWith, at);

    public Guid CaseId { get; private set; }

    /// <summary>As <see cref="ConversationId.ToString"/> writes it.</summary>
    public string Conversation { get; private set; } = "";
    public DateTimeOffset At { get; private set; }

    /// <summary>The merged case that brought them and takes them along when it is split off; null for who chose to follow.</summary>
    public Guid? CameWith { get; private set; }

    /// <summary>1 非常不满意 … 5 非常满意; null while not rated, or when all that was said is 没解决.</summary>
    public int? Rating { get; private set; }
    public string RatingWords { get; private set; } = "";

    /// <summary>When they rated it as it was closed last; null while they may still be asked.</summary>
    public DateTimeOffset? RatedAt { get; private set; }

    /// <summary>By whom they are here from now on: null when they chose to stay.</summary>
    internal void Come(Guid? with) => CameWith = with;

    /// <summary>It goes on: what they said of it stands, and they are asked again after the next close.</summary>
    internal void GoesOn() => RatedAt = null;

    internal void Rate(Satisfaction level, string words, DateTimeOffset now)
    {
        if (level != Satisfaction.NotSolved) Rating = (int)level;
        (RatingWords, RatedAt) = (CaseWords.Cut(words, Case.MaxNote), now);
    }
}

internal sealed class CaseFollowerSchema : IEntityTypeConfiguration<CaseFollower>
{
    public void Configure(EntityTypeBuilder<CaseFollower> entity)
    {
        entity.ToTable("CaseFollowers");
        entity.HasKey(f => new { f.CaseId, f.Conversation });
        entity.Property(f => f.Conversation).HasMaxLength(200);
        entity.Property(f => f.RatingWords).HasMaxLength(Case.MaxNote);
        entity.HasIndex(f => f.Conversation);
    }
}

/// <summary>What of the table of cases serves duplicates.</summary>
internal sealed class CaseFollowingSchema : IEntityTypeConfiguration<Case>
{
    private const string Open = "\"ClosedAt\" IS NULL";

    public void Configure(EntityTypeBuilder<Case> entity)
    {
        entity.HasMany(c => c.Followers).WithOne().HasForeignKey(f => f.CaseId);
        // Whoever changes a case owes its followers the same letter as its reporter: nobody can forget to load them.
        entity.Navigation(c => c.Followers).UsePropertyAccessMode(PropertyAccessMode.Field).AutoInclude();
        // Only open cases are looked for nearby, and those are few however many have been closed.
        entity.HasIndex(c => new { c.Category, c.GridId, c.OpenedAt }).HasFilter(Open);
        entity.HasIndex(c => new { c.Category, c.Latitude }).HasFilter(Open);
    }
}
