using System.Globalization;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Cases;

/// <summary>What residents are told of the steps of their cases: rows of the outbox, saved with the step itself.</summary>
public sealed class CaseLetters(IOutbox outbox, IOptions<CaseSettings> settings, TimeProvider time)
{
    public const string RateDialog = "rate-case";

    /// <summary>The kind of notice by which a case's steps are told on forms.</summary>
    public const string ProgressNotice = "case-progress";

    internal const string Keys = "case:";

    private static readonly TimeSpan Soon = TimeSpan.FromHours(12);

    internal void Claimed(CommunityDb db, Case subject, string worker) =>
        Owe(db, subject, $"{Yours(subject)}由{worker}接单了，正在处理。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", [], "正在处理", worker);

    /// <summary>It is in other hands.</summary>
    internal void Given(CommunityDb db, Case subject, string owner) =>
        Owe(db, subject, $"{Yours(subject)}已转给{owner}。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", [], "已经转交", owner);

    internal void Extended(CommunityDb db, Case subject, string why) =>
        Owe(db, subject, $"{Yours(subject)}要多花几天，最晚{ChineseDate.Day(subject.DueAt)}前给您答复。\n原因：{why}\n让您久等了。", [], "要晚几天", "", why);

    internal void Suspended(CommunityDb db, Case subject, string why) =>
        Owe(db, subject, $"{Yours(subject)}先停一停，{ChineseDate.Day(subject.ResumesAt!.Value)}接着办。\n原因：{why}", [], "先停一停", "", why);

    internal void Resumed(CommunityDb db, Case subject) =>
        Owe(db, subject, $"{Yours(subject)}又接着办了。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", [], "正在处理", "");

    internal void Noted(CommunityDb db, Case subject, string worker, string words, IReadOnlyList<AttachmentRef> pictures) =>
        Owe(db, subject, $"{Yours(subject)}有新进展。\n{worker}：{Or(words, "请看照片。")}\n办好以后会再告诉您。", pictures, "有新进展", worker, words);

    internal void Resolved(CommunityDb db, Case subject, string worker, string words, IReadOnlyList<AttachmentRef> pictures)
    {
        Owe(db, subject, $"{Yours(subject)}办好了。\n{worker}：{words}\n如果没有解决，请回复「没解决」。", pictures, "办好了", worker, words);
        outbox.OweDialog(
            db, ConversationId.Parse(subject.Reporter), $"rate:{subject.Number}:{subject.Version}", RateDialog,
            subject.Number, subject.ClosedAt!.Value + settings.Value.AskForRatingAfter);
    }

    /// <summary>Begins the keys of everything owed about a case.</summary>
    internal static string KeyOf(string number) => $"{Keys}{number}:";

    /// <summary>The case's number in a key of its messages; empty in any other.</summary>
    internal static string NumberOf(string key) => key.Split(':') is ["case", var number, ..] ? number : "";

    private void Owe(
        CommunityDb db, Case subject, string words, IReadOnlyList<AttachmentRef> pictures, string state, string worker, string note = "")
    {
        var to = ConversationId.Parse(subject.Reporter);
        var key = $"{KeyOf(subject.Number)}{subject.Version}";
        outbox.Owe(db, to, key, new Message(words)
        {
            Picture = pictures.Count > 0 ? pictures[0] : null,
            Notice = new Notice(ProgressNotice, Form(subject, state, worker, note))
            {
                // What was promised within hours is not left to wait for the person's next message.
                Urgency = subject.DueAt - subject.OpenedAt < Soon ? Urgency.High : Urgency.Normal,
                Page = $"/my/cases/{subject.Number}",
            },
        });
        for (var i = 1; i < pictures.Count; i++)
            outbox.Owe(db, to, $"{key}:{i + 1}", new Message($"照片 {i + 1}/{pictures.Count}") { Picture = pictures[i] });
    }

    private Dictionary<string, string> Form(Case subject, string state, string worker, string note) => new(StringComparer.Ordinal)
    {
        ["what"] = subject.Title,
        ["number"] = subject.Number,
        ["state"] = state,
        ["who"] = worker,
        ["time"] = BeijingTime.At(time.GetUtcNow()).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        ["note"] = Or(note, $"最晚{ChineseDate.Day(subject.DueAt)}前给您答复"),
    };

    private static string Yours(Case subject) => $"您反映的“{subject.Title}”（编号 {subject.Number}）";

    private static string Or(string words, string otherwise) => words.Length == 0 ? otherwise : words;
}
