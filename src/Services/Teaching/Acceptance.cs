using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;

namespace WuShe.Services.Teaching;

/// <summary>Whether a new model reads sentences no worse than another one (docs/decisions/0007).</summary>
internal static class Acceptance
{
    /// <summary>Any change of the data turns over two in a thousand sentences, and two where there are few. Of dangers none may be lost.</summary>
    private static int Chance(int said) => 2 + (said / 500);

    /// <summary>Both were measured on <paramref name="said"/>.</summary>
    public static bool IsNoWorse(Accuracy now, Accuracy before, IReadOnlyCollection<Utterance> said)
    {
        return Kept(accuracy => accuracy.Intent, _ => true)
            && Kept(accuracy => accuracy.Category, one => one.Category is not null)
            && Kept(accuracy => accuracy.Place, one => one.Place is not null)
            && Kept(accuracy => 1 - accuracy.FalsePlaces, one => one.Place is null)
            && Kept(accuracy => 1 - accuracy.FalseAlarms, one => one.Danger is null)
            && Lost(accuracy => accuracy.DangerRecall, one => one.Danger is not null) <= 0
            && Lost(accuracy => accuracy.DangerKind, one => one.Danger is not null) <= 0;

        bool Kept(Func<Accuracy, double> share, Func<Utterance, bool> counts) => Lost(share, counts) <= Chance(said.Count(counts));

        // How many more sentences are read wrongly than before, of those that the share is of.
        int Lost(Func<Accuracy, double> share, Func<Utterance, bool> counts) =>
            (int)Math.Round((share(before) - share(now)) * said.Count(counts));
    }
}
