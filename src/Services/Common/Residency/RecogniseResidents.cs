using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Residency;

/// <summary>
/// Finds out which conversations of several accounts are one person's, and joins them. Each is asked about once; one that
/// had no answer again after a month, since accounts are bound to each other later as well.
/// </summary>
public sealed class RecogniseResidents(
    IDbContextFactory<CommunityDb> contexts, ITransactions transactions, Residents residents, IEnumerable<IPersonKeys> platforms, TimeProvider time)
    : IJob
{
    private const int AtOnce = 200;
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromDays(30);

    public async Task Run(CancellationToken ct)
    {
        // Channel by channel: one that cannot be asked now holds up no other.
        foreach (var platform in platforms)
            foreach (var channel in platform.Channels)
                foreach (var conversation in await Unknown(channel, ct))
                    if (!await Ask(platform, conversation, ct)) break;
    }

    private async Task<List<ConversationId>> Unknown(string channel, CancellationToken ct)
    {
        var before = time.GetUtcNow() - AskAgainAfter;
        await using var db = await contexts.CreateDbContextAsync(ct);
        var names = await db.Set<ResidentConversation>()
            .Where(c => c.Following && (c.PersonAskedAt == null || (c.PersonKey == null && c.PersonAskedAt < before)) && c.Channel == channel)
            .OrderBy(c => c.PersonAskedAt != null).ThenByDescending(c => c.LastSeen)
            .Select(c => c.Conversation).Take(AtOnce).ToListAsync(ct);
        return names.ConvertAll(ConversationId.Parse);
    }

    /// <summary>False when the platform cannot be asked there now: the next run goes on.</summary>
    private async Task<bool> Ask(IPersonKeys platform, ConversationId conversation, CancellationToken ct)
    {
        string? person;
        try
        {
            person = await platform.Of(conversation, ct);
        }
        catch (HttpRequestException)
        {
            return false;
        }

        // Equal is all that is ever asked of it: the platform's own words for the person need not be kept.
        var key = person is null ? null : Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(person)));
        // Written before anybody is looked for: of two runs that note one person's two conversations at once, the later one to
        // look sees both. The time comes last, so that what broke off between is done again.
        await transactions.Run((db, token) => Note(db, conversation, key, token), ct);
        await transactions.Run((db, token) => Join(db, conversation, key, token), ct);
        return true;
    }

    private static async Task<bool> Note(CommunityDb db, ConversationId conversation, string? key, CancellationToken ct)
    {
        if (await Row(db, conversation, ct) is not { } mine) return false;
        mine.PersonKey = key;
        return true;
    }

    private async Task<bool> Join(CommunityDb db, ConversationId conversation, string? key, CancellationToken ct)
    {
        if (await Row(db, conversation, ct) is not { } mine) return false;
        mine.PersonAskedAt = time.GetUtcNow();
        if (key is null) return false;
        var other = await db.Set<ResidentConversation>()
            .Where(c => c.PersonKey == key && c.Conversation != mine.Conversation)
            .OrderBy(c => c.Conversation).Select(c => c.Conversation).FirstOrDefaultAsync(ct);
        return other is not null && await residents.Join(db, ConversationId.Parse(other), conversation, ct);
    }

    private static Task<ResidentConversation?> Row(CommunityDb db, ConversationId conversation, CancellationToken ct)
    {
        var name = conversation.ToString();
        return db.Set<ResidentConversation>().SingleOrDefaultAsync(c => c.Conversation == name, ct);
    }
}
