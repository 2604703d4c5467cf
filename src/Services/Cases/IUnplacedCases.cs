using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Cases;

/// <summary>An open case whose place is in no known grid. <paramref name="OpenedAt"/> is UTC.</summary>
public sealed record UnplacedCase(string Number, string Title, string Place, DateTimeOffset OpenedAt);

/// <summary>Cases that wait for somebody to say where they are, as whoever knows places uses them.</summary>
public interface IUnplacedCases
{
    /// <summary>
    /// Open cases without a grid, oldest first, at most three hundred, that wait in the actor's unit, below it or above it:
    /// until its place is known a case may be anybody's there. Empty for roles that do not place cases.
    /// </summary>
    Task<IReadOnlyList<UnplacedCase>> List(StaffActor actor, CancellationToken ct);

    /// <summary>
    /// Gives those of the cases that the actor may place to the one responsible for the spot's grid, tells the residents and
    /// the worker, and answers how many moved. Cases placed meanwhile stay as they are.
    /// </summary>
    Task<int> Place(IReadOnlyCollection<string> numbers, Spot spot, StaffActor actor, CancellationToken ct);
}
