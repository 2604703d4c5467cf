using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Cases;

/// <summary>
/// Asks what a resident thinks of a closed case. Opened by the follow-up with the case's number, or by the words 没解决,
/// which are an answer already and mean the case closed last.
/// </summary>
public sealed class RateCaseDialog(ICases cases) : IDialog
{
    private static readonly string[] NotQuite = ["不太满意", "不怎么满意", "不是很满意", "不咋满意", "不得满意", "不好", "不行"];

    private static readonly ChoiceSet<Satisfaction> Levels = new(
    [
        .. Enum.GetValues<Satisfaction>().Where(level => level != Satisfaction.NotSolved).OrderDescending()
            .Select(level => new ChoiceOption<Satisfaction>(level, level.Chinese(), level == Satisfaction.Dissatisfied ? NotQuite : [])),
        new(Satisfaction.NotSolved, Satisfaction.NotSolved.Chinese(), "没修好", "还没修好", "没有解决", "没弄好"),
    ]);

    public async Task Run(Chat chat)
    {
        var number = chat.Argument;
        var subject = await chat.Fetch("case", new { number }, ct => cases.ToRate(number, chat.Resident, ct));
        if (subject is null)
        {
            // The follow-up came too late: the case is being worked on again, nobody wants to hear a question now.
            if (number is null) chat.Say("您没有刚办好的事。正在办的，说「查进度」可以看。");
            return;
        }

        if (number is not null && subject.Rated) return;
        if (subject.TooLate && chat.Opening.Length > 0)
        {
            await OpenAnew.Offer(chat, cases, subject, RateOpener.Reason(chat.Opening));
            return;
        }

        var level = chat.Opening.Length > 0
            ? Satisfaction.NotSolved
            : await chat.Ask("rating", Choice.Of(
                $"{(subject.Follows ? "您跟进的" : "您反映的")}“{subject.Title}”（{subject.Number}）办好了，您满意吗？", Levels).Named("评价"));
        var reason = RateOpener.Reason(chat.Opening);
        var wrong = level.Reopens()
            ? await chat.Ask("wrong", Text.Of($"很抱歉“{subject.Title}”没办好。哪里不对？说一句就行。").Skippable("").Named("原因")
                .From(reason.Length > 0, reason))
            : "";

        if (level == Satisfaction.NotSolved && subject.TooLate)
        {
            await OpenAnew.Offer(chat, cases, subject, wrong);
            return;
        }

        var outcome = await chat.Perform("rate", (key, ct) => cases.Rate(subject.Number, level, wrong, chat.Resident, key, ct));
        chat.Say(outcome.Result switch
        {
            RatingResult.Thanked => "谢谢您的评价！以后有事随时说。",
            RatingResult.Reopened => $"已重新办理，编号还是 {subject.Number}。由{outcome.OwnerName}负责，{ChineseDate.Day(outcome.DueAt)}前给您答复。",
            RatingResult.TooLate => OpenAnew.TooLate(subject, chat.Now) + "您的意见已经交给站里，会有人回访。还没解决，请直接再说一次。",
            _ => "这件事已经在重新办理了。说「查进度」可以看。",
        });
    }
}
