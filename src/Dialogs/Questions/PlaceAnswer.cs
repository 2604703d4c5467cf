namespace WuShe.Dialogs.Questions;

/// <summary>A place as a person gave it: words, a position, or both. Finding the building and grid is the services' work.</summary>
public sealed record PlaceAnswer(string Words, GeoPoint? Point);
