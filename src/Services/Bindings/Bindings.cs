using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.Residency;

namespace WuShe.Services.Bindings;

/// <summary>
/// Joins conversations by a code that only somebody who reads the one can say in the other. Whoever is joined reads it at
/// once, and can part again with one word.
/// </summary>
public sealed class Bindings(IBindCodes codes, Residents residents, IOutbox outbox, ITransactions transactions) : IBindings
{
    public Task<string?> Offer(Resident resident, CancellationToken ct) => codes.Issue(resident.Conversation, ct);

    public async Task<BindResult> Take(string code, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        if (await codes.Redeem(code, resident.Conversation, key, ct) is not { } other) return BindResult.Wrong;
        if (other == resident.Conversation) return BindResult.SaidHere;
        return await transactions.Once(key, async (db, token) =>
        {
            if (!await residents.Join(db, other, resident.Conversation, token)) return BindResult.JoinedAlready;
            var words = $"{Name(resident.Conversation)}的聊天和这里连上了，两边都能查到您的事。\n不是您本人做的，请马上回复「{UnbindDialog.Word}」。";
            outbox.Owe(db, other, $"bound:{key}", words);
            return BindResult.Joined;
        }, ct);
    }

    public Task<bool> Part(Resident resident, IdempotencyKey key, CancellationToken ct) => transactions.Once(key, async (db, token) =>
    {
        var others = await residents.Part(db, resident.Conversation, token);
        foreach (var other in others)
            outbox.Owe(db, other, $"parted:{key}:{other}", $"{Name(resident.Conversation)}的聊天和这里断开了，那边查不到这里的事了。");
        return others.Count > 0;
    }, ct);

    private static string Name(ConversationId conversation) =>
        conversation.Channel.StartsWith("wechat.", StringComparison.Ordinal) ? "微信上" : conversation.Channel == "web" ? "网页上" : "另一边";
}
