using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Cases;

/// <summary>What residents are told of the steps of their cases: rows of the outbox, saved with the step itself.</summary>
public sealed class CaseLetters(IOutbox outbox, IOptions<CaseSettings> settings)
{
    public const string RateDialog = "rate-case";

    internal void Claimed(CommunityDb db, Case subject, string worker) =>
        Owe(db, subject, $"{Yours(subject)}由{worker}接单了，正在处理。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", []);

    internal void Located(CommunityDb db, Case subject, string owner) =>
        Owe(db, subject, $"{Yours(subject)}已转给{owner}。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", []);

    internal void Noted(CommunityDb db, Case subject, string worker, string words, IReadOnlyList<AttachmentRef> pictures) =>
        Owe(db, subject, $"{Yours(subject)}有新进展。\n{worker}：{Or(words, "请看照片。")}\n办好以后会再告诉您。", pictures);

    internal void Resolved(CommunityDb db, Case subject, string worker, string words, IReadOnlyList<AttachmentRef> pictures)
    {
        Owe(db, subject, $"{Yours(subject)}办好了。\n{worker}：{words}\n如果没有解决，请回复「没解决」。", pictures);
        outbox.OweDialog(
            db, ConversationId.Parse(subject.Reporter), $"rate:{subject.Number}:{subject.Version}", RateDialog,
            subject.Number, subject.ClosedAt!.Value + settings.Value.AskForRatingAfter);
    }

    private void Owe(CommunityDb db, Case subject, string words, IReadOnlyList<AttachmentRef> pictures)
    {
        var to = ConversationId.Parse(subject.Reporter);
        var key = $"case:{subject.Number}:{subject.Version}";
        outbox.Owe(db, to, key, new Message(words) { Picture = pictures.Count > 0 ? pictures[0] : null });
        for (var i = 1; i < pictures.Count; i++)
            outbox.Owe(db, to, $"{key}:{i + 1}", new Message($"照片 {i + 1}/{pictures.Count}") { Picture = pictures[i] });
    }

    private static string Yours(Case subject) => $"您反映的“{subject.Title}”（编号 {subject.Number}）";

    private static string Or(string words, string otherwise) => words.Length == 0 ? otherwise : words;
}
