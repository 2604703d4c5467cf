using System.Runtime.Intrinsics;

namespace WuShe.Dialogs.Understanding.Model;

/// <summary>
/// A multinomial logistic regression over sparse features: one row of weights a feature, one column a label. Weights
/// are 16-bit numbers times a step. Eight bits are too few: most weights are small, and thousands of them add up.
/// </summary>
internal sealed class LinearClassifier
{
    private readonly FeatureTable _rows;
    private readonly short[] _weights;
    private readonly float _step;
    private readonly float[] _biases;

    internal LinearClassifier(string[] labels, ulong[] features, short[] weights, float step, float[] biases)
    {
        (Labels, Features, _weights, _step, _biases) = (labels, features, weights, step, biases);
        _rows = new FeatureTable(features);
    }

    internal string[] Labels { get; }

    internal ulong[] Features { get; }

    internal ReadOnlySpan<short> Weights => _weights;

    internal float Step => _step;

    internal ReadOnlySpan<float> Biases => _biases;

    /// <summary>Fills <paramref name="probabilities"/>, as long as <see cref="Labels"/>; they add up to one.</summary>
    internal void Score(HashSet<ulong> features, Span<float> probabilities)
    {
        var labels = Labels.Length;
        Span<int> sums = stackalloc int[labels];
        sums.Clear();
        foreach (var feature in features)
        {
            if (!_rows.TryGet(feature, out var row)) continue;
            Add(_weights.AsSpan(row * labels, labels), sums);
        }
        var highest = float.NegativeInfinity;
        for (var i = 0; i < labels; i++) highest = Math.Max(highest, probabilities[i] = (sums[i] * _step) + _biases[i]);
        var total = 0f;
        for (var i = 0; i < labels; i++) total += probabilities[i] = MathF.Exp(probabilities[i] - highest);
        for (var i = 0; i < labels; i++) probabilities[i] /= total;
    }

    /// <summary>Eight columns at a time: this is most of the work of reading a sentence.</summary>
    private static void Add(ReadOnlySpan<short> weights, Span<int> sums)
    {
        var i = 0;
        for (; i + Vector128<short>.Count <= weights.Length; i += Vector128<short>.Count)
        {
            var (low, high) = Vector128.Widen(Vector128.Create(weights[i..]));
            (Vector128.Create<int>(sums[i..]) + low).CopyTo(sums[i..]);
            (Vector128.Create<int>(sums[(i + 4)..]) + high).CopyTo(sums[(i + 4)..]);
        }
        for (; i < weights.Length; i++) sums[i] += weights[i];
    }
}
