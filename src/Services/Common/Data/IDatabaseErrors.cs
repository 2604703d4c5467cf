namespace WuShe.Services.Common.Data;

/// <summary>Reads the errors of the database in use.</summary>
public interface IDatabaseErrors
{
    /// <summary>A unique index refused a row.</summary>
    bool IsDuplicate(Exception error);

    /// <summary>Another try may succeed: busy, deadlock, serialization failure, connection lost before anything was sent.</summary>
    bool IsTransient(Exception error);
}
