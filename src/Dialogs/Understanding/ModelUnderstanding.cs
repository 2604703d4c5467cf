using WuShe.Dialogs.Understanding.Model;

namespace WuShe.Dialogs.Understanding;

/// <summary>
/// Reads sentences with the trained model, in the process, without network. A new model can be put in at any time
/// (<see cref="Use"/>); sentences already being read keep the one they began with.
/// </summary>
public sealed class ModelUnderstanding : IUnderstanding
{
    /// <summary>From this probability on somebody is taken to be in danger; chosen on the held-apart utterances (docs/understanding.md).</summary>
    internal const float DangerFrom = 0.2f;

    /// <summary>The same for words that speak of another time, a fear, a lesson.</summary>
    private const float UnlessNotNow = 0.5f;

    /// <summary>Plain words of danger count unless the model is all but certain that nobody is in any (没着火, 火锅) …</summary>
    private const float WithPlainWords = 0.1f;

    /// <summary>… or finds some in the part of the sentence that has them.</summary>
    private const float InTheirPart = 0.5f;

    /// <summary>From this certainty on somebody in danger also wants what the sentence says besides (转人工, 人到哪了).</summary>
    private const float WantedBesides = 0.9f;

    private static readonly char[] Pauses = [',', '，', '。', '.', '!', '！', '?', '？', ';', '；', ' ', '\n'];

    private const int MostCategories = 3;
    private const float WorthNaming = 0.05f;

    [ThreadStatic]
    private static HashSet<ulong>? _features;

    /// <summary>What the router reads, the dialog that it opens reads again, on the same thread at once after it.</summary>
    [ThreadStatic]
    private static (LanguageModel Model, string Text, Understood Understood)? _last;

    private LanguageModel _model;

    /// <summary>The model that comes with the product.</summary>
    public ModelUnderstanding() : this(LanguageModel.Own())
    {
    }

    internal ModelUnderstanding(LanguageModel model) => _model = model;

    /// <summary>Reads a model that <see cref="Write"/> wrote. Throws <see cref="InvalidDataException"/> when it is none of this version.</summary>
    public static ModelUnderstanding Load(Stream model) => new(LanguageModel.Read(model, LanguageModel.OwnLexicon()));

    /// <summary>From now on reads with the other's model.</summary>
    public void Use(ModelUnderstanding other) => Volatile.Write(ref _model, Volatile.Read(ref other._model));

    public void Write(Stream to) => Volatile.Read(ref _model).Write(to);

    public Understood Read(string text)
    {
        var model = Volatile.Read(ref _model);
        if (_last is { } last && last.Model == model && last.Text == text) return last.Understood;
        var understood = Read(text, model);
        _last = (model, text, understood);
        return understood;
    }

    public bool SaysWhere(string text)
    {
        Span<char> letters = stackalloc char[Sentence.MaxLength];
        Span<short> origins = stackalloc short[Sentence.MaxLength];
        return Volatile.Read(ref _model).Lexicon.HasPlaceWord(new Sentence(text, letters, origins).Letters) || Read(text).Place is not null;
    }

    private static Understood Read(string text, LanguageModel model)
    {
        Span<char> letters = stackalloc char[Sentence.MaxLength];
        Span<short> origins = stackalloc short[Sentence.MaxLength];
        var sentence = new Sentence(text, letters, origins);
        if (!SaysSomething(sentence.Letters)) return Understood.Nothing;
        var features = _features ??= [];
        Features.Of(sentence, model.Lexicon, features);
        var (intent, second) = Top(model.Intent, features);
        var (place, time) = model.Tagger.Find(sentence.Letters, model.Lexicon);
        var danger = Danger(model, features, text);
        if (danger is not null && intent is { Code: not Intents.Report } and not { Confidence: >= WantedBesides }) (intent, second) = (new Guess(Intents.Report, WantedBesides), null);
        return new Understood(
            intent, second, intent.Code == Intents.Report || second?.Code == Intents.Report ? Categories(model, features) : [], danger,
            Words(text, sentence, place), Words(text, sentence, time));
    }

    /// <summary>At least one letter: digits, pauses and symbols alone say nothing.</summary>
    private static bool SaysSomething(ReadOnlySpan<char> letters)
    {
        foreach (var letter in letters)
            if (char.IsLetter(letter)) return true;
        return false;
    }

    private static (Guess Best, Guess? Second) Top(LinearClassifier classifier, HashSet<ulong> features)
    {
        Span<float> chances = stackalloc float[classifier.Labels.Length];
        classifier.Score(features, chances);
        var best = Highest(chances);
        var guess = new Guess(classifier.Labels[best], chances[best]);
        chances[best] = 0;
        var next = Highest(chances);
        return (guess, chances[next] >= WorthNaming ? new Guess(classifier.Labels[next], chances[next]) : null);
    }

    private static List<Guess> Categories(LanguageModel model, HashSet<ulong> features)
    {
        Span<float> chances = stackalloc float[model.Category.Labels.Length];
        model.Category.Score(features, chances);
        var likely = new List<Guess>(MostCategories);
        while (likely.Count < MostCategories)
        {
            var best = Highest(chances);
            if (likely.Count > 0 && chances[best] < WorthNaming) break;
            likely.Add(new Guess(model.Category.Labels[best], chances[best]));
            chances[best] = 0;
        }
        return likely;
    }

    private static DangerKind? Danger(LanguageModel model, HashSet<ulong> features, string text)
    {
        var classifier = model.Danger;
        Span<float> chances = stackalloc float[classifier.Labels.Length];
        classifier.Score(features, chances);
        var safe = Array.IndexOf(classifier.Labels, LanguageModel.Safe);
        var chance = 1 - chances[safe];
        if (Understanding.Danger.Find(text) is { } plain && (chance >= WithPlainWords || AloneIn(text, model) >= InTheirPart)) return plain;
        if (chance < (DangerWords.SpeaksOfNow(text) ? DangerFrom : UnlessNotNow)) return null;
        chances[safe] = 0;
        return DangerCodes.Kind(classifier.Labels[Highest(chances)]);
    }

    /// <summary>How likely somebody is in danger by the part alone that says so: a fall at the end of a long report of a lamp.</summary>
    private static float AloneIn(string text, LanguageModel model)
    {
        var highest = 0f;
        Span<float> chances = stackalloc float[model.Danger.Labels.Length];
        Span<char> letters = stackalloc char[Sentence.MaxLength];
        Span<short> origins = stackalloc short[Sentence.MaxLength];
        var features = new HashSet<ulong>();
        foreach (var part in text.Split(Pauses, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (Understanding.Danger.Find(part) is null) continue;
            Features.Of(new Sentence(part, letters, origins), model.Lexicon, features);
            model.Danger.Score(features, chances);
            highest = Math.Max(highest, 1 - chances[Array.IndexOf(model.Danger.Labels, LanguageModel.Safe)]);
        }
        return highest;
    }

    private static int Highest(ReadOnlySpan<float> chances)
    {
        var best = 0;
        for (var i = 1; i < chances.Length; i++)
            if (chances[i] > chances[best]) best = i;
        return best;
    }

    /// <summary>The words as they were written, with the pauses and digits that the letters hide.</summary>
    private static string? Words(string text, scoped in Sentence sentence, Range? range)
    {
        if (range is not { } span) return null;
        var (start, length) = span.GetOffsetAndLength(sentence.Letters.Length);
        var from = sentence.Origin(start);
        var to = sentence.Origin(start + length - 1);
        return text[from..(to + (char.IsHighSurrogate(text[to]) && to + 1 < text.Length ? 2 : 1))];
    }
}
