using WuShe.Dialogs.Engine;

namespace WuShe.Services.Cases;

/// <summary>A lone case number asks what became of the case; a sentence with one probably does.</summary>
public sealed class ProgressOpener : IOpener
{
    public double Opens(string text)
    {
        if (text.Length < 10 || CaseNumber.In(text) is null) return 0;
        return CaseNumber.Is(text) ? 0.99 : 0.9;
    }
}
