using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Handoffs;

/// <summary>
/// Brings in a person: for now a message in the duty queue, with the time of the answer. Opened with words that were not
/// understood, it asks whether they shall go to staff as they are.
/// </summary>
public sealed class HandoffDialog(Handoffs handoffs) : IDialog
{
    public const string Name = "handoff";
    private const int MostShown = 40;

    /// <summary>For whoever has no words, or only digits.</summary>
    private static readonly string[] Examples = ["请跟我联系", "请到我家来看看", "想问补贴、低保", "想问办证、开证明"];

    public async Task Run(Chat chat)
    {
        var known = chat.Opening.Length > 0 || chat.OpeningPictures.Count > 0;
        if (known && !await chat.Ask("wanted", YesNo.Of($"要不要把「{Shown(chat.Opening)}」转给工作人员？")))
        {
            chat.Say("好的，不转了。您换个说法试试，慢慢来。");
            return;
        }

        var said = await chat.Ask("message", Telling.Of("请说说要工作人员办什么事，一两句话就行，也可以发照片。", examples: Examples)
            .AboutAnything().Simply("比如：「想问问低保怎么办」。").Named("留言").From(known, new Told("", [])));
        var words = said.Words.Length > 0 ? said.Words : chat.Opening;
        IReadOnlyList<AttachmentRef> pictures = [.. chat.OpeningPictures.Union(said.Pictures).Take(Telling.MaxPictures)];
        var opened = await chat.Perform("leave", (key, ct) => handoffs.Leave(words, pictures, chat.Resident, key, ct));
        chat.Say($"转给{opened.OwnerName}了，编号 {opened.Number}。\n{ChineseDate.Minute(opened.DueAt)}前回复您，就在这里告诉您。\n有危险请直接打 110、119 或 120。");
    }

    private static string Shown(string words) => words.Length == 0 ? "照片" : Plain.Limit(words, MostShown) is { Cut: true } cut ? cut.Text + "…" : words;
}
