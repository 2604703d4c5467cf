using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using WuShe.Dialogs.Routing;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Engine;

/// <summary>How an answer was read. <paramref name="Note"/> is told to the person: something was cut, how it was understood, or why it did not fit.</summary>
public readonly record struct Reading<T>(bool Fits, T Value, string? Note)
{
    /// <summary>The words may well be no answer: they are asked once more, and count when they do not fit a second time either.</summary>
    public bool Doubtful { get; init; }
}

/// <summary>Makes readings.</summary>
public static class Reading
{
    public static Reading<T> Of<T>(T value, string? note = null) => new(true, value, note);
}

/// <summary>How a question is put.</summary>
internal enum Putting : byte
{
    AsEver,

    /// <summary>The question alone.</summary>
    Shortly,

    /// <summary>With the plainest explanation.</summary>
    Simply,

    /// <summary>With the reason why it cannot be skipped.</summary>
    Needed,
}

/// <summary>What is put to a person, and how an answer to it is read. Immutable: each refinement is a copy.</summary>
public abstract class Question<T>(string prompt)
{
    private string? _words;
    private bool _known;
    private T _value = default!;
    private T _skipped = default!;
    private string? _skipLabel;
    private string? _simply;
    private bool _aboutAnything;

    public string Prompt => prompt;

    internal string Name { get; private set; } = "";

    /// <summary>
    /// What this question asks for, in one or two characters people use to correct it (「改地点」): 地点, 类别, 照片.
    /// </summary>
    public Question<T> Named(string name) => Copy(copy => copy.Name = name);

    /// <summary>「跳过」「没有」 answers with this value, and a button offers it.</summary>
    public Question<T> Skippable(T whenSkipped, string label = "跳过") =>
        Copy(copy => (copy._skipped, copy._skipLabel) = (whenSkipped, label));

    /// <summary>Tries to find the answer in words already said; when it is there the question is not put (but can be corrected).</summary>
    public Question<T> From(string words) => Copy(copy => copy._words = words);

    /// <summary>When <paramref name="known"/>, the question is not put and <paramref name="value"/> is its answer (but can be corrected).</summary>
    public Question<T> From(bool known, T value) => Copy(copy => (copy._known, copy._value) = (known, value));

    /// <summary>What is meant, in the plainest words, for whoever asks 「啥意思」. Without it they hear the hint.</summary>
    public Question<T> Simply(string words) => Copy(copy => copy._simply = words);

    /// <summary>
    /// People tell here what troubles them, whatever it is: words that sound like another request are an answer all the
    /// same; only cancelling, going back, repeating and asking for a person come before.
    /// </summary>
    public Question<T> AboutAnything() => Copy(copy => copy._aboutAnything = true);

    /// <summary>Answers offered as buttons, in order.</summary>
    protected internal virtual IReadOnlyList<string> Options => [];

    /// <summary>What fits, as one sentence: said when an answer did not.</summary>
    protected internal abstract string Hint { get; }

    protected internal virtual bool TakesPictures => false;

    /// <summary>Whether any words at all are an answer. What they surely mean otherwise (cancel, another request) comes first then.</summary>
    protected internal virtual bool TakesAnything => false;

    /// <summary>Whether it is the last question before something is done.</summary>
    protected internal virtual bool Confirms => false;

    /// <summary>The question alone, without what surrounds it, for whoever wants it slower: its first sentence.</summary>
    protected internal virtual string Brief => FirstSentence(Prompt);

    /// <summary>Reads an answer; the text is clean. Must not throw, whatever is said.</summary>
    protected internal abstract Reading<T> Read(Input input);

    /// <summary>Finds the answer inside words that were said before the question was put.</summary>
    protected internal virtual Reading<T> Find(string words) => default;

    /// <summary>How many more pictures this answer takes.</summary>
    protected internal virtual int PictureRoom(T value) => 0;

