using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.Bindings;

/// <summary>Makes a conversation stand alone again.</summary>
public sealed class UnbindDialog(IBindings bindings) : IDialog
{
    public const string Name = "unbind";

    /// <summary>What opens it, as other dialogs tell people.</summary>
    public const string Word = "解除绑定";

    public async Task Run(Chat chat)
    {
        if (!await chat.Ask("sure", YesNo.Of("要断开吗？断开以后，这里只能查到在这里办的事。")))
        {
            chat.Say("好的，没有断开。");
            return;
        }

        var parted = await chat.Perform("part", (key, ct) => bindings.Part(chat.Resident, key, ct));
        chat.Say(parted ? "断开了。要再连上，说「绑定」。" : "这里本来就没有和别处连着。");
    }
}
