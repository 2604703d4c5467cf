using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Cases;

/// <summary>撤回: a resident does not want an own open case done any more, or to hear of a followed one.</summary>
public sealed class WithdrawCaseDialog(ICases cases) : IDialog
{
    public const string Name = "withdraw-case";

    public async Task Run(Chat chat)
    {
        var mine = await chat.Fetch("mine", new { }, ct => cases.OpenOf(chat.Resident, ct));
        if (mine.Count == 0)
        {
            chat.Say("您现在没有正在办理的事，不用撤。");
            return;
        }

        var named = CaseNumber.In(chat.Opening);
        var subject = mine.FirstOrDefault(one => one.Number == named) ?? (mine is [var only] ? only : await Choose(chat, mine));
        if (subject is null)
        {
            chat.Say(CaseWords.NoSuchCase);
            return;
        }

        if (subject.Follows)
        {
            await Leave(chat, subject);
            return;
        }

        if (!await chat.Ask("sure", YesNo.Of($"“{subject.Title}”（{subject.Number}）真的不用办了吗？")))
        {
            chat.Say("好的，接着办。有进展会告诉您。");
            return;
        }

        var why = await chat.Ask("why", Text.Of("为什么不用办了？说一句就行，不想说就回「跳过」。").Skippable("").Named("原因"));
        var withdrawn = await chat.Perform("withdraw", (key, ct) => cases.Withdraw(subject.Number, why, chat.Resident, key, ct));
        chat.Say(withdrawn ? $"已撤回 {subject.Number}，不再办了。以后又有需要，直接再说一次。" : "这件事刚刚有了变化，没有撤。说「查进度」可以看。");
    }

    private async Task Leave(Chat chat, CaseSummary subject)
    {
        if (!await chat.Ask("leave", YesNo.Of($"“{subject.Title}”（{subject.Number}）是邻居反映的。您不再跟进了吗？")))
        {
            chat.Say("好的，有进展会告诉您。");
            return;
        }

        await chat.Perform("unfollow", (key, ct) => cases.Withdraw(subject.Number, "", chat.Resident, key, ct));
        chat.Say($"好的，{subject.Number} 的进展不再告诉您。别人反映的，还接着办。");
    }

    private static async Task<CaseSummary?> Choose(Chat chat, IReadOnlyList<CaseSummary> mine)
    {
        var number = await chat.Ask("which", CaseChoice.Of(CaseChoice.Listing(mine) + "\n哪一件不用办了？点一下，或发编号。", mine).Named("编号"));
        return mine.FirstOrDefault(one => one.Number == number || one.Number.EndsWith("-" + number, StringComparison.Ordinal));
    }
}
