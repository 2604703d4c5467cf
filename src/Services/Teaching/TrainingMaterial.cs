using WuShe.Dialogs.Understanding;
using WuShe.Dialogs.Understanding.Training;

namespace WuShe.Services.Teaching;

/// <summary>What a training begins with and is measured by: the product's own utterances and the model that comes with it.</summary>
public class TrainingMaterial
{
    /// <summary>What every model learns, before what staff have taught.</summary>
    public virtual IReadOnlyList<Utterance> Training => OwnUtterances.Training();

    /// <summary>What models are measured on, and never trained.</summary>
    public virtual IReadOnlyList<Utterance> HeldApart => OwnUtterances.HeldApart();

    /// <summary>The model that no accepted one is worse than.</summary>
    public virtual IUnderstanding Floor => new ModelUnderstanding();
}
