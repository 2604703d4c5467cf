using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation;

/// <summary>A unit in a list. <paramref name="People"/> and <paramref name="Grids"/> count everything below it as well.</summary>
public sealed record UnitLine(Guid Id, string Name, UnitLevel Level, int Units, int People, int Grids);

/// <summary>A unit with those below it, as far as they are shown; <paramref name="Hidden"/> says how many are not.</summary>
public sealed record UnitTree(UnitLine Unit, IReadOnlyList<UnitTree> Below, int Hidden);

/// <summary>A unit's page. <paramref name="Path"/> are the units above it that the reader may see, the topmost first.</summary>
public sealed record UnitView(
    UnitLine Unit, string Code, bool Closed, IReadOnlyList<UnitLine> Path, IReadOnlyList<UnitLine> Units, IReadOnlyList<PersonLine> People, IReadOnlyList<GridLine> Grids);

/// <summary>Somebody in a list. <paramref name="Leave"/> says in Chinese until when they are on leave and who stands in; empty when they are there.</summary>
public sealed record PersonLine(Guid Id, string Name, Role Role, string Leave);

/// <summary>A grid in a list; <paramref name="Around"/> is the grid that a micro-grid lies in.</summary>
public sealed record GridLine(Guid Id, string Name, Guid? Around, Guid? WorkerId, string? WorkerName, string Outline);

/// <summary>Somebody's page.</summary>
public sealed record PersonView(
    Guid Id, string Name, string Login, Role Role, Guid UnitId, string UnitName, string Hours, bool Left, bool MayEdit, bool MayTakeLeave, IReadOnlyList<LeaveLine> Leaves);

/// <summary>A leave that is not over. <paramref name="Days"/> in Chinese.</summary>
public sealed record LeaveLine(Guid Id, string Days, string Substitute, bool Running);

/// <summary>Something that can be chosen from a list.</summary>
public sealed record OrganisationChoice(Guid Id, string Name);
