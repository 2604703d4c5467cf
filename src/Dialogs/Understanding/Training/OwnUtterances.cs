using System.Reflection;

namespace WuShe.Dialogs.Understanding.Training;

/// <summary>The utterances that come with the product (<c>Data/training</c>, <c>Data/held-apart</c>).</summary>
public static class OwnUtterances
{
    private const string Folder = "WuShe.Dialogs.Understanding.Data.";

    /// <summary>What the model is trained on.</summary>
    public static IReadOnlyList<Utterance> Training() => Read("training");

    /// <summary>What it is measured on, and never trained.</summary>
    public static IReadOnlyList<Utterance> HeldApart() => Read("held-apart");

    /// <summary>The same by file: by whom and when they were written.</summary>
    public static IEnumerable<(string File, IReadOnlyList<Utterance> Utterances)> HeldApartByFile() =>
        Files("held-apart").Select(name => (name[(Folder.Length + "held-apart/".Length)..], (IReadOnlyList<Utterance>)Read([name])));

    private static List<Utterance> Read(string part) => Read(Files(part));

    private static IOrderedEnumerable<string> Files(string part) => Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith($"{Folder}{part}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static List<Utterance> Read(IEnumerable<string> names)
    {
        var all = new List<Utterance>();
        foreach (var name in names)
        {
            using var text = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
            all.AddRange(Utterance.ReadLines(text, name[Folder.Length..]));
        }
        return all;
    }
}
