using Microsoft.Data.Sqlite;
using WuShe.Services.Common.Data;

namespace WuShe.Integrations.Sqlite;

/// <summary>Result codes of https://www.sqlite.org/rescode.html</summary>
internal sealed class SqliteErrors : IDatabaseErrors
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int PrimaryKey = 1555;
    private const int Unique = 2067;

    public bool IsDuplicate(Exception error) => Find(error) is { SqliteExtendedErrorCode: PrimaryKey or Unique };

    public bool IsTransient(Exception error) => Find(error) is { SqliteErrorCode: Busy or Locked };

    private static SqliteException? Find(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
            if (error is SqliteException sqlite) return sqlite;
        return null;
    }
}
