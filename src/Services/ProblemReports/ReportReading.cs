using WuShe.Dialogs.Understanding;

namespace WuShe.Services.ProblemReports;

/// <summary>
/// Which category a sentence speaks of: what was learnt from examples, the catalogue's own words where that is unsure, and a
/// second opinion, where there is one, for what neither knows.
/// </summary>
public sealed class ReportReading(IUnderstanding understanding, Catalogue catalogue, ISecondOpinion? second = null)
{
    private const double Sure = 0.5;
    private const double Likely = 0.3;

    /// <summary>The code of the category; null when it should be asked. Recorded by the dialog: a model learnt later may read otherwise.</summary>
    public async Task<string?> Category(string words, CancellationToken ct)
    {
        var learnt = understanding.Read(words).Category is [var best, ..] && best.Confidence >= Likely && catalogue.Find(best.Code) is not null ? best : default;
        if (learnt.Confidence >= Sure) return learnt.Code;
        if ((catalogue.Guess(words)?.Code ?? learnt.Code) is { } known) return known;
        if (second is null || words.Length == 0) return null;
        return await second.Ask(words, ct) is { Category: { } category } && catalogue.Find(category) is not null ? category : null;
    }
}
