using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;

namespace WuShe.Services.Emergencies;

/// <summary>
/// The number to call has been said; now staff are alerted at once, with the words as they came. Only then it asks for
/// more, and every answer goes to the same staff, or into a new alarm when they have closed the first. Nothing has to be answered.
/// </summary>
public sealed class EmergencyDialog(Emergencies emergencies) : IDialog
{
    public const string Name = "emergency";
    private const string Enough = "没有了";
    private const int MostAdditions = 3;

    public async Task Run(Chat chat)
    {
        var danger = DangerCodes.Kind(chat.Argument ?? "") ?? DangerKind.Other;
        var alerted = await chat.Perform("alert", (key, ct) => emergencies.Alert(danger, chat.Opening, chat.OpeningPictures, chat.Resident, key, ct));
        var room = NewCase.MaxPictures - chat.OpeningPictures.Count;
        chat.Say($"我已经报给{alerted.OwnerName}，编号 {alerted.Number}，马上联系您。");
        for (var i = 0; i < MostAdditions; i++)
        {
            var said = await chat.Ask("more", Telling.Of(i == 0 ? First(danger, alerted.Placed) : "还有要说的吗？")
                .AboutAnything().Skippable(new Told("", []), Enough).Named("情况"));
            if (said.Words.Length == 0 && said.Pictures.Count == 0) break;
            var pictures = said.Pictures.Take(room).ToList();
            if (pictures.Count < said.Pictures.Count) chat.Say(NewCase.TooManyPictures);
            if (said.Words.Length == 0 && pictures.Count == 0) continue;
            var number = alerted.Number;
            if (await chat.Perform("add", (key, ct) => emergencies.Add(number, said.Words, pictures, chat.Resident, key, ct)))
            {
                room -= pictures.Count;
                chat.Say("已经告诉他们了。");
                continue;
            }

            // Staff have closed the alarm: nobody reads what is added to it any more.
            alerted = await chat.Perform("alert-again", (key, ct) => emergencies.Alert(danger, said.Words, pictures, chat.Resident, key, ct));
            room = NewCase.MaxPictures - pictures.Count;
            chat.Say($"刚才那件已经办好了。我又报给{alerted.OwnerName}，新编号 {alerted.Number}，马上联系您。");
        }

        chat.Say(danger == DangerKind.SelfHarm ? "请您等一等，我们的人正在联系您。12356 一直有人接电话。" : "请先保证安全。有变化随时告诉我。");
    }

    private static string First(DangerKind danger, bool placed) => danger == DangerKind.SelfHarm
        ? "您现在在哪里？身边有人吗？愿意的话就跟我说说。"
        : placed ? $"您安全了的话，请说说几个人、什么情况，也可以发照片。没有就说「{Enough}」，没有危险也说一声。"
        : "在哪里？说楼栋单元或附近的地名，也可以发照片。没有危险也说一声。";
}
