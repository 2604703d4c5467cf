using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Engine;

/// <summary>How an answer was read. <paramref name="Note"/> is told to the person: something was cut, how it was understood, or why it did not fit.</summary>
public readonly record struct Reading<T>(bool Fits, T Value, string? Note);

/// <summary>Makes readings.</summary>
public static class Reading
{
    public static Reading<T> Of<T>(T value, string? note = null) => new(true, value, note);
}

/// <summary>What is put to a person, and how an answer to it is read. Immutable: each refinement is a copy.</summary>
public abstract class Question<T>(string prompt)
{
    private string? _words;
    private bool _known;
    private T _value = default!;
    private T _skipped = default!;
    private string? _skipLabel;

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

    /// <summary>Answers offered as buttons, in order.</summary>
    protected internal virtual IReadOnlyList<string> Options => [];

    /// <summary>What fits, as one sentence: said when an answer did not.</summary>
    protected internal abstract string Hint { get; }

    protected internal virtual bool TakesPictures => false;

    /// <summary>Reads an answer; the text is clean. Must not throw, whatever is said.</summary>
    protected internal abstract Reading<T> Read(Input input);

    /// <summary>Finds the answer inside words that were said before the question was put.</summary>
    protected internal virtual Reading<T> Find(string words) => default;

    /// <summary>How many more pictures this answer takes.</summary>
    protected internal virtual int PictureRoom(T value) => 0;

    protected internal virtual T AddPictures(T value, IReadOnlyList<AttachmentRef> pictures) => value;

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
        return Skips(key) ? Reading.Of<T>(_skipped) : Read(input);
    }

    internal Message Put(int misses)
    {
        var text = misses switch
        {
            0 => Prompt,
            1 => $"{Hint}\n{Prompt}",
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

    private bool Skips(string key) =>
        key == _skipLabel || key is "跳过" or "没有" or "没" or "没了" or "没有了" or "无" or "不用" or "不用了" or "不需要" or "略过";

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
