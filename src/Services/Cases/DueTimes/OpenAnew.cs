using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Cases;

/// <summary>The end of dialogs about a case that is closed for good: the same trouble is taken down as a new case.</summary>
internal static class OpenAnew
{
    /// <summary>Says that it is too late to open the case again.</summary>
    public static string TooLate(RatableCase subject, DateTimeOffset now) =>
        $"“{subject.Title}”（{subject.Number}）办好已经 {Days(subject, now)} 天了，不能再接着办。";

    /// <summary>Whole days since the close.</summary>
    public static int Days(RatableCase subject, DateTimeOffset now) => Math.Max(0, (int)(now - subject.ClosedAt).TotalDays);

    /// <summary>Says so, and offers to take it down anew. <paramref name="words"/>: what was said about it already.</summary>
    public static async Task Offer(Chat chat, ICases cases, RatableCase subject, string words)
    {
        if (subject.Follows)
        {
            // The neighbour's words are not the follower's to hand in again.
            chat.Say(TooLate(subject, chat.Now) + "\n还没解决，请直接把您那里的情况说一次。");
            return;
        }

        if (await chat.Ask("anew", YesNo.Of(TooLate(subject, chat.Now) + "\n还没解决的话，要不要当一件新的事再报一次？")))
            await Perform(chat, cases, subject, words);
        else chat.Say("好的。以后有事随时说。");
    }

    public static async Task Perform(Chat chat, ICases cases, RatableCase subject, string words)
    {
        var opened = await chat.Perform("open-anew", (key, ct) => cases.OpenAnew(subject.Number, words, chat.Resident, key, ct));
        chat.Say(opened is null
            ? CaseWords.NoSuchCase
            : new Message($"收到了，新的编号是 {opened.Number}。由{opened.OwnerName}负责，{ChineseDate.Day(opened.DueAt)}前给您答复。") { Link = opened.ToPage() });
    }
}
