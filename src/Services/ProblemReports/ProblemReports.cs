using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Services.Cases;
using WuShe.Services.Common;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.ProblemReports;

/// <summary>A problem as the resident put it, ready to be submitted. <paramref name="Kind"/> is the category's code.</summary>
public sealed record ProblemDraft(string Kind, Spot Place, string Words, IReadOnlyList<AttachmentRef> Pictures)
{
    /// <summary>What its case is called in lists; says how it came when that was not in a chat.</summary>
    public string CaseKind { get; init; } = "问题上报";

    /// <summary>Cannot wait for working days, whatever its category says.</summary>
    public bool Urgent { get; init; }
}

/// <summary>Turns what residents report into cases.</summary>
public sealed class ProblemReports(ICases cases, CatalogueInUse catalogue, IPublicUrl urls) : IProblemReports
{
    private const string Other = "other";
    private const string NoWords = "见照片";
    private const int TitleWords = 20;

    /// <summary>Opens the case of a report; the same key opens it once.</summary>
    public async Task<OpenedCase> Submit(ProblemDraft draft, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var kind = (await catalogue.Current(ct))[draft.Kind];
        var words = draft.Words.Length == 0 ? NoWords : draft.Words;
        var opening = new NewCase(draft.CaseKind, $"{kind.Name}：{Short(words)}", words, draft.Place, kind.Limit, draft.Pictures)
        {
            Category = kind.Code,
            Rules = kind.Rules,
            Within = kind.Urgent || draft.Urgent ? ProblemKind.UrgentWithin : null,
        };
        return await cases.Open(opening, resident, key, ct);
    }

    /// <summary>The absolute address of the page that says what people can do themselves.</summary>
    public async Task<string> HelpAddress(string kind, CancellationToken ct) =>
        urls.Of("/" + (await catalogue.Current(ct))[kind].HelpPath).AbsoluteUri;

    /// <summary>
    /// Open cases of neighbours that may be about the same thing; none for 其他, which says nothing of what it is, nor of private
    /// matters (私事), which are nobody else's.
    /// </summary>
    public async Task<IReadOnlyList<NearbyCase>> Near(ProblemKind kind, Spot place, Resident resident, CancellationToken ct) =>
        kind.Code == Other || kind.Rules.Scope == CaseScope.Private ? [] : await cases.Near(kind.Code, place, resident, ct);

    /// <summary>Follows a neighbour's case with what was said and sent; null when it is closed by now. The same key follows once.</summary>
    public Task<OpenedCase?> Follow(string number, string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct) =>
        cases.Follow(number, words, pictures, resident, key, ct);

    private static string Short(string words)
    {
        var line = words.ReplaceLineEndings(" ");
        if (line.Length <= TitleWords) return line;
        return line[..(char.IsHighSurrogate(line[TitleWords - 1]) ? TitleWords - 1 : TitleWords)] + "…";
    }
}
