using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Places;

/// <summary>Words that name no known place and what staff say of them, as other console pages use it.</summary>
public interface IPlaceTeaching
{
    /// <summary>Cases that nobody could place, by the words for where; empty for whoever may not teach places.</summary>
    Task<IReadOnlyList<UnplacedGroup>> Groups(StaffActor actor, CancellationToken ct);

    /// <summary>The grids of the actor's unit and below; empty for whoever may not teach places.</summary>
    Task<IReadOnlyList<GridChoice>> Grids(StaffActor actor, CancellationToken ct);

    /// <summary>
    /// Teaches the words and moves the group's cases, if there are any. With <paramref name="remember"/> false only the cases
    /// move: words that mean this place only today (「那里」) teach nothing.
    /// </summary>
    Task<TeachingOutcome> Choose(string groupKey, string words, Guid gridId, Guid? buildingId, bool remember, StaffActor actor, CancellationToken ct);
}
