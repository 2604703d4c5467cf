namespace WuShe.Dialogs.Understanding.Model;

/// <summary>
/// A sentence as the model reads it: letters in one width and case, digits alike, everything that is neither letter nor
/// digit one kind of pause. Positions map back to the words as they were written.
/// </summary>
internal ref struct Sentence
{
    /// <summary>What stands beyond this is not read: nobody says what they want after five hundred characters.</summary>
    internal const int MaxLength = 500;

    internal const char Pause = '，';
    private const char Digit = '0';
    private readonly Span<char> _letters;
    private readonly Span<short> _origins;

    /// <summary>Both buffers at least <see cref="MaxLength"/> long.</summary>
    internal Sentence(ReadOnlySpan<char> text, Span<char> letters, Span<short> origins)
    {
        var length = 0;
        for (var i = 0; i < text.Length && length < MaxLength && i < short.MaxValue; i++)
        {
            var letter = Plain(text[i]);
            if (letter == '\0' || (letter == Pause && (length == 0 || letters[length - 1] == Pause))) continue;
            letters[length] = letter;
            origins[length++] = (short)i;
        }
        if (length > 0 && letters[length - 1] == Pause) length--;
        _letters = letters[..length];
        _origins = origins[..length];
    }

    internal readonly ReadOnlySpan<char> Letters => _letters;

    /// <summary>Where the letter stands in the words as they were written.</summary>
    internal readonly int Origin(int letter) => _origins[letter];

    /// <summary>Nul: to be passed over.</summary>
    private static char Plain(char c) => c switch
    {
        >= '0' and <= '9' or >= '\uFF10' and <= '\uFF19' => Digit,
        >= 'a' and <= 'z' => c,
        >= 'A' and <= 'Z' => (char)(c | 0x20),
        >= '\uFF21' and <= '\uFF3A' or >= '\uFF41' and <= '\uFF5A' => char.ToLowerInvariant((char)(c - 0xFEE0)),
        '？' or '?' => '？',
        '-' or '－' or '—' or '#' => '-',
        ' ' or '\u3000' => '\0',
        _ => char.IsLetter(c) || char.IsSurrogate(c) ? c : Pause,
    };
}
