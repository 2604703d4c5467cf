using System.Buffers;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;

namespace WuShe.Dialogs.Routing;

/// <summary>Replaces an earlier answer without losing the others, by its name or by what was wrong in it.</summary>
internal static class Correcting
{
    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789一二三四五六七八九十");
    private static readonly SearchValues<char> Units = SearchValues.Create("栋楼幢单号座层");
    private static readonly string[] PlaceNames = ["位置", "地点", "地址"];

    /// <summary>
    /// 「改地点」 opens that question again, 「改地点 5栋2单元」 and 「不是3栋，是5栋」 answer it at once; null when the words
    /// are no correction of anything that was answered.
    /// </summary>
    internal static Task? Correct(Talk talk, Run run, Input input, Understood? read)
    {
        if (Named(talk, run, input, RepairWords.AfterChange(input.Text) ?? (run.Choosing ? input.Text : null)) is { } named) return named;
        if (Correction.Read(input.Text) is not { } said) return null;
        if (said.Wrong.Length > 0 && Named(talk, run, input, said.Wrong, said.Right) is { } byName) return byName;
        if (said.Wrong.Length > 0 && Holding(run, said.Wrong) is var (entry, text))
            return TakeBack(talk, run, entry, input with { Text = Mended(text, said) });
        if (said.Right.Length == 0) return null;
        if (!IsPlace(said.Right, read)) return Sought(talk, run, input, said);
        if (IsPlaceName(run.Pending!.Name)) return talk.Continue(new Heard(input with { Text = said.Right })).AsTask();
        return run.Answers().LastOrDefault(answer => IsPlaceName(answer.Name)) is { } place
            ? TakeBack(talk, run, place, input with { Text = said.Right })
            : null;
    }

    /// <summary>「不是满意，是不满意」: which answer was given so, only the questions know.</summary>
    private static Task? Sought(Talk talk, Run run, Input input, Correction said) =>
        talk.Seek(run, said) is { } sought ? TakeBack(talk, run, sought, input with { Text = said.Right }) : null;

    /// <summary>A correction that names what it corrects; the new answer follows the name, or is given apart.</summary>
    private static Task? Named(Talk talk, Run run, Input input, string? text, string right = "")
    {
        if (text is null) return null;
        if (RepairWords.Names(text, run.Pending!.Name, out var answer))
            return talk.Continue(new Heard(Either(answer, right) is { Length: > 0 } given ? input with { Text = given } : null)).AsTask();
        var (found, rest) = (default(Entry), text);
        // Of several names that fit the longest, of several answers of that name the last.
        foreach (var entry in run.Answers())
            if (RepairWords.Names(text, entry.Name, out var after) && after.Length <= rest.Length) (found, rest) = (entry, after);
        if (found is null) return Later(talk, run, text, right);
        return TakeBack(talk, run, found, Either(rest, right) is { Length: > 0 } words ? input with { Text = words } : null);
    }

    /// <summary>An answer whose question comes after the open one: it is put when its turn comes.</summary>
    private static Task? Later(Talk talk, Run run, string text, string right)
    {
        foreach (var entry in run.Later().Reverse())
        {
            if (!RepairWords.Names(text, entry.Name, out var after)) continue;
            var words = Either(after, right);
            run.Choosing = false;
            run.TakeBackLater(entry, words);
            return Router.Again(talk, Phrases.ChangedLater(entry.Name, words)).AsTask();
        }
        return null;
    }

    private static Task TakeBack(Talk talk, Run run, Entry entry, Input? answer)
    {
        if (run.Sealed) return Router.Again(talk, Phrases.AlreadyDone).AsTask();
        run.TakeBack(entry);
        return talk.Continue(new Heard(answer) { Changes = true }).AsTask();
    }

    /// <summary>The last answer in whose text the words stand, with that text.</summary>
    private static (Entry, string)? Holding(Run run, string words)
    {
        foreach (var entry in run.Answers().Reverse())
            foreach (var text in Values.Texts(entry.Value))
                if (text.Contains(words, StringComparison.Ordinal)) return (entry, text);
        return null;
    }

    /// <summary>The wrong part replaced; where what comes before it names another of the same (3栋 before 5栋), the right words stand alone.</summary>
    private static string Mended(string text, Correction said)
    {
        var before = text.AsSpan(0, text.IndexOf(said.Wrong, StringComparison.Ordinal));
        foreach (var letter in before)
            if (Units.Contains(letter) && said.Right.Contains(letter, StringComparison.Ordinal)) return said.Right;
        return text.Replace(said.Wrong, said.Right, StringComparison.Ordinal);
    }

    private static bool IsPlaceName(string name) => Array.IndexOf(PlaceNames, name) >= 0;

    private static bool IsPlace(string words, Understood? read) =>
        read?.Place is not null || (words.AsSpan().ContainsAny(Digits) && words.AsSpan().ContainsAny(Units));

    private static string Either(string first, string second) => first.Length > 0 ? first : second;
}
