using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>The cases of one resident, whichever of their conversations they came from, as members of staff may see them.</summary>
public interface ICasesOfPerson
{
    /// <summary>The resident who reported it. Null when there is no such case or it is not the actor's: the two look the same.</summary>
    Task<Guid?> ReporterOf(string number, StaffActor actor, CancellationToken ct);

    /// <summary>Null when none of the resident's cases is the actor's.</summary>
    Task<PersonCases?> Of(Guid resident, StaffActor actor, CancellationToken ct);
}

/// <summary>What a member of staff sees of a resident's cases.</summary>
/// <param name="Conversations">All conversations known to be the resident's, as the record writes them.</param>
/// <param name="Cases">Those within the actor's rights, newest first, at most two hundred.</param>
/// <param name="Elsewhere">How many more there are, of other units.</param>
/// <param name="Leads">The actor leads a unit that has one of them.</param>
/// <param name="MayReveal">The actor leads, or has one of them in hand: open, or closed within seven days, when the person is told and may object.</param>
public sealed record PersonCases(IReadOnlyList<string> Conversations, IReadOnlyList<PersonCase> Cases, int Elsewhere, bool Leads, bool MayReveal);

/// <summary>A case in a list. Times are UTC; <paramref name="State"/> and <paramref name="Rating"/> are as people read them, the latter empty when there is none.</summary>
public sealed record PersonCase(string Number, string Kind, string Title, string State, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, string Rating, string RatingWords);
