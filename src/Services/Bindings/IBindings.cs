using WuShe.Dialogs.Engine;

namespace WuShe.Services.Bindings;

/// <summary>What became of a code that was said.</summary>
public enum BindResult
{
    /// <summary>Unknown, used, too old, or too many were tried: the four look the same.</summary>
    Wrong,

    /// <summary>It is the person's own and was said where it was given out.</summary>
    SaidHere,

    /// <summary>From now on both conversations are one resident's.</summary>
    Joined,

    /// <summary>They were before.</summary>
    JoinedAlready,
}

/// <summary>Joins the conversations of one resident on several channels, and parts them again.</summary>
public interface IBindings
{
    /// <summary>
    /// A code that joins this conversation to the one in which it is said; it is good for ten minutes, once, and ends the one
    /// before. Null when too many were asked for.
    /// </summary>
    Task<string?> Offer(Resident resident, CancellationToken ct);

    /// <summary>Joins the resident's conversation to the one the code was given out in; that one is told.</summary>
    Task<BindResult> Take(string code, Resident resident, IdempotencyKey key, CancellationToken ct);

    /// <summary>Makes the resident's conversation stand alone again; the others are told. False when it did.</summary>
    Task<bool> Part(Resident resident, IdempotencyKey key, CancellationToken ct);
}
