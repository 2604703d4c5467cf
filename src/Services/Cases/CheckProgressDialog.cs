using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Cases;

/// <summary>Tells a resident what became of own cases: by number, or from the list of those still open.</summary>
public sealed class CheckProgressDialog(ICases cases) : IDialog
{
    public const string Name = "check-progress";

    /// <summary>Phrases that ask for the reason instead of the story.</summary>
    private static readonly string[] Whys =
    [
        "为什么超时", "为什么超时了", "为啥超时", "为啥子超时", "怎么超时了", "为什么还没办好", "为什么还没办", "怎么还没办好", "怎么这么慢",
        "为什么到了他那里", "为什么是他负责", "为什么给他", "为什么转给他", "为什么转了", "怎么换人了",
    ];

    private const int LongestWhy = 30;

    private static readonly string[] Late = ["超时", "还没", "慢"];

    public async Task Run(Chat chat)
    {
        var said = chat.Argument ?? CaseNumber.In(chat.Opening) ?? await Choose(chat);
        if (said is null) return;

        var story = await chat.Fetch("story", new { said }, ct => cases.Story(said, chat.Resident, ct));
        if (story is null) chat.Say(CaseWords.NoSuchCase);
        else if (AsksWhy(chat.Opening)) chat.Say($"{story.Summary.Title}（{story.Summary.Number}）\n{(Late.Any(chat.Opening.Contains) ? story.WhyLate : story.WhyHere)}");
        else chat.Say(new Message(Told(story)) { Link = story.Summary.ToPage() });
    }

    private async Task<string?> Choose(Chat chat)
    {
        var mine = await chat.Fetch("mine", new { }, ct => cases.OpenOf(chat.Resident, ct));
        if (mine.Count == 0)
        {
            chat.Say("您现在没有正在办理的事。有事要反映，直接说就行；要查以前的，请发编号。");
            return null;
        }

        if (mine is [var only]) return only.Number;
        return await chat.Ask("which", CaseChoice.Of(CaseChoice.Listing(mine) + "\n看哪一件？点一下，或发编号。", mine).Named("编号"));
    }

    /// <summary>Whether it is no longer than such a question with a case number.</summary>
    internal static bool AsksWhy(string words) => words.Length <= LongestWhy && Whys.Any(words.Contains);

    private static string Told(CaseStory story) =>
        $"{story.Summary.Title}（{story.Summary.Number}）\n现在：{story.Summary.State}\n{string.Join('\n', story.Sentences)}";
}
