using System.Collections.Frozen;
using System.Text.Json;
using WuShe.Dialogs.Questions;

namespace WuShe.Services.ProblemReports;

/// <summary>The categories of problems at one moment, and which of them a sentence speaks of.</summary>
public sealed class Catalogue
{
    private const string Data = "WuShe.Services.ProblemReports.catalogue.json";
    private static readonly CatalogueData Default = Read();
    private const int Shortest = 2;

    // By first letter, longest word first: one look-up for each letter of a sentence, whatever the catalogue's size.
    private readonly FrozenDictionary<char, (string Word, int Kind)[]> _words;
    private readonly FrozenDictionary<string, ProblemKind> _byCode;

    /// <summary>The catalogue that comes with the product.</summary>
    public Catalogue()
        : this(Default.Natures, Default.Kinds)
    {
    }

    /// <summary>Throws <see cref="ArgumentException"/> when a name cannot stand on a button, or a nature is unknown.</summary>
    internal Catalogue(IReadOnlyList<ProblemNature> natures, IEnumerable<ProblemKind> kinds)
    {
        Natures = natures;
        Kinds = [.. kinds.Select(kind => kind with { Limit = kind.OwnLimit ?? LimitOf(natures, kind) })];
        _byCode = Kinds.ToFrozenDictionary(kind => kind.Code);
        _words = Kinds.SelectMany((kind, index) => kind.Words.Select(word => (Word: word, Kind: index)))
            .GroupBy(entry => entry.Word[0])
            .ToFrozenDictionary(group => group.Key, group => group.OrderByDescending(entry => entry.Word.Length).ToArray());
        Choices = new ChoiceSet<string>([.. Kinds.Select(kind => new ChoiceOption<string>(kind.Code, kind.Name))]);
        Examples = [.. Kinds.Where(kind => kind.Example.Length > 0).Select(kind => kind.Example)];
        Other = _byCode["other"];
    }

    /// <summary>What a report may be by its nature, each with its usual limit.</summary>
    public IReadOnlyList<ProblemNature> Natures { get; }

    /// <summary>All categories in the order they are offered.</summary>
    public IReadOnlyList<ProblemKind> Kinds { get; }

    public IReadOnlyList<(string Code, string Name)> Names => [.. Kinds.Select(kind => (kind.Code, kind.Name))];

    /// <summary>The same as options of a question.</summary>
    public ChoiceSet<string> Choices { get; }

    /// <summary>What is reported most often, in the words of those who report it: buttons for whoever finds none.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>What no other category fits.</summary>
    public ProblemKind Other { get; }

    public ProblemKind this[string code] => _byCode[code];

    public ProblemKind? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>
    /// The category most of the words speak of, longer words counting more; null when none does or two do equally.
    /// </summary>
    public ProblemKind? Guess(string words)
    {
        Span<int> scores = stackalloc int[Kinds.Count];
        scores.Clear();
        for (var i = 0; i < words.Length; i++)
            if (_words.TryGetValue(words[i], out var candidates))
                i += Score(words.AsSpan(i), candidates, scores);

        var (best, second) = (0, 0);
        for (var i = 1; i < scores.Length; i++)
        {
            if (scores[i] > scores[best]) (best, second) = (i, scores[best]);
            else if (scores[i] > second) second = scores[i];
        }

        return scores[best] >= Shortest && scores[best] > second ? Kinds[best] : null;
    }

    /// <summary>Counts the longest word that stands here; returns how many further letters it took.</summary>
    private static int Score(ReadOnlySpan<char> words, (string Word, int Kind)[] candidates, Span<int> scores)
    {
        foreach (var (word, kind) in candidates)
        {
            if (!words.StartsWith(word)) continue;
            // A single letter names a thing only vaguely (狗, 树, 吵): it decides when nothing else does.
            scores[kind] += word.Length == 1 ? Shortest : word.Length * 2;
            return word.Length - 1;
        }

        return 0;
    }

    private static int LimitOf(IReadOnlyList<ProblemNature> natures, ProblemKind kind) =>
        natures.FirstOrDefault(nature => nature.Code == kind.Nature)?.Limit ?? throw new ArgumentException($"{kind.Code} has no limit and no known nature.");

    private static CatalogueData Read()
    {
        using var data = typeof(Catalogue).Assembly.GetManifestResourceStream(Data)
            ?? throw new InvalidOperationException($"{Data} is not embedded.");
        return JsonSerializer.Deserialize<CatalogueData>(data, JsonSerializerOptions.Web)!;
    }

    private sealed record CatalogueData(IReadOnlyList<ProblemNature> Natures, IReadOnlyList<ProblemKind> Kinds);
}
