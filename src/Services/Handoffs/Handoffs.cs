using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Cases;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Handoffs;

/// <summary>Messages that residents leave for a person.</summary>
public sealed class Handoffs(ICases cases, IPlaces places)
{
    private const string CaseKind = "居民留言";
    private const int AnswerWithinWorkingDays = 1;
    private const int TitleWords = 20;

    /// <summary>Leaves a message with those responsible for the place it names, or those on duty. The same key leaves it once.</summary>
    public async Task<OpenedCase> Leave(string words, IReadOnlyList<AttachmentRef> pictures, Resident resident, IdempotencyKey key, CancellationToken ct)
    {
        var match = await places.FindIn(words, ct);
        var spot = match.Kind == PlaceMatchKind.Found ? match.Spot : new Spot("", null, null, null);
        var shown = words.Length == 0 ? "见照片" : words;
        var title = Plain.Limit(shown.ReplaceLineEndings(" "), TitleWords);
        var opening = new NewCase(CaseKind, $"留言：{title.Text}{(title.Cut ? "…" : "")}", shown, spot, AnswerWithinWorkingDays, pictures);
        return await cases.Open(opening, resident, key, ct);
    }
}
