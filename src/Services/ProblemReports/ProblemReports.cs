using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.ProblemReports;

/// <summary>A problem as the resident put it, ready to be submitted. <paramref name="Kind"/> is the category's code.</summary>
public sealed record ProblemDraft(string Kind, Spot Place, string Words, IReadOnlyList<AttachmentRef> Pictures);

/// <summary>Turns what residents report into cases.</summary>
public sealed class ProblemReports(ICases cases, Catalogue catalogue)
{
    private const string CaseKind = "问题上报";
    private const string NoWords = "见照片";
    private const int TitleWords = 20;

    /// <summary>Opens the case of a report; the same key opens it once.</summary>
    public Task<OpenedCase> Submit(ProblemDraft draft, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var kind = catalogue[draft.Kind];
        var words = draft.Words.Length == 0 ? NoWords : draft.Words;
        var opening = new NewCase(CaseKind, $"{kind.Name}：{Short(words)}", words, draft.Place, kind.Limit, draft.Pictures) { Category = kind.Code };
        return cases.Open(opening, resident, key, ct);
    }

    private static string Short(string words)
    {
        var line = words.ReplaceLineEndings(" ");
        if (line.Length <= TitleWords) return line;
        return line[..(char.IsHighSurrogate(line[TitleWords - 1]) ? TitleWords - 1 : TitleWords)] + "…";
    }
}
