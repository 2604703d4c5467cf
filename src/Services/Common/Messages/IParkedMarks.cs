namespace WuShe.Services.Common.Messages;

/// <summary>
/// Which conversations have refused messages waiting, or could not be reached, shared by all instances. Asked whenever a person says something, so it
/// costs no look into the database. A hint: a lost mark costs the time to the next of the rare tries.
/// </summary>
public interface IParkedMarks
{
    Task Set(string conversation);

    /// <summary>True when there was a mark: of several who ask at once, one is told so.</summary>
    Task<bool> Clear(string conversation);
}
