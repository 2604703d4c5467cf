using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Organisation.Console;

/// <summary>A unit as it was typed.</summary>
public sealed record UnitEntry(UnitLevel Level, string Name, string Code);

/// <summary>Somebody as they were typed.</summary>
public sealed record PersonEntry(string Login, string Name, Role Role, string Hours);

/// <summary>A grid as it was typed.</summary>
public sealed record GridEntry(string Name, Guid? Around, Guid? Worker, string Outline);
