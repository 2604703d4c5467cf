using System.Collections.Frozen;

namespace WuShe.Dialogs.Understanding;

/// <summary>The codes by which utterance files and statistics name the kinds of danger.</summary>
public static class DangerCodes
{
    private static readonly FrozenDictionary<string, DangerKind> Kinds = new Dictionary<string, DangerKind>(StringComparer.Ordinal)
    {
        ["gas"] = DangerKind.Gas,
        ["fire"] = DangerKind.Fire,
        ["lift"] = DangerKind.Lift,
        ["injury"] = DangerKind.Injury,
        ["self-harm"] = DangerKind.SelfHarm,
        ["missing"] = DangerKind.Missing,
        ["violence"] = DangerKind.Violence,
        ["traffic"] = DangerKind.Traffic,
        ["collapse"] = DangerKind.Collapse,
        ["other"] = DangerKind.Other,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>All codes.</summary>
    public static IReadOnlyCollection<string> All => Kinds.Keys;

    /// <summary>The code of a kind.</summary>
    public static string Of(DangerKind kind)
    {
        foreach (var (code, of) in Kinds)
            if (of == kind) return code;
        throw new ArgumentOutOfRangeException(nameof(kind));
    }

    /// <summary>Null for a code that is none.</summary>
    public static DangerKind? Kind(string code) => Kinds.TryGetValue(code, out var kind) ? kind : null;
}
