namespace WuShe.Dialogs.Understanding.Model;

/// <summary>
/// What the classifiers see of a sentence: its runs of one to four letters, the concepts its words stand for (see
/// <see cref="Lexicon"/>), and which concepts come together. Each feature is a 64-bit hash whose two lowest bits say of which
/// kind it is; each counts once.
/// </summary>
internal static class Features
{
    /// <summary>Kinds of features: one or two letters, three or four, a concept, two concepts.</summary>
    internal const ulong Short = 0;
    internal const ulong Long = 1;
    internal const ulong Concept = 2;
    internal const ulong Pair = 3;

    private const int LongestRun = 4;
    private const char Edge = '^';
    private const ulong Prime = 0x9E3779B97F4A7C15;

    /// <summary>Fills <paramref name="into"/> (emptied first), without repetitions.</summary>
    internal static void Of(scoped in Sentence sentence, Lexicon lexicon, HashSet<ulong> into)
    {
        into.Clear();
        var letters = sentence.Letters;
        Span<char> padded = stackalloc char[letters.Length + 2];
        (padded[0], padded[^1]) = (Edge, Edge);
        letters.CopyTo(padded[1..]);
        for (var at = 0; at < padded.Length; at++)
        {
            var hash = Start(1);
            for (var length = 1; length <= LongestRun && at + length <= padded.Length; length++)
            {
                hash = Mix(hash, padded[at + length - 1]);
                if (length > 1 || padded[at] != Edge) into.Add(Of(hash, length <= 2 ? Short : Long));
            }
            // Two letters with one between them: 灯又坏, 灯都坏, 灯全坏.
            if (at + 2 < padded.Length) into.Add(Of(Mix(Mix(Start(2), padded[at]), padded[at + 2]), Short));
        }
        Concepts(letters, lexicon, into);
        into.Add(Of(Mix(Start(5), (char)Math.Min(letters.Length / 4, 8)), Short));
    }

    private static void Concepts(ReadOnlySpan<char> letters, Lexicon lexicon, HashSet<ulong> into)
    {
        const int Most = 64;
        Span<ushort> found = stackalloc ushort[Most];
        var count = lexicon.Concepts(letters, found);
        for (var i = 0; i < count; i++)
        {
            into.Add(Of(Mix(Start(3), (char)found[i]), Concept));
            for (var j = i + 1; j < count; j++)
            {
                var (low, high) = found[i] < found[j] ? (found[i], found[j]) : (found[j], found[i]);
                into.Add(Of(Mix(Mix(Start(4), (char)low), (char)high), Pair));
            }
        }
    }

    internal static ulong Kind(ulong feature) => feature & 3;

    private static ulong Of(ulong hash, ulong kind) => (hash & ~3UL) | kind;

    internal static ulong Start(ulong kind) => kind * Prime;

    internal static ulong Mix(ulong hash, char letter)
    {
        hash = (hash ^ letter) * Prime;
        return hash ^ (hash >> 29);
    }
}
