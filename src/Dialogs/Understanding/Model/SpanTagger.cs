namespace WuShe.Dialogs.Understanding.Model;

/// <summary>
/// Marks the letters that name a place or a time: each letter outside, at the beginning of or inside one (B-I-O), the best
/// sequence by the Viterbi algorithm over letter weights and transitions, learnt together by a structured perceptron
/// (Collins 2002).
/// </summary>
internal sealed class SpanTagger
{
    internal const int Tags = 5;
    internal const byte Outside = 0;
    internal const byte PlaceBegins = 1;
    internal const byte PlaceGoesOn = 2;
    internal const byte TimeBegins = 3;
    internal const byte TimeGoesOn = 4;

    private const int Start = Tags;
    private readonly FeatureTable _rows;
    private readonly float[] _weights;
    private readonly float[] _transitions;

    /// <summary><paramref name="transitions"/>: from each tag, and from the start of the sentence, to each tag.</summary>
    internal SpanTagger(ulong[] features, float[] weights, float[] transitions)
    {
        (Features, _weights, _transitions) = (features, weights, transitions);
        _rows = new FeatureTable(features);
    }

    internal ulong[] Features { get; }

    internal ReadOnlySpan<float> Weights => _weights;

    internal ReadOnlySpan<float> Transitions => _transitions;

    /// <summary>The letters of the first place and of the longest time; lengths 0 when there are none.</summary>
    internal (Range? Place, Range? Time) Find(ReadOnlySpan<char> letters, Lexicon lexicon)
    {
        if (letters.IsEmpty) return default;
        var scores = new float[letters.Length * Tags];
        var view = new LetterView(letters, lexicon);
        Span<ulong> features = stackalloc ulong[LetterView.Most];
        for (var at = 0; at < letters.Length; at++)
        {
            var count = view.Features(at, features);
            for (var i = 0; i < count; i++)
            {
                if (!_rows.TryGet(features[i], out var row)) continue;
                for (var tag = 0; tag < Tags; tag++) scores[(at * Tags) + tag] += _weights[(row * Tags) + tag];
            }
        }
        var tags = Best(scores, _transitions);
        return (Longest(tags, PlaceBegins), Longest(tags, TimeBegins));
    }

    /// <summary>The best sequence of tags; a span goes on only where one of its kind began.</summary>
    internal static byte[] Best(ReadOnlySpan<float> scores, ReadOnlySpan<float> transitions)
    {
        var length = scores.Length / Tags;
        var from = new byte[length * Tags];
        Span<float> best = stackalloc float[Tags];
        Span<float> next = stackalloc float[Tags];
        for (var tag = 0; tag < Tags; tag++) best[tag] = Allowed(Start, tag) ? transitions[(Start * Tags) + tag] + scores[tag] : float.NegativeInfinity;
        for (var at = 1; at < length; at++)
        {
            for (var tag = 0; tag < Tags; tag++)
            {
                var (highest, source) = (float.NegativeInfinity, 0);
                for (var before = 0; before < Tags; before++)
                {
                    if (!Allowed(before, tag)) continue;
                    var score = best[before] + transitions[(before * Tags) + tag];
                    if (score > highest) (highest, source) = (score, before);
                }
                next[tag] = highest + scores[(at * Tags) + tag];
                from[(at * Tags) + tag] = (byte)source;
            }
            next.CopyTo(best);
        }
        var tags = new byte[length];
        var last = 0;
        for (var tag = 1; tag < Tags; tag++) if (best[tag] > best[last]) last = tag;
        for (var at = length - 1; at >= 0; at--)
        {
            tags[at] = (byte)last;
            last = from[(at * Tags) + last];
        }
        return tags;
    }

    private static bool Allowed(int before, int tag) => tag switch
    {
        PlaceGoesOn => before is PlaceBegins or PlaceGoesOn,
        TimeGoesOn => before is TimeBegins or TimeGoesOn,
        _ => true,
    };

    private static Range? Longest(byte[] tags, byte begins)
    {
        Range? longest = null;
        var length = 0;
        for (var at = 0; at < tags.Length; at++)
        {
            if (tags[at] != begins) continue;
            var end = at + 1;
            while (end < tags.Length && tags[end] == begins + 1) end++;
            if (end - at > length) (longest, length) = (at..end, end - at);
        }
        return longest;
    }
}
