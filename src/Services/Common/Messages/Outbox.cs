using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Common.Messages;

/// <summary>Writes what is owed into the caller's context.</summary>
public sealed class Outbox(TimeProvider time) : IOutbox
{
    private long _last;

    public void Owe(CommunityDb db, ConversationId to, string key, Message message, DateTimeOffset? dueAt = null) =>
        Add(db, to, key, new OutboxContent { Messages = [message] }, dueAt);

    public void OweDialog(CommunityDb db, ConversationId to, string key, string dialog, string argument, DateTimeOffset dueAt) =>
        Add(db, to, key, new OutboxContent { Dialog = dialog, Argument = argument }, dueAt);

    internal void Owe(CommunityDb db, ConversationId to, string key, IReadOnlyList<Message> messages) =>
        Add(db, to, key, new OutboxContent { Messages = messages }, null);

    private void Add(CommunityDb db, ConversationId to, string key, OutboxContent content, DateTimeOffset? dueAt)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        if (db.Set<OutboxMessage>().Local.FindEntry(key) is not null) return;
        var now = time.GetUtcNow();
        var due = dueAt?.ToUniversalTime() ?? now;
        db.Add(new OutboxMessage
        {
            Key = key,
            To = to.ToString(),
            Content = content.Write(),
            Order = NextOrder(now),
            CreatedAt = now,
            DueAt = due,
            NextAttemptAt = due,
        });
    }

    private long NextOrder(DateTimeOffset now)
    {
        while (true)
        {
            var last = Volatile.Read(ref _last);
            var next = Math.Max(last + 1, now.UtcTicks);
            if (Interlocked.CompareExchange(ref _last, next, last) == last) return next;
        }
    }
}
