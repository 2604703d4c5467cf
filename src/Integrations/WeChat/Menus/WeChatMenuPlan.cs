using WuShe.Dialogs.Understanding;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Menus;

/// <summary>
/// The menu that the service catalogue makes: every dialog that its manifest puts on the menu, in menu order. Three fit side
/// by side; more go under 办事 (and 更多), and what is about a person's own affairs under 我的.
/// </summary>
public sealed class WeChatMenuPlan
{
    private const string Do = "办事";
    private const string More = "更多";
    private const string Mine = "我的";
    private const string Work = "工作";
    private const string Console = "工作台";

    public WeChatMenuPlan(IEnumerable<ServiceDescription> services)
    {
        DialogDescription[] dialogs = [.. services.SelectMany(service => service.Dialogs).Where(dialog => dialog.OnMenu)];
        if (dialogs.Length <= WeChatButton.MostButtons && dialogs.All(FitsInRow))
        {
            Everybody = new WeChatMenu([.. dialogs.Select(InRow)]);
            LeftOut = [];
            return;
        }

        var own = dialogs.Where(IsOwn).ToArray();
        var chunks = dialogs.Where(dialog => !IsOwn(dialog)).Chunk(WeChatButton.MostSubButtons).ToArray();
        var room = own.Length > 0 ? WeChatButton.MostButtons - 1 : WeChatButton.MostButtons;
        var row = new List<WeChatButton>();
        foreach (var chunk in chunks.Take(room)) row.Add(Under(row.Count == 0 ? Do : More, chunk));
        if (own.Length > 0) row.Add(Under(Mine, own));
        Everybody = new WeChatMenu(row);
        LeftOut = [.. chunks.Skip(room).SelectMany(chunk => chunk).Concat(own.Skip(WeChatButton.MostSubButtons)).Select(dialog => dialog.Title)];
    }

    /// <summary>The menu of everybody.</summary>
    public WeChatMenu Everybody { get; }

    /// <summary>Titles for which the platform's menu has no room; they are still in the greeting's.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>The menu of staff: the same, and the console's address in front of what the last key has.</summary>
    public WeChatMenu ForStaff(string consoleUrl)
    {
        var console = WeChatButton.View(Console, consoleUrl);
        if (Everybody.Buttons.Count < WeChatButton.MostButtons) return new WeChatMenu([.. Everybody.Buttons, console]);
        var last = Everybody.Buttons[^1];
        WeChatButton[] under = [console, .. last.Children.Count > 0 ? last.Children : [last]];
        return new WeChatMenu([.. Everybody.Buttons.SkipLast(1), WeChatButton.Heading(Work, [.. under.Take(WeChatButton.MostSubButtons)])]);
    }

    private static bool IsOwn(DialogDescription dialog) =>
        dialog.HandsOver || dialog.Intents.Any(intent => intent is Intents.Progress or Intents.Mine);

    private static bool FitsInRow(DialogDescription dialog) => WeChatButton.Bytes(dialog.Title) <= WeChatButton.MaxName;

    private static WeChatButton InRow(DialogDescription dialog) => WeChatButton.Click(dialog.Title, dialog.Name);

    private static WeChatButton Under(string heading, DialogDescription[] dialogs) => dialogs is [var only] && FitsInRow(only)
        ? InRow(only)
        : WeChatButton.Heading(heading, [.. dialogs.Take(WeChatButton.MostSubButtons)
            .Select(dialog => WeChatButton.Click(WeChatButton.Fit(dialog.Title, WeChatButton.MaxSubName), dialog.Name))]);
}
