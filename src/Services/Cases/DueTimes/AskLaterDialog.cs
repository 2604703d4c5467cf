using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Cases;

/// <summary>Weeks after the close: whether what was done still holds. What is broken again becomes a new case.</summary>
public sealed class AskLaterDialog(ICases cases) : IDialog
{
    public const string Name = "ask-later";

    private static readonly ChoiceSet<bool> Answers = new(
    [
        new(true, "还好", "好的", "挺好", "还可以", "没问题", "没坏", "都好"),
        new(false, "又坏了", "不好", "坏了", "又不行了", "没好", "又出问题了"),
    ]);

    public async Task Run(Chat chat)
    {
        var number = chat.Argument;
        if (number is null) return;
        var subject = await chat.Fetch("case", new { number }, ct => cases.ToRate(number, chat.Resident, ct));
        // Worked on again meanwhile, or somebody else's: nobody wants to hear a question now.
        if (subject is null) return;
        if (await chat.Ask("holds", Choice.Of($"{Ago(OpenAnew.Days(subject, chat.Now))}，您反映的“{subject.Title}”（{subject.Number}）办好了。现在还好吗？", Answers).Named("现在怎么样")))
        {
            chat.Say("那就好！以后有事随时说。");
            return;
        }

        var wrong = await chat.Ask("wrong", Text.Of("现在是什么样？说一句就行。").Skippable("").Named("现在的情况"));
        await OpenAnew.Perform(chat, cases, subject, wrong);
    }

    private static string Ago(int days) => days is >= 28 and < 35 ? "四周前" : $"{days} 天前";
}
