using System.Numerics;

namespace WuShe.Dialogs.Understanding.Model;

/// <summary>
/// Finds the row of a feature. Features are hashes already, so their own bits are the place to look (open addressing, half
/// empty): a few bytes a feature, no garbage while a model is loaded, and one look into memory for most answers.
/// </summary>
internal sealed class FeatureTable
{
    /// <summary>The low bits of a slot hold the row and one, the others the feature's own high bits; 0 is an empty slot.</summary>
    private const int RowBits = 24;
    private const ulong Row = (1UL << RowBits) - 1;

    private readonly ulong[] _slots;
    private readonly int _mask;

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for more rows than a slot can name.</summary>
    internal FeatureTable(ulong[] features)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)features.Length, Row);
        _slots = new ulong[(int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, features.Length * 2))];
        _mask = _slots.Length - 1;
        for (var row = 0; row < features.Length; row++)
        {
            var at = Slot(features[row]);
            while (_slots[at] != 0) at = (at + 1) & _mask;
            _slots[at] = (features[row] & ~Row) | (uint)(row + 1);
        }
    }

    internal bool TryGet(ulong feature, out int row)
    {
        for (var at = Slot(feature); _slots[at] is var slot and not 0; at = (at + 1) & _mask)
        {
            if (((slot ^ feature) & ~Row) != 0) continue;
            row = (int)(slot & Row) - 1;
            return true;
        }
        row = -1;
        return false;
    }

    // The two lowest bits only say of which kind a feature is; what a slot does not keep of a feature is where it stands.
    private int Slot(ulong feature) => (int)(feature >> 2) & _mask;
}
