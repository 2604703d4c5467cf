namespace WuShe.Dialogs.Understanding;

/// <summary>A place in a text that moves on over what was understood.</summary>
internal sealed class Cursor(string text)
{
    public int At { get; set; }

    public string Text => text;

    public char Now => Peek(0);

    public char Before => At > 0 ? text[At - 1] : '\0';

    public bool AtEnd => At >= text.Length;

    public char Peek(int ahead) => At + ahead < text.Length ? text[At + ahead] : '\0';

    public bool Sees(string word) => string.CompareOrdinal(text, At, word, 0, word.Length) == 0;

    public bool SeesAny(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (Sees(word)) return true;
        return false;
    }

    public bool Eat(string word)
    {
        if (!Sees(word)) return false;
        At += word.Length;
        return true;
    }

    /// <summary>Longer words first where one begins like another.</summary>
    public bool EatAny(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (Eat(word)) return true;
        return false;
    }

    public void EatSpaces()
    {
        while (Now == ' ') At++;
    }

    /// <summary>Whether the text before the cursor ends with one of the words.</summary>
    public bool ComesAfter(params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
            if (At >= word.Length && string.CompareOrdinal(text, At - word.Length, word, 0, word.Length) == 0) return true;
        return false;
    }
}

/// <summary>Words and what each means; the longest that stands at the cursor counts. A row's words are separated by spaces.</summary>
internal sealed class WordTable<T>
{
    private readonly Dictionary<char, List<(string Word, T Value)>> _rows = [];

    public WordTable(params ReadOnlySpan<(string Words, T Value)> rows)
    {
        foreach (var (words, value) in rows)
            foreach (var word in words.Split(' '))
            {
                if (!_rows.TryGetValue(word[0], out var list)) _rows[word[0]] = list = [];
                list.Add((word, value));
            }
        foreach (var list in _rows.Values) list.Sort(static (a, b) => b.Word.Length.CompareTo(a.Word.Length));
    }

    public bool TryEat(Cursor cursor, out T value)
    {
        value = default!;
        if (!_rows.TryGetValue(cursor.Now, out var list)) return false;
        foreach (var row in list)
            if (cursor.Eat(row.Word))
            {
                value = row.Value;
                return true;
            }
        return false;
    }
}
