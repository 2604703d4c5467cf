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

    private static List<Utterance> Read(string part)
    {
        var own = Assembly.GetExecutingAssembly();
        var all = new List<Utterance>();
        foreach (var name in own.GetManifestResourceNames().Where(name => name.StartsWith($"{Folder}{part}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var text = new StreamReader(own.GetManifestResourceStream(name)!);
            all.AddRange(Utterance.ReadLines(text, name[Folder.Length..]));
        }
        return all;
    }
}
