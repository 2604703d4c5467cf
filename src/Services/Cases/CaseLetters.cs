using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Services.Cases;

/// <summary>What residents are told of the steps of the cases they reported or follow: rows of the outbox, saved with the step itself.</summary>
public sealed class CaseLetters(IOutbox outbox, IOptions<CaseSettings> settings, TimeProvider time)
{
    public const string RateDialog = "rate-case";

    /// <summary>The kind of notice by which a case's steps are told on forms.</summary>
    public const string ProgressNotice = "case-progress";

    internal const string Keys = "case:";

    private static readonly TimeSpan Soon = TimeSpan.FromHours(12);

    internal void Claimed(CommunityDb db, Case subject, string worker) =>
        Owe(db, subject, $"由{worker}接单了，正在处理。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", [], "正在处理", worker);

    /// <summary>It is in other hands.</summary>
    internal void Given(CommunityDb db, Case subject, string owner) =>
        Owe(db, subject, $"已转给{owner}。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", [], "已经转交", owner);

    internal void Extended(CommunityDb db, Case subject, string why) =>
        Owe(db, subject, said => $"要多花几天，最晚{ChineseDate.Day(subject.DueAt)}前给您答复。\n原因：{said}\n让您久等了。", [], "要晚几天", "", why);

    internal void Suspended(CommunityDb db, Case subject, string why) =>
        Owe(db, subject, said => $"先停一停，{ChineseDate.Day(subject.ResumesAt!.Value)}接着办。\n原因：{said}", [], "先停一停", "", why);

    internal void Resumed(CommunityDb db, Case subject) =>
        Owe(db, subject, $"又接着办了。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", [], "正在处理", "");

    internal void Noted(CommunityDb db, Case subject, string worker, string words, IReadOnlyList<AttachmentRef> pictures) =>
        Owe(db, subject, said => $"有新进展。\n{worker}：{Or(said, "请看照片。")}\n办好以后会再告诉您。", pictures, "有新进展", worker, words);

    /// <summary>It is part of another now.</summary>
    internal void Merged(CommunityDb db, Case subject, Case into) =>
        Owe(db, subject, $"和“{NeighbourWords.Title(into)}”（编号 {into.Number}）一起办。以后的进展都会告诉您。", [], "一起办", "");

    /// <summary>It stands for itself again.</summary>
    internal void Split(CommunityDb db, Case subject, Case from) =>
        Owe(db, subject, $"不和编号 {from.Number} 一起办了，单独办。最晚{ChineseDate.Day(subject.DueAt)}前给您答复。", [], "单独办", "");

    /// <summary>Its reporter does not want it done any more, which those who follow it must know.</summary>
    internal void Withdrawn(CommunityDb db, Case subject)
    {
        foreach (var to in Followers(subject)) Owe(db, subject, to, _ => "反映的人说不用办了。您那里还没好的话，请再说一次。", [], "不办了", "", "还没好请再说一次");
    }

    internal void Resolved(CommunityDb db, Case subject, string worker, string words, IReadOnlyList<AttachmentRef> pictures)
    {
        Owe(db, subject, said => $"办好了。\n{worker}：{said}\n如果没有解决，请回复「没解决」。", pictures, "办好了", worker, words);
        foreach (var to in Everybody(subject))
            outbox.OweDialog(
                db, ConversationId.Parse(to.Conversation), $"rate:{subject.Number}:{subject.Version}{to.Key}", RateDialog,
                subject.Number, subject.ClosedAt!.Value + settings.Value.AskForRatingAfter);
    }

    /// <summary>Begins the keys of everything owed about a case.</summary>
    internal static string KeyOf(string number) => $"{Keys}{number}:";

    /// <summary>The case's number in a key of its messages; empty in any other.</summary>
    internal static string NumberOf(string key) => key.Split(':') is ["case", var number, ..] ? number : "";

    private void Owe(CommunityDb db, Case subject, string words, IReadOnlyList<AttachmentRef> pictures, string state, string worker) =>
        Owe(db, subject, _ => words, pictures, state, worker, "");

    private void Owe(
        CommunityDb db, Case subject, Func<string, string> words, IReadOnlyList<AttachmentRef> pictures, string state, string worker, string said)
    {
        foreach (var to in Everybody(subject)) Owe(db, subject, to, words, pictures, state, worker, said);
    }

    private void Owe(
        CommunityDb db, Case subject, Recipient whom, Func<string, string> words, IReadOnlyList<AttachmentRef> pictures, string state, string worker, string said)
    {
        var to = ConversationId.Parse(whom.Conversation);
        var key = $"{KeyOf(subject.Number)}{subject.Version}{whom.Key}";
        var (begins, title) = whom.Follows ? ("您跟进的", NeighbourWords.Title(subject)) : ("您反映的", subject.Title);
        if (whom.Follows) said = NeighbourWords.Staff(said);
        outbox.Owe(db, to, key, new Message($"{begins}“{title}”（编号 {subject.Number}）{words(said)}")
        {
            Picture = pictures.Count > 0 ? pictures[0] : null,
            Notice = new Notice(ProgressNotice, Form(subject, title, state, worker, said))
            {
                // What was promised within hours is not left to wait for the person's next message.
                Urgency = subject.DueAt - subject.OpenedAt < Soon ? Urgency.High : Urgency.Normal,
                Page = $"/my/cases/{subject.Number}",
            },
        });
        for (var i = 1; i < pictures.Count; i++)
            outbox.Owe(db, to, $"{key}:{i + 1}", new Message($"照片 {i + 1}/{pictures.Count}") { Picture = pictures[i] });
    }

    private static IEnumerable<Recipient> Everybody(Case subject) => Followers(subject).Prepend(new Recipient(subject.Reporter, "", Follows: false));

    /// <summary>Each under a key of its own, which does not tell whose it is.</summary>
    private static IEnumerable<Recipient> Followers(Case subject) => subject.Followers.Select(follower => new Recipient(
        follower.Conversation, ":f" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(follower.Conversation)).AsSpan(0, 8)), Follows: true));

    private Dictionary<string, string> Form(Case subject, string title, string state, string worker, string note) => new(StringComparer.Ordinal)
    {
        ["what"] = title,
        ["number"] = subject.Number,
        ["state"] = state,
        ["who"] = worker,
        ["time"] = BeijingTime.At(time.GetUtcNow()).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        ["note"] = Or(note, $"最晚{ChineseDate.Day(subject.DueAt)}前给您答复"),
    };

    private static string Or(string words, string otherwise) => words.Length == 0 ? otherwise : words;

    /// <summary>Whom to tell; <paramref name="Key"/> ends the keys of what is owed to them.</summary>
    private sealed record Recipient(string Conversation, string Key, bool Follows);
}
