namespace WuShe.Dialogs.Understanding.Training;

/// <summary>How well an understanding reads utterances that it was not trained on. Shares from 0 to 1.</summary>
public sealed class Accuracy
{
    private readonly List<(Utterance Said, Understood Read)> _all;

    private Accuracy(List<(Utterance, Understood)> all) => _all = all;

    public static Accuracy Of(IUnderstanding understanding, IEnumerable<Utterance> utterances) =>
        new([.. utterances.Select(said => (said, understanding.Read(said.Text)))]);

    /// <summary>All sentences of several measurements as one.</summary>
    public static Accuracy Of(IEnumerable<Accuracy> parts) => new([.. parts.SelectMany(part => part._all)]);

    public int Count => _all.Count;

    /// <summary>Right intents.</summary>
    public double Intent => Share(_all, one => one.Read.Intent.Code == one.Said.Intent);

    /// <summary>Right categories among true reports; a report that is not seen as one is wrong.</summary>
    public double Category => Share(_all.Where(one => one.Said.Category is not null), RightCategory);

    /// <summary>Dangers that were seen as some danger.</summary>
    public double DangerRecall => Share(_all.Where(one => one.Said.Danger is not null), one => one.Read.Danger is not null);

    /// <summary>Dangers for which the right kind was seen: the right number to call.</summary>
    public double DangerKind => Share(_all.Where(one => one.Said.Danger is not null), one => one.Read.Danger is { } kind && kind == DangerCodes.Kind(one.Said.Danger!));

    /// <summary>Sentences without danger in which one was seen.</summary>
    public double FalseAlarms => Share(_all.Where(one => one.Said.Danger is null), one => one.Read.Danger is not null);

    /// <summary>Places named in exactly the right words, among sentences that name one.</summary>
    public double Place => Share(_all.Where(one => one.Said.Place is not null), one => one.Read.Place == one.Said.Place);

    /// <summary>Sentences without a place in which one was seen.</summary>
    public double FalsePlaces => Share(_all.Where(one => one.Said.Place is null), one => one.Read.Place is not null);

    /// <summary>Times named in exactly the right words, among sentences that name one.</summary>
    public double Time => Share(_all.Where(one => one.Said.Time is not null), one => one.Read.Time == one.Said.Time);

    /// <summary>The same for each style.</summary>
    public IEnumerable<(string Style, Accuracy Accuracy)> ByStyle() =>
        _all.GroupBy(one => one.Said.Style).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => (group.Key, new Accuracy([.. group])));

    /// <summary>What is mistaken for what, most frequent first.</summary>
    public IEnumerable<(string Said, string Read, int Times)> Confusions(Func<Utterance, string?> said, Func<Understood, string?> read) =>
        _all.Where(one => said(one.Said) is { } right && right != read(one.Read))
            .GroupBy(one => (said(one.Said)!, read(one.Read) ?? "–"))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Item1, StringComparer.Ordinal)
            .Select(group => (group.Key.Item1, group.Key.Item2, group.Count()));

    /// <summary>Sentences that were read wrongly in this respect.</summary>
    public IEnumerable<(Utterance Said, Understood Read)> Wrong(Func<Utterance, Understood, bool> right) => _all.Where(one => !right(one.Said, one.Read));

    private static bool RightCategory((Utterance Said, Understood Read) one) =>
        one.Read.Intent.Code == Intents.Report && one.Read.Category is [var best, ..] && best.Code == one.Said.Category;

    private static double Share<T>(IEnumerable<T> all, Func<T, bool> right)
    {
        var (count, hits) = (0, 0);
        foreach (var one in all)
        {
            count++;
            if (right(one)) hits++;
        }
        return count == 0 ? 1 : hits / (double)count;
    }
}
