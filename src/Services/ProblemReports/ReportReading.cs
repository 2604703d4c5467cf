using WuShe.Dialogs;
using WuShe.Dialogs.Questions;
using WuShe.Dialogs.Understanding;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.ProblemReports;

/// <summary>What a sentence tells of a problem. Null or empty where it does not say.</summary>
/// <param name="Category">Code of the category; null when it should be asked.</param>
/// <param name="Place">The words that name the place, whether or not it is known.</param>
/// <param name="Since">Since when, as it was said.</param>
public sealed record ReportFacts(string? Category, string Place, string Since);

/// <summary>
/// Reads the facts of a report from a sentence. The category comes from what was learnt from examples, from the catalogue's own
/// words where that is unsure, and from a second opinion, where there is one, for what neither knows.
/// </summary>
public sealed class ReportReading(IUnderstanding understanding, CatalogueInUse catalogue, IHolidays holidays, PlaceSounding sounding, ISecondOpinion? second = null)
{
    private const double Sure = 0.5;
    private const double Likely = 0.3;

    /// <summary>Recorded by the dialog: a model learnt later may read otherwise. <paramref name="now"/> is UTC.</summary>
    public async Task<ReportFacts> Read(string words, DateTimeOffset now, CancellationToken ct)
    {
        var read = understanding.Read(words);
        return new ReportFacts(await Category(words, read, ct), read.Place ?? "", TimeIn(words, now)?.Words ?? read.Time ?? "");
    }

    /// <summary>Whether an answer to 「在什么位置」 may be a place at all.</summary>
    public bool MayBePlace(string words) => sounding.MayBePlace(words);

    /// <summary>A time as it is shown back: with the Beijing date it was understood as, where it has one.</summary>
    public string Shown(string since, DateTimeOffset now) =>
        TimeIn(since, now) is not { } time || time.Precision == TimePrecision.Vague || time.Direction == TimeDirection.Recurring
            ? since
            : $"{since}，{ChineseDate.Dated(time.From, now)}{(Lasts(since) ? "起" : "")}";

    private async Task<string?> Category(string words, Understood read, CancellationToken ct)
    {
        var kinds = await catalogue.Current(ct);
        var learnt = read.Category is [var best, ..] && best.Confidence >= Likely && kinds.Find(best.Code) is not null ? best : default;
        if (learnt.Confidence >= Sure) return learnt.Code;
        if ((kinds.Guess(words)?.Code ?? learnt.Code) is { } known) return known;
        if (second is null || words.Length == 0) return null;
        return await second.Ask(words, ct) is { Category: { } category } && kinds.Find(category) is not null ? category : null;
    }

    /// <summary>三天了 and 从国庆起 go on until now; 昨天晚上 does not.</summary>
    private static bool Lasts(string since) => since.EndsWith('了') || since.StartsWith('从') || since.EndsWith("以来", StringComparison.Ordinal);

    private TimeReading? TimeIn(string words, DateTimeOffset now) =>
        Times.Read(words, now, holidays, TimeBias.Past) is { Refusal: TimeRefusal.None } time && time.From <= now ? time : null;
}
