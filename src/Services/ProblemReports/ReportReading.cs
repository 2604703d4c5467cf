using WuShe.Dialogs.Understanding;

namespace WuShe.Services.ProblemReports;

/// <summary>Which category a sentence speaks of: what was learnt from examples, and the catalogue's own words where that is unsure.</summary>
public sealed class ReportReading(IUnderstanding understanding, Catalogue catalogue)
{
    private const double Sure = 0.5;
    private const double Likely = 0.3;

    /// <summary>The code of the category; null when it should be asked. Recorded by the dialog: a model learnt later may read otherwise.</summary>
    public Task<string?> Category(string words)
    {
        var learnt = understanding.Read(words).Category is [var best, ..] && best.Confidence >= Likely && catalogue.Find(best.Code) is not null ? best : default;
        if (learnt.Confidence >= Sure) return Task.FromResult<string?>(learnt.Code);
        return Task.FromResult<string?>(catalogue.Guess(words)?.Code ?? learnt.Code);
    }
}
