using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using WuShe.Integrations.Postgres;
using WuShe.Integrations.Sqlite;
using WuShe.Services.Common;
using WuShe.Services.Common.Data;

namespace WuShe.Integrations.Databases;

/// <summary>Which database holds the record.</summary>
public enum DatabaseKind
{
    /// <summary>SQLite in the data directory, migrated at start.</summary>
    Embedded,

    /// <summary>PostgreSQL, migrated by <c>db migrate</c>.</summary>
    Server,
}

/// <summary>Registers the record: SQLite without a connection string, PostgreSQL with one.</summary>
public static class DatabaseSetup
{
    private const string Key = "ConnectionStrings:Database";

    /// <summary>Throws <see cref="WrongSettingException"/> when the connection string is no PostgreSQL one.</summary>
    public static IServiceCollection AddWuSheDatabase(this IServiceCollection services, IConfiguration configuration)
    {
        if (Server(configuration[Key]) is { } connection) AddPostgres(services, connection);
        else AddSqlite(services, Path.Combine(DataDirectory.Of(configuration), "wushe.db"));
        services.AddSingleton<DatabaseMigrator>();
        services.AddHealthChecks().AddCheck<DatabaseHealth>("database", tags: ["ready"]);
        return services;
    }

    private static void AddSqlite(IServiceCollection services, string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        services.AddPooledDbContextFactory<SqliteCommunityDb>(options => options
            .UseSqlite($"Data Source={file}").AddInterceptors(new SqlitePragmas()));
        Add<SqliteCommunityDb>(services, DatabaseKind.Embedded, new SqliteErrors());
    }

    private static void AddPostgres(IServiceCollection services, string connection)
    {
        services.AddPooledDbContextFactory<PostgresCommunityDb>(options => options.UseNpgsql(connection));
        Add<PostgresCommunityDb>(services, DatabaseKind.Server, new PostgresErrors());
    }

    private static void Add<T>(IServiceCollection services, DatabaseKind kind, IDatabaseErrors errors) where T : CommunityDb
    {
        services.AddSingleton(errors);
        services.AddSingleton<DatabaseChoice>(new DatabaseChoice(kind));
        services.AddSingleton<IDbContextFactory<CommunityDb>, CommunityDbFactory<T>>();
    }

    private static string? Server(string? setting)
    {
        if (string.IsNullOrWhiteSpace(setting)) return null;
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(setting);
            if (string.IsNullOrEmpty(builder.Host)) throw new WrongSettingException(Key, "must be empty (SQLite) or name a PostgreSQL Host=…");
            // Statements are few and the same: kept prepared, they cost the server no parsing.
            if (builder.MaxAutoPrepare == 0) builder.MaxAutoPrepare = 100;
            // Nothing here changes a session beyond its transaction, so there is nothing to undo each time it is taken.
            builder.NoResetOnClose = true;
            return builder.ConnectionString;
        }
        catch (ArgumentException)
        {
            // The value stays out of the message: it may hold a password.
            throw new WrongSettingException(Key, "is neither empty (SQLite) nor a PostgreSQL connection string (Host=…;Database=…)");
        }
    }
}

/// <summary>The database chosen by the settings.</summary>
public sealed record DatabaseChoice(DatabaseKind Kind);

/// <summary>Hands out pooled contexts of one provider under the name every use case knows.</summary>
internal sealed class CommunityDbFactory<T>(IDbContextFactory<T> contexts) : IDbContextFactory<CommunityDb> where T : CommunityDb
{
    public CommunityDb CreateDbContext() => contexts.CreateDbContext();

    public async Task<CommunityDb> CreateDbContextAsync(CancellationToken cancellationToken = default) =>
        await contexts.CreateDbContextAsync(cancellationToken);
}
