using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;
using WuShe.Dialogs.Understanding.Model;

namespace WuShe.Dialogs.Understanding.Training;

/// <summary>Trains one <see cref="LinearClassifier"/> with Microsoft.ML's maximum entropy trainer (L-BFGS, one thread, so that the same data give the same model).</summary>
internal static class ClassifierTrainer
{
    // Chosen by five-fold cross-validation on the training utterances (bench/accuracy tune).
    private const float Ridge = 0.1f;
    private const int SeenAtLeast = 2;

    /// <summary>How much a feature of each kind counts (<see cref="Features.Kind"/>): concepts more, since they are few and say most.</summary>
    private static readonly float[] Scales = [1f, 0.5f, 3f, 1f];

    internal static LinearClassifier Train(IReadOnlyList<(ulong[] Features, string Label)> examples)
    {
        var labels = examples.Select(example => example.Label).Distinct().Order(StringComparer.Ordinal).ToArray();
        var features = examples.SelectMany(example => example.Features).GroupBy(feature => feature)
            .Where(group => group.Count() >= SeenAtLeast).Select(group => group.Key).Order().ToArray();
        var index = features.Select((feature, i) => (feature, i)).ToDictionary(pair => pair.feature, pair => pair.i);

        var ml = new MLContext(seed: 1);
        var schema = SchemaDefinition.Create(typeof(Row));
        schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, features.Length);
        var rows = examples.Select(example => new Row { Label = example.Label, Features = Vector(example.Features, index, features) }).ToArray();
        var view = ml.Data.LoadFromEnumerable(rows, schema);
        var keyed = ml.Transforms.Conversion.MapValueToKey("Key", nameof(Row.Label), keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(view).Transform(view);
        var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = "Key",
            FeatureColumnName = nameof(Row.Features),
            L1Regularization = 0,
            L2Regularization = Ridge,
            OptimizationTolerance = 1e-5f,
            NumberOfThreads = 1,
            MaximumNumberOfIterations = 200,
        });
        var parameters = trainer.Fit(keyed).Model;
        VBuffer<float>[] weights = [];
        parameters.GetWeights(ref weights, out _);
        return Quantised(labels, features, [.. weights.Select(column => column.DenseValues().ToArray())], [.. parameters.GetBiases()]);
    }

    private static VBuffer<float> Vector(ulong[] features, Dictionary<ulong, int> index, ulong[] all)
    {
        var known = features.Where(index.ContainsKey).Select(feature => index[feature]).Order().ToArray();
        return new VBuffer<float>(index.Count, known.Length, [.. known.Select(row => Scale(all[row]))], known);
    }

    private static LinearClassifier Quantised(string[] labels, ulong[] features, float[][] columns, float[] biases)
    {
        var highest = columns.Max(column => column.Select((weight, row) => Math.Abs(weight * Scale(features[row]))).Max());
        var step = highest / short.MaxValue;
        var weights = new short[labels.Length * features.Length];
        for (var label = 0; label < labels.Length; label++)
            for (var row = 0; row < features.Length; row++)
                weights[(row * labels.Length) + label] = (short)MathF.Round(columns[label][row] * Scale(features[row]) / step);
        return new LinearClassifier(labels, features, weights, step, biases);
    }

    private static float Scale(ulong feature) => Scales[Model.Features.Kind(feature)];

    private sealed class Row
    {
        public string Label { get; set; } = "";

        public VBuffer<float> Features { get; set; }
    }
}
