using WuShe.Dialogs.Understanding.Model;

namespace WuShe.Dialogs.Understanding.Training;

/// <summary>
/// Trains the <see cref="SpanTagger"/> as an averaged structured perceptron. Microsoft.ML has no trainer for sequences; this
/// one is short, needs no settings but the rounds, and gives the same model from the same sentences.
/// </summary>
internal sealed class TaggerTrainer
{
    private const int Rounds = 12;
    private const int SeenAtLeast = 2;
    private const int From = SpanTagger.Tags + 1;

    private readonly Dictionary<ulong, int> _rows = [];
    private readonly List<(int[][] Rows, byte[] Tags)> _sentences = [];
    private double[] _weights = [];
    private double[] _drift = [];
    private readonly double[] _transitions = new double[From * SpanTagger.Tags];
    private readonly double[] _transitionDrift = new double[From * SpanTagger.Tags];

    internal static SpanTagger Train(IEnumerable<Utterance> utterances, Lexicon lexicon) => new TaggerTrainer().Learn([.. utterances], lexicon);

    private SpanTagger Learn(Utterance[] utterances, Lexicon lexicon)
    {
        var read = utterances.Select(utterance => Letters(utterance, lexicon)).Where(sentence => sentence.Tags.Length > 0).ToList();
        foreach (var feature in read.SelectMany(sentence => sentence.Features.SelectMany(letter => letter)).GroupBy(feature => feature).Where(group => group.Count() >= SeenAtLeast).Select(group => group.Key))
            _rows[feature] = _rows.Count;
        _sentences.AddRange(read.Select(sentence => (sentence.Features.Select(Known).ToArray(), sentence.Tags)));
        (_weights, _drift) = (new double[_rows.Count * SpanTagger.Tags], new double[_rows.Count * SpanTagger.Tags]);

        var order = new Random(1);
        var steps = 1L;
        for (var round = 0; round < Rounds; round++)
        {
            var shuffled = _sentences.ToArray();
            order.Shuffle(shuffled);
            foreach (var (rows, tags) in shuffled) Correct(rows, tags, steps++);
        }
        for (var i = 0; i < _weights.Length; i++) _weights[i] -= _drift[i] / steps;
        for (var i = 0; i < _transitions.Length; i++) _transitions[i] -= _transitionDrift[i] / steps;
        return Finished();
    }

    private SpanTagger Finished()
    {
        var used = _rows.Where(pair => Enumerable.Range(pair.Value * SpanTagger.Tags, SpanTagger.Tags).Any(i => Math.Abs(_weights[i]) > 0.01)).OrderBy(pair => pair.Key).ToArray();
        var weights = used.SelectMany(pair => Enumerable.Range(pair.Value * SpanTagger.Tags, SpanTagger.Tags).Select(i => (float)(Half)_weights[i])).ToArray();
        return new SpanTagger([.. used.Select(pair => pair.Key)], weights, [.. _transitions.Select(weight => (float)weight)]);
    }

    private void Correct(int[][] rows, byte[] tags, long step)
    {
        var scores = new float[tags.Length * SpanTagger.Tags];
        for (var at = 0; at < tags.Length; at++)
            foreach (var row in rows[at])
                for (var tag = 0; tag < SpanTagger.Tags; tag++) scores[(at * SpanTagger.Tags) + tag] += (float)_weights[(row * SpanTagger.Tags) + tag];
        var guessed = SpanTagger.Best(scores, [.. _transitions.Select(weight => (float)weight)]);
        for (var at = 0; at < tags.Length; at++)
        {
            var (before, guessedBefore) = at == 0 ? (SpanTagger.Tags, SpanTagger.Tags) : (tags[at - 1], guessed[at - 1]);
            if (tags[at] == guessed[at] && before == guessedBefore) continue;
            Change(_transitions, _transitionDrift, (before * SpanTagger.Tags) + tags[at], 1, step);
            Change(_transitions, _transitionDrift, (guessedBefore * SpanTagger.Tags) + guessed[at], -1, step);
            if (tags[at] == guessed[at]) continue;
            foreach (var row in rows[at])
            {
                Change(_weights, _drift, (row * SpanTagger.Tags) + tags[at], 1, step);
                Change(_weights, _drift, (row * SpanTagger.Tags) + guessed[at], -1, step);
            }
        }
    }

    /// <summary>The average over all steps is the last value less the changes weighted by when they came.</summary>
    private static void Change(double[] values, double[] drift, int at, int by, long step)
    {
        values[at] += by;
        drift[at] += by * (double)step;
    }

    private int[] Known(ulong[] features) => [.. features.Where(_rows.ContainsKey).Select(feature => _rows[feature])];

    private static (ulong[][] Features, byte[] Tags) Letters(Utterance utterance, Lexicon lexicon)
    {
        Span<char> buffer = stackalloc char[Sentence.MaxLength];
        Span<short> origins = stackalloc short[Sentence.MaxLength];
        var sentence = new Sentence(utterance.Text, buffer, origins);
        var letters = sentence.Letters;
        var tags = new byte[letters.Length];
        Mark(tags, sentence, utterance.Text, utterance.Time, SpanTagger.TimeBegins);
        Mark(tags, sentence, utterance.Text, utterance.Place, SpanTagger.PlaceBegins);
        var view = new LetterView(letters, lexicon);
        var features = new ulong[letters.Length][];
        Span<ulong> found = stackalloc ulong[LetterView.Most];
        for (var at = 0; at < letters.Length; at++) features[at] = found[..view.Features(at, found)].ToArray();
        return (features, tags);
    }

    private static void Mark(byte[] tags, scoped in Sentence sentence, string text, string? words, byte begins)
    {
        if (words is not { Length: > 0 }) return;
        // The last mention counts: a corrected place comes after the wrong one.
        var from = text.LastIndexOf(words, StringComparison.Ordinal);
        var first = true;
        for (var at = 0; at < tags.Length; at++)
        {
            if (sentence.Origin(at) < from || sentence.Origin(at) >= from + words.Length) continue;
            tags[at] = first ? begins : (byte)(begins + 1);
            first = false;
        }
    }
}
