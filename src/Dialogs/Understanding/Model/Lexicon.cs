using System.Collections.Frozen;

namespace WuShe.Dialogs.Understanding.Model;

/// <summary>
/// Words and the concepts they stand for, written by hand (<c>Data/lexicon.txt</c>): what lets the model read words that no
/// example uses. Text format: one concept a line, <c>name: word word …</c>.
/// </summary>
internal sealed class Lexicon
{
    /// <summary>Concepts of which names of places are made: where something is says little about what it is.</summary>
    private const string OfPlaces = "place-";

    /// <summary>Words that stand before a place (位于, 我们, 这里): no place by themselves.</summary>
    private const string BeforePlaces = "place-lead";

    private readonly FrozenDictionary<char, Entry[]> _byFirst;

    private readonly int _beforePlaces;

    private Lexicon(FrozenDictionary<char, Entry[]> byFirst, int count, int beforePlaces) =>
        (_byFirst, Count, _beforePlaces) = (byFirst, count, beforePlaces);

    /// <summary>How many concepts there are.</summary>
    internal int Count { get; }

    /// <summary>Throws <see cref="FormatException"/> naming the line that cannot be read.</summary>
    internal static Lexicon Read(TextReader text)
    {
        var words = new Dictionary<string, List<ushort>>(StringComparer.Ordinal);
        var places = new Dictionary<string, ushort>(StringComparer.Ordinal);
        ushort concept = 0;
        var beforePlaces = -1;
        for (var number = 1; text.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0) throw new FormatException($"lexicon.txt line {number} has no concept name.");
            if (line.AsSpan(0, colon).SequenceEqual(BeforePlaces)) beforePlaces = concept;
            foreach (var word in line[(colon + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                if (!words.TryGetValue(word, out var concepts)) words[word] = concepts = [];
                if (line.StartsWith(OfPlaces, StringComparison.Ordinal))
                {
                    places.TryAdd(word, concept);
                    continue;
                }
                if (!concepts.Contains(concept)) concepts.Add(concept);
            }
            concept++;
        }
        var byFirst = words.GroupBy(pair => pair.Key[0]).ToFrozenDictionary(
            group => group.Key,
            group => group.OrderByDescending(pair => pair.Key.Length).Select(pair => new Entry(pair.Key, [.. pair.Value], places.TryGetValue(pair.Key, out var place) ? place : null)).ToArray());
        return new Lexicon(byFirst, concept, beforePlaces);
    }

    /// <summary>The concepts of the words in the letters, each once, in order of appearance; returns how many fit.</summary>
    internal int Concepts(ReadOnlySpan<char> letters, Span<ushort> into)
    {
        var count = 0;
        for (var at = 0; at < letters.Length && count < into.Length; at++)
        {
            if (!_byFirst.TryGetValue(letters[at], out var entries)) continue;
            // Every word that begins here counts, not only the longest: 楼道灯 is a 楼道 and a 灯 further on.
            foreach (var entry in entries)
            {
                if (!letters[at..].StartsWith(entry.Word)) continue;
                foreach (var concept in entry.Concepts)
                    if (count < into.Length && !into[..count].Contains(concept)) into[count++] = concept;
            }
        }
        return count;
    }

    /// <summary>The longest word that begins at <paramref name="at"/>: its length and first concept; length 0 when none does.</summary>
    internal (int Length, ushort Concept) LongestAt(ReadOnlySpan<char> letters, int at)
    {
        if (_byFirst.TryGetValue(letters[at], out var entries))
            foreach (var entry in entries)
                if (entry.Concepts.Length > 0 && letters[at..].StartsWith(entry.Word)) return (entry.Word.Length, entry.Concepts[0]);
        return (0, 0);
    }

    /// <summary>The same among the words of which names of places are made.</summary>
    internal (int Length, ushort Concept) PlaceAt(ReadOnlySpan<char> letters, int at)
    {
        if (_byFirst.TryGetValue(letters[at], out var entries))
            foreach (var entry in entries)
                if (entry.Place is { } place && letters[at..].StartsWith(entry.Word)) return (entry.Word.Length, place);
        return (0, 0);
    }

    /// <summary>Whether a word of two letters or more stands there of which names of places are made: 门口, 菜市场, 三楼.</summary>
    internal bool HasPlaceWord(ReadOnlySpan<char> letters)
    {
        for (var at = 0; at < letters.Length; at++)
            if (PlaceAt(letters, at) is { Length: > 1 } word && word.Concept != _beforePlaces) return true;
        return false;
    }

    private sealed record Entry(string Word, ushort[] Concepts, ushort? Place);
}
