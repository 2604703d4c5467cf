using System.Buffers;
using System.Collections;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Routing;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Questions;

/// <summary>One of several, answered by tapping, by number or in words.</summary>
public static class Choice
{
    /// <summary>
    /// Options in the order shown. Words match a label, one of its synonyms, or a unique part of them. Options that are
    /// the same for everybody are best kept in a static <see cref="ChoiceSet{T}"/>.
    /// </summary>
    public static Question<T> Of<T>(string prompt, params IReadOnlyList<ChoiceOption<T>> options) =>
        new ChoiceQuestion<T>(prompt, options as ChoiceSet<T> ?? new ChoiceSet<T>(options));
}

/// <summary>One answer that can be chosen.</summary>
public sealed record ChoiceOption<T>(T Value, string Label, params string[] Synonyms);

/// <summary>
/// Options prepared once for matching; hand it to <see cref="Choice.Of{T}"/> on every turn. Throws
/// <see cref="ArgumentException"/> on a label that every conversation understands in its own way (取消, 返回, 人工).
/// </summary>
public sealed class ChoiceSet<T>(IReadOnlyList<ChoiceOption<T>> options) : IReadOnlyList<ChoiceOption<T>>
{
    /// <summary>How far before words of the same clause a 不 still speaks of them: 没有让我很满意.</summary>
    private const int Reach = 6;

    private static readonly SearchValues<char> Denials = SearchValues.Create("不没莫未别");
    private static readonly SearchValues<char> Pauses = SearchValues.Create(" ,，。;；、!！?？");

    private string[][]? _keys;

    public IReadOnlyList<string> Labels { get; } = [.. options.Select(option => Checked(option.Label))];

    public int Count => options.Count;

    public ChoiceOption<T> this[int index] => options[index];

    public IEnumerator<ChoiceOption<T>> GetEnumerator() => options.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Each option's label and synonyms in the form words are compared in.</summary>
    private string[][] Keys =>
        _keys ??= [.. options.Select(option => option.Synonyms.Prepend(option.Label).Select(Plain.Key).ToArray())];

    /// <summary>The option named exactly, by number, by a word it contains or that contains it; -1 when none or several.</summary>
    internal int Match(string text)
    {
        var key = Plain.Key(text);
        if (key.Length == 0) return -1;
        var exact = Array.FindIndex(Keys, words => Array.IndexOf(words, key) >= 0);
        if (exact >= 0) return exact;
        if (Numbers.TryRead(key, out var number)) return number <= Count ? number - 1 : -1;
        var part = PartOf(key);
        return part >= 0 ? part : Contained(key);
    }

    /// <summary>The option whose label or synonym stands in the words; the longest wins, a tie between two options is none.</summary>
    internal int Contained(string key)
    {
        var (best, length, tie) = (-1, 0, false);
        for (var i = 0; i < Keys.Length; i++)
            foreach (var word in Keys[i])
            {
                if (word.Length == 0 || word.Length < length || !Says(key, word)) continue;
                tie = word.Length == length && (tie || best != i);
                (best, length) = (i, word.Length);
            }
        return tie ? -1 : best;
    }

    /// <summary>The words stand there and nothing before them turns them round: 不太满意 does not say 满意, 都不是 does not say 是.</summary>
    private static bool Says(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal))
            if (!TurnedRound(text.AsSpan(Math.Max(0, at - Reach), Math.Min(at, Reach)))) return true;
        return false;
    }

    private static bool TurnedRound(ReadOnlySpan<char> before) => before[(before.LastIndexOfAny(Pauses) + 1)..].ContainsAny(Denials);

    private static string Checked(string label) =>
        RepairWords.Of(Plain.Key(label)) == Repair.None
            ? label
            : throw new ArgumentException($"{label} cannot be an option: the router understands it in its own way.");

    private int PartOf(string key)
    {
        var found = -1;
        for (var i = 0; i < Keys.Length; i++)
            foreach (var word in Keys[i])
                if (Says(word, key))
                {
                    if (found >= 0 && found != i) return -1;
                    found = i;
                }
        return found;
    }
}

internal sealed class ChoiceQuestion<T>(string prompt, ChoiceSet<T> set) : Question<T>(prompt)
{
    protected internal override IReadOnlyList<string> Options => set.Labels;

    protected internal override string Hint => $"请点一个选项，或者回复序号 1 到 {set.Count}。";

    protected internal override Reading<T> Read(Input input) => At(set.Match(input.Text));

    protected internal override string Shown(T value, Input input) =>
        set.Match(input.Text) is >= 0 and var index ? set[index].Label : input.Text;

    protected internal override Reading<T> Find(string words) => At(set.Contained(Plain.Key(words)));

    private Reading<T> At(int index) => index < 0 ? default : Reading.Of<T>(set[index].Value);
}