    /// <summary>The answer as people read it when it was changed.</summary>
    protected internal virtual string Shown(T value, Input input) => input.Text.Length > 0 ? input.Text : input.Location?.Label ?? "";

    protected internal virtual T AddPictures(T value, IReadOnlyList<AttachmentRef> pictures) => value;

    internal QuestionTraits Traits =>
        (TakesAnything ? QuestionTraits.TakesAnything : 0) | (_aboutAnything ? QuestionTraits.AboutAnything : 0)
        | (_skipLabel is not null ? QuestionTraits.Skippable : 0) | (Confirms ? QuestionTraits.Confirms : 0);

    internal bool TryPrefill(out T value)
    {
        value = _value;
        if (_known) return true;
        if (string.IsNullOrEmpty(_words)) return false;
        var found = Find(_words);
        value = found.Value;
        return found.Fits;
    }

    internal Reading<T> Answer(Input input)
    {
        if (_skipLabel is null || input.Attachments.Count > 0 || input.Location is not null) return Read(input);
        var key = Plain.Key(input.Text);
        var own = Options;
        for (var i = 0; i < own.Count; i++)
            if (own[i] == key) return Read(input);
        return key == _skipLabel || RepairWords.Skips(key) ? Reading.Of<T>(_skipped) : Read(input);
    }

    /// <summary>
    /// Whether a correction speaks of this answer: its wrong words are how the answer was given, its right ones answer too.
    /// Questions that any words answer cannot tell.
    /// </summary>
    internal bool WasSaid(T value, Correction said) =>
        !TakesAnything && Read(Input.Say(said.Right)).Fits
        && (said.Wrong.Length == 0 || (Read(Input.Say(said.Wrong)) is { Fits: true } was && EqualityComparer<T>.Default.Equals(was.Value, value)));

    internal Message Put(Putting how, int misses)
    {
        var text = (how, misses) switch
        {
            (Putting.Shortly, _) => Brief,
            (Putting.Simply, _) => $"{_simply ?? Hint}\n{Brief}",
            (Putting.Needed, _) => $"{Phrases.CannotSkip}{_simply ?? Hint}\n{Brief}",
            (_, 0) => Prompt,
            (_, 1) => $"{Hint}{Phrases.ZeroGoesBack}\n{Prompt}",
            _ => $"{Hint}{Phrases.OrHuman}\n{Prompt}",
        };
        if (_skipLabel is null && misses < 2) return new Message(text) { Options = Options };
        List<string> options = [.. Options];
        if (_skipLabel is not null) options.Add(_skipLabel);
        if (misses >= 2) options.Add(Phrases.ToHuman);
        return new Message(text) { Options = options };
    }

    /// <summary>Changes with anything that could change what an answer means: kind, type, prompt, options.</summary>
    internal uint Fingerprint()
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(Prompt.AsSpan()), TypeSeed<T>.Of(GetType()));
        var options = Options;
        for (var i = 0; i < options.Count; i++)
            hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(options[i].AsSpan()), (long)hash);
        if (_skipLabel is not null) hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(_skipLabel.AsSpan()), (long)hash);
        return (uint)(hash ^ (hash >> 32));
    }

    private static string FirstSentence(string prompt)
    {
        var end = prompt.AsSpan().IndexOfAny('\uFF1F', '。', '\n');
        if (end < 0) return prompt;
        return prompt[end] == '\n' ? prompt[..end] : prompt[..(end + 1)];
    }

    private Question<T> Copy(Action<Question<T>> change)
    {
        var copy = (Question<T>)MemberwiseClone();
        change(copy);
        return copy;
    }
}

/// <summary>The part of a fingerprint that is the same for all questions of one kind and type.</summary>
internal static class TypeSeed<T>
{
    private static readonly long Value =
        (long)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(typeof(T).FullName ?? typeof(T).Name));

    internal static long Of(Type kind) => (long)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(kind.Name.AsSpan()), Value);
}
