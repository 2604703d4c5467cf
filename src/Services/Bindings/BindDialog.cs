using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Bindings;

/// <summary>
/// Joins two conversations of one person: 「绑定」 in the one gives six digits, said in the other they join the two. Nothing
/// tells a wrong code from one that was right once.
/// </summary>
public sealed class BindDialog(IBindings bindings) : IDialog
{
    public const string Name = "bind";

    public async Task Run(Chat chat)
    {
        if (BindOpener.In(chat.Opening) is { } code) await Take(chat, code);
        else await Offer(chat);
    }

    private async Task Offer(Chat chat)
    {
        var code = await chat.Perform("offer", (_, ct) => bindings.Offer(chat.Resident, ct));
        chat.Say(code is null
            ? "您要数字的次数太多了，请一个小时以后再来。"
            : $"您的数字是 {code}，十分钟内有效，只能用一次。\n请到另一边（微信或网页）把这六个数字发过去，两边就连上了。\n数字不要告诉别人。");
    }

    private async Task Take(Chat chat, string code)
    {
        // Asked before anything is looked up: the question must not tell whether the code is right.
        if (!await chat.Ask("sure", YesNo.Of("要把这里和另一边的聊天连起来吗？连上以后，两边都能看到对方的事。数字是别人发给您的，请不要连。")))
        {
            chat.Say("好的，没有连。");
            return;
        }

        var result = await chat.Perform("take", (key, ct) => bindings.Take(code, chat.Resident, key, ct));
        chat.Say(result switch
        {
            BindResult.Joined => $"连上了。说「我的事」，就能看到两边的事。\n要断开，说「{UnbindDialog.Word}」。",
            BindResult.JoinedAlready => "两边早就连上了。说「我的事」，就能看到两边的事。",
            BindResult.SaidHere => "这六个数字要发到另一边去：在微信里拿的，发到网页；在网页上拿的，发到微信。",
            _ => "这六个数字不对，或者已经过了十分钟。请到另一边再说一次「绑定」，拿新的数字。",
        });
    }
}
