using System.Numerics;

namespace WuShe.Dialogs.Understanding.Model;

/// <summary>
/// Finds the row of a feature. Features are hashes already, so their own bits are the place to look (open addressing, half
/// empty): a few bytes a feature, and no garbage while a model is loaded.
/// </summary>
internal sealed class FeatureTable
{
    private readonly ulong[] _features;
    private readonly int[] _slots;
    private readonly int _mask;

    internal FeatureTable(ulong[] features)
    {
        _features = features;
        _slots = new int[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, features.Length * 2))];
        _mask = _slots.Length - 1;
        for (var row = 0; row < features.Length; row++)
        {
            var at = Slot(features[row]);
            while (_slots[at] != 0) at = (at + 1) & _mask;
            _slots[at] = row + 1;
        }
    }

    internal bool TryGet(ulong feature, out int row)
    {
        for (var at = Slot(feature); _slots[at] != 0; at = (at + 1) & _mask)
        {
            row = _slots[at] - 1;
            if (_features[row] == feature) return true;
        }
        row = -1;
        return false;
    }

    // The two lowest bits only say of which kind a feature is.
    private int Slot(ulong feature) => (int)(feature >> 2) & _mask;
}
