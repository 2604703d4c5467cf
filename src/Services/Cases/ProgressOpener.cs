using WuShe.Dialogs.Engine;

namespace WuShe.Services.Cases;

/// <summary>A lone case number asks what became of the case; a sentence with one probably does. 「为什么超时」 asks, too.</summary>
public sealed class ProgressOpener : IOpener
{
    public double Opens(string text)
    {
        if (CheckProgressDialog.AsksWhy(text)) return 0.95;
        if (text.Length < 10 || CaseNumber.In(text) is null) return 0;
        return CaseNumber.Is(text) ? 0.99 : 0.9;
    }
}
