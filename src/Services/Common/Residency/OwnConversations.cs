using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Residency;

/// <summary>What 「我的」 means: everything of every conversation that is known to be the same resident's.</summary>
internal static class OwnConversations
{
    /// <summary>The resident's conversations as the record writes them, the one at hand first.</summary>
    public static async Task<IReadOnlyList<string>> Of(CommunityDb db, Resident resident, CancellationToken ct)
    {
        var name = resident.Conversation.ToString();
        var all = db.Set<ResidentConversation>();
        var joined = await all
            .Where(c => c.Conversation != name && all.Any(me => me.Conversation == name && me.ResidentId == c.ResidentId))
            .Select(c => c.Conversation).ToListAsync(ct);
        return [name, .. joined];
    }

    /// <summary>The same for a resident known by id, the conversation used last first.</summary>
    public static async Task<IReadOnlyList<string>> Of(CommunityDb db, Guid resident, CancellationToken ct) =>
        await db.Set<ResidentConversation>().Where(c => c.ResidentId == resident).OrderByDescending(c => c.LastSeen).Select(c => c.Conversation).ToListAsync(ct);
}
