namespace WuShe.Services.Places.Console;

/// <summary>What was chosen for a group of cases.</summary>
public sealed record PlaceChosen(string Key, string Words, Guid GridId, Guid? BuildingId, bool Remember);
