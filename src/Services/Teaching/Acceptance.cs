using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;

namespace WuShe.Services.Teaching;

/// <summary>Whether a new model reads sentences no worse than another one (docs/decisions/0007).</summary>
internal static class Acceptance
{
    /// <summary>So many sentences turn over with any change of the data. Of dangers none may be lost.</summary>
    private const int Chance = 2;

    /// <summary>Both were measured on <paramref name="said"/>.</summary>
    public static bool IsNoWorse(Accuracy now, Accuracy before, IReadOnlyCollection<Utterance> said)
    {
        return Lost(accuracy => accuracy.Intent, _ => true) <= Chance
            && Lost(accuracy => accuracy.Category, one => one.Category is not null) <= Chance
            && Lost(accuracy => accuracy.Place, one => one.Place is not null) <= Chance
            && Lost(accuracy => 1 - accuracy.FalsePlaces, one => one.Place is null) <= Chance
            && Lost(accuracy => 1 - accuracy.FalseAlarms, one => one.Danger is null) <= Chance
            && Lost(accuracy => accuracy.DangerRecall, one => one.Danger is not null) <= 0
            && Lost(accuracy => accuracy.DangerKind, one => one.Danger is not null) <= 0;

        // How many more sentences are read wrongly than before, of those that the share is of.
        int Lost(Func<Accuracy, double> share, Func<Utterance, bool> counts) =>
            (int)Math.Round((share(before) - share(now)) * said.Count(counts));
    }
}
