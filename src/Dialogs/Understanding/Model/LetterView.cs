namespace WuShe.Dialogs.Understanding.Model;

/// <summary>What the tagger sees around one letter: its neighbours, their kinds, the word of the lexicon it stands in.</summary>
internal readonly ref struct LetterView
{
    /// <summary>The most features one letter has.</summary>
    internal const int Most = 48;

    private const int Reach = 3;
    private const char Beyond = '^';
    private readonly ReadOnlySpan<char> _letters;
    private readonly int[] _words;
    private readonly int[] _places;

    internal LetterView(ReadOnlySpan<char> letters, Lexicon lexicon)
    {
        _letters = letters;
        _words = new int[letters.Length];
        _places = new int[letters.Length];
        for (var at = 0; at < letters.Length;) at += Mark(_words, at, lexicon.LongestAt(letters, at));
        for (var at = 0; at < letters.Length;) at += Mark(_places, at, lexicon.PlaceAt(letters, at));
    }

    /// <summary>The first letter of a word is marked otherwise than the rest; returns how far to go on.</summary>
    private static int Mark(int[] marks, int at, (int Length, ushort Concept) word)
    {
        for (var i = 0; i < word.Length; i++) marks[at + i] = ((word.Concept + 1) * 2) + (i == 0 ? 0 : 1);
        return Math.Max(word.Length, 1);
    }

    /// <summary>Returns how many were written.</summary>
    internal int Features(int at, Span<ulong> into)
    {
        var count = 0;
        into[count++] = Model.Features.Start(30);
        for (var d = -Reach; d <= Reach; d++) into[count++] = Of(40 + d, Letter(at + d));
        for (var d = -2; d <= 1; d++) into[count++] = Of(50 + d, Letter(at + d), Letter(at + d + 1));
        for (var d = -2; d <= 0; d++) into[count++] = Of(60 + d, Letter(at + d), Letter(at + d + 1), Letter(at + d + 2));
        for (var d = -1; d <= 1; d++) into[count++] = Of(70 + d, Word(at + d));
        into[count++] = Of(75, Word(at), Word(at + 1));
        into[count++] = Of(76, Word(at - 1), Word(at));
        for (var d = -2; d <= 3; d++) into[count++] = Of(95 + d, Place(at + d));
        into[count++] = Of(100, Place(at - 1), Place(at));
        into[count++] = Of(101, Place(at), Place(at + 1));
        into[count++] = Of(102, Place(at), Place(at + 1), Place(at + 2));
        into[count++] = Of(103, Place(at), Letter(at));
        for (var d = -2; d <= 2; d++) into[count++] = Of(80 + d, Kind(Letter(at + d)));
        into[count++] = Of(85, Kind(Letter(at - 1)), Kind(Letter(at)), Kind(Letter(at + 1)));
        into[count++] = Of(86, Kind(Letter(at)), Kind(Letter(at + 1)), Kind(Letter(at + 2)));
        into[count++] = Of(87, Kind(Letter(at - 2)), Kind(Letter(at - 1)), Kind(Letter(at)));
        return count;
    }

    private char Letter(int at) => at >= 0 && at < _letters.Length ? _letters[at] : Beyond;

    private char Place(int at) => at >= 0 && at < _places.Length ? (char)_places[at] : Beyond;

    private char Word(int at) => at >= 0 && at < _words.Length ? (char)_words[at] : Beyond;

    private static char Kind(char letter) => letter switch
    {
        '0' => '0',
        >= 'a' and <= 'z' => 'a',
        '一' or '二' or '三' or '四' or '五' or '六' or '七' or '八' or '九' or '十' or '两' or '叁' or '壹' or '贰' or '几' or '半' or '零' => '1',
        '栋' or '幢' or '座' or '楼' or '号' or '层' or '室' or '元' or '单' or '区' or '组' or '苑' or '院' => '栋',
        '路' or '街' or '巷' or '道' or '口' or '门' or '桥' or '坝' or '园' or '场' or '站' or '店' => '路',
        '旁' or '边' or '对' or '面' or '后' or '前' or '侧' or '背' or '头' or '下' or '上' or '里' or '外' or '角' => '边',
        '天' or '月' or '年' or '周' or '点' or '日' or '期' or '早' or '晚' or '夜' or '午' or '昨' or '今' or '明' or '小' or '时' => '天',
        '在' or '是' or '到' or '的' or '嘞' or '那' or '个' or '这' => '的',
        Sentence.Pause or '？' or Beyond => '，',
        _ => '字',
    };

    private static ulong Of(int kind, char a) => Model.Features.Mix(Model.Features.Start((ulong)kind), a);

    private static ulong Of(int kind, char a, char b) => Model.Features.Mix(Of(kind, a), b);

    private static ulong Of(int kind, char a, char b, char c) => Model.Features.Mix(Of(kind, a, b), c);
}
