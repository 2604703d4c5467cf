using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;

namespace WuShe.Services.Teaching;

/// <summary>What a training begins with and is measured by: the product's own utterances and the model that comes with it.</summary>
public sealed class TrainingMaterial
{
    /// <summary>What every model learns, before what staff have taught.</summary>
    public Func<IReadOnlyList<Utterance>> Training { get; init; } = OwnUtterances.Training;

    /// <summary>What models are measured on, and never trained.</summary>
    public Func<IReadOnlyList<Utterance>> HeldApart { get; init; } = OwnUtterances.HeldApart;

    /// <summary>The model that no accepted one is worse than.</summary>
    public Func<IUnderstanding> Floor { get; init; } = () => new ModelUnderstanding();
}
