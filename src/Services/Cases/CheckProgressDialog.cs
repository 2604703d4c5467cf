using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Cases;

/// <summary>Tells a resident what became of own cases: by number, or from the list of those still open.</summary>
public sealed class CheckProgressDialog(ICases cases) : IDialog
{
    public const string Name = "check-progress";

    public async Task Run(Chat chat)
    {
        var said = chat.Argument ?? CaseNumber.In(chat.Opening) ?? await Choose(chat);
        if (said is null) return;

        var story = await chat.Fetch("story", new { said }, ct => cases.Story(said, chat.Resident, ct));
        chat.Say(story is null ? CaseWords.NoSuchCase : new Message(Told(story)) { Link = story.Summary.ToPage() });
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

    private static string Told(CaseStory story) =>
        $"{story.Summary.Title}（{story.Summary.Number}）\n现在：{story.Summary.State}\n{string.Join('\n', story.Sentences)}";
}
