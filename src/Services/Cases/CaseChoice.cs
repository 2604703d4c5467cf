using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Services.Cases;

/// <summary>One of the listed cases by tapping, by its place in the list, by number or last four digits; or any other case number.</summary>
internal sealed class CaseChoice : Question<string>
{
    private const int ShownOfTitle = 14;
    private readonly IReadOnlyList<CaseSummary> _listed;
    private readonly string[] _labels;

    private CaseChoice(string prompt, IReadOnlyList<CaseSummary> listed) : base(prompt)
    {
        _listed = listed;
        _labels = [.. listed.Select(one => $"{CaseWords.Cut(one.Title, ShownOfTitle)} {one.Number[^4..]}")];
    }

    public static Question<string> Of(string prompt, IReadOnlyList<CaseSummary> listed) => new CaseChoice(prompt, listed);

    /// <summary>The cases as they are listed before the question.</summary>
    public static string Listing(IReadOnlyList<CaseSummary> listed) => $"您有 {listed.Count} 件事正在办理：\n" + string.Join('\n', listed.Select((one, i) =>
        $"{i + 1}. {one.Title}（{one.Number}）\n{one.State}，{one.OwnerName}负责，{ChineseDate.Day(one.DueAt)}前答复"));

    protected override IReadOnlyList<string> Options => _labels;

    protected override string Hint => "请点一件事，或者发它的编号（比如 " + _listed[0].Number + "）。";

    protected override Reading<string> Read(Input input)
    {
        var label = Array.IndexOf(_labels, input.Text);
        if (label >= 0) return Reading.Of(_listed[label].Number);
        if (CaseNumber.OrLastDigits(input.Text) is { } number) return Reading.Of(number);
        if (Numbers.TryRead(input.Text, out var place) && place <= _listed.Count) return Reading.Of(_listed[place - 1].Number);
        return TitledLike(Plain.Key(input.Text));
    }

    private Reading<string> TitledLike(string words)
    {
        if (words.Length < 2) return default;
        var titled = _listed.Where(one => one.Title.Contains(words, StringComparison.Ordinal)).Take(2).ToList();
        return titled is [var one] ? Reading.Of(one.Number) : default;
    }
}
