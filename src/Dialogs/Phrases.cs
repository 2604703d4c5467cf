namespace WuShe.Dialogs;

/// <summary>What the engine itself says, in one place. Simple and short: a seventy-year-old reads it.</summary>
internal static class Phrases
{
    internal const string Retry = "重试";
    internal const string GiveUp = "算了";
    internal const string ToHuman = "转人工";

    internal const string Greeting = "您好！我是社区小助手。请问要办什么？点一下或直接说就行。";
    internal const string WhatICanDo = "我能帮您办这些事，点一下或直接说就行。";
    internal const string DontKnow = "不好意思，没太明白。您可以点下面的选项，或者换个说法。";
    internal const string AtYourService = "我在呢。我是社区小助手，要办什么，点一下或直接说就行。";
    internal const string NotYet = "这件事我现在还办不了。您可以说「转人工」找工作人员，也可以办下面这些事。";
    internal const string HowToGoOn = "说「返回」回到上一步，说「取消」就不办了，说「转人工」找工作人员。";
    internal const string NothingOpen = "现在没有正在办的事。要办什么，点一下或直接说。";
    internal const string NothingToRepeat = "还没有说过什么。要办什么，点一下或直接说。";
    internal const string FirstStep = "这已经是第一步了。";
    internal const string AlreadyDone = "这件事已经提交，前面的内容不能再改了。";
    internal const string NothingToChange = "还没有可以修改的内容。";
    internal const string WhichToChange = "要改哪一项？";
    internal const string PicturesAdded = "照片收到了，已加上。";
    internal const string PicturesNotTaken = "现在这一步收不了照片。";
    internal const string PicturesFull = "照片已经满了，这次的没有收。";
    internal const string StackFull = "手上还有几件事没办完，先把这件办完吧。";
    internal const string TooLong = "您的话太长了，只看了前 4000 个字。";
    internal const string OpeningCut = "话有点长，只记下了前 500 个字。";
    internal const string NotDone = "很抱歉，刚才没有办成。点「重试」再试一次；不办了点「算了」。";
    internal const string GivenUp = "好的，先不办了。";
    internal const string Trouble = "很抱歉，刚才出了点问题，您这句话没有记下。请再回答一次。";
    internal const string StateLost = "很抱歉，之前没办完的内容丢了，要麻烦您重新说一下。";
    internal const string QuestionChanged = "刚才的问题有变动，麻烦您再回答一次。";
    internal const string OrHuman = "也可以点「转人工」，找工作人员帮忙。";
    internal const string HumanSoon = "工作人员看到后会联系您。急事请直接打社区工作站的电话；遇到危险请拨打 110、119 或 120。";
    internal const string Fine = "好的。";

    internal const string ZeroGoesBack = "（回 0 退到上一步）";
    internal const string CannotSkip = "这一项要请您说一下。";
    internal const string NothingToRestore = "没有刚取消的事。要办什么，点一下或直接说。";
    internal const string GoOnButton = "接着办";
    internal const string AfreshButton = "办别的事";
    internal const string AskAPerson = "我没听懂，怕耽误您。";
    internal const string HelpButton = "看看能办什么";
    internal const string WhichOfTwo = "您是想办哪一件？";
    internal const string TooManyLater = "要办的事有点多，先把这件办完吧。";

    internal static string RightSoFar(string yes) => $"上面写的对不对？对就点「{yes}」。";

    internal static string Changed(string name, string value) =>
        value.Length == 0 ? "好的，改好了。" : $"好的，{(name.Length == 0 ? "" : name)}改成「{value}」了。";

    /// <summary>For an answer whose question comes after the one that is open.</summary>
    internal static string ChangedLater(string name, string words) =>
        words.Length == 0 ? $"好的，{name}等一下再问您。" : $"好的，{name}等一下改成「{Short(words)}」。";

    internal static string Restored(string title) => $"好的，接着办「{title}」。";

    internal static string Later(string words) => $"「{Short(words)}」我记下了，办完这件接着办。";

    internal static string NowTheOther(string words) => $"刚才您还说了「{Short(words)}」，现在来办这件。不办就说「取消」。";

    internal static string StillOpen(string title) => $"您上次的「{title}」还没办完，给您留着。要接着办，还是办别的事？";

    internal static string KeptForLater(string title) => $"「{title}」给您留着，说「恢复」就能接着办。";

    private static string Short(string words) => words.Length <= 20 ? words : Understanding.Plain.Limit(words, 20).Text + "…";

    internal static string CutAt(int max) => $"话有点长，只记下了前 {max} 个字。";

    internal static string TooManyPictures(int max) => $"最多收 {max} 张照片，多的没有收。";

    internal static string SomePicturesAdded(int count) => $"照片加上了 {count} 张，放不下更多了。";

    internal static string Unusable(string kind) =>
        kind.Length == 0 ? "这条消息我看不了，请用文字说一下。" : $"{kind}我看不了，请用文字说一下。";

    internal static string Cancelled(string title) => $"好的，「{title}」不办了。点错了就说「恢复」。";

    internal static string LeftAsItIs(string title) => $"好的，「{title}」就到这里。已经提交的不受影响。";

    internal static string GoOn(string title) => $"刚才的“{title}”还没办完，我们接着来。";

    internal static string InTheMiddle(string title) => $"您正在办「{title}」。";

    internal static string Expired(string title) => $"上次的「{title}」隔得太久，已经关闭了。需要的话请重新说一下。";

    internal static string Remind(string title) => $"您的「{title}」还没办完，要接着来吗？不办了就说「取消」。";

    internal static string Restarted(string title) => $"很抱歉，「{title}」刚刚更新过，要麻烦您从头再来一次。";

    internal static string BrokenOff(string title) => $"很抱歉，「{title}」办到一半断了。请看看办成没有，没办成的话，麻烦再办一次。";

    internal const string Gone = "很抱歉，刚才那件事现在办不了了。";

    internal static string CannotNow(string title) => $"很抱歉，「{title}」现在出了点问题，请过一会儿再试。";
}
