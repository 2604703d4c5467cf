using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Messages;

/// <summary>Messages owed to residents: rows written in the transaction of what they tell, delivered by a job until told.</summary>
public interface IOutbox
{
    /// <summary>
    /// Adds a message to the context (saved with it). <paramref name="key"/> is unique: the same key owes nothing new.
    /// </summary>
    void Owe(CommunityDb db, ConversationId to, string key, Message message, DateTimeOffset? dueAt = null);

    /// <summary>Adds the opening of a dialog in the person's conversation (asking for a rating), due at a time.</summary>
    void OweDialog(CommunityDb db, ConversationId to, string key, string dialog, string argument, DateTimeOffset dueAt);
}
