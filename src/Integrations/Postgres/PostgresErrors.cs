using Npgsql;
using WuShe.Services.Common.Data;

namespace WuShe.Integrations.Postgres;

/// <summary>SQLSTATE codes of https://www.postgresql.org/docs/current/errcodes-appendix.html</summary>
internal sealed class PostgresErrors : IDatabaseErrors
{
    public bool IsDuplicate(Exception error) => Find(error) is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    public bool IsTransient(Exception error) => Find(error) is { } found && (found.IsTransient || found is PostgresException
    {
        SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
    });

    private static NpgsqlException? Find(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            if (error is NpgsqlException npgsql) return npgsql;
        return null;
    }
}
