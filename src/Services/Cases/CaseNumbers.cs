using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using WuShe.Dialogs;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Cases;

/// <summary>How many case numbers a day has given out.</summary>
public sealed class CaseCounter
{
    /// <summary>yyMMdd, Beijing date.</summary>
    public required string Day { get; init; }
    public int Last { get; init; }
}

/// <summary>Gives out case numbers: yyMMdd-NNNN; a day with more than 9,999 simply has longer ones.</summary>
public sealed class CaseNumbers(IDbContextFactory<CommunityDb> contexts)
{
    // One statement, committed by itself before the case is written: everybody who opens a case passes through this one
    // row, and inside the case's transaction they would queue for each other's commit. A number whose case is never
    // written leaves a gap, which nobody minds.
    private const string Take = """
        INSERT INTO "CaseCounters" ("Day", "Last") VALUES (@day, 1)
        ON CONFLICT ("Day") DO UPDATE SET "Last" = "CaseCounters"."Last" + 1
        RETURNING "Last"
        """;

    // PostgreSQL need not flush its log for this commit: the commit of the case comes later in the same log and flushes
    // both, and until then nobody has heard of the number. The setting ends with the statement's own transaction.
    private const string NoFlush = ", set_config('synchronous_commit', 'off', true)";

    /// <summary>The next number of the Beijing day of <paramref name="now"/>.</summary>
    public async Task<string> Next(DateTimeOffset now, CancellationToken ct)
    {
        var day = BeijingTime.DateOf(now).ToString("yyMMdd", CultureInfo.InvariantCulture);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.OpenConnectionAsync(ct);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        var postgres = db.Database.ProviderName?.EndsWith("PostgreSQL", StringComparison.Ordinal) == true;
        command.CommandText = postgres ? Take + NoFlush : Take;
        command.Parameters.Add(Parameter(command, "day", day));
        var last = Convert.ToInt32(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{day}-{last:0000}");
    }

    private static DbParameter Parameter(DbCommand command, string name, string value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value, parameter.DbType) = (name, value, DbType.String);
        return parameter;
    }
}
