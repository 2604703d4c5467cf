using Npgsql;

namespace WuShe.Bot.Tests.Operations;

/// <summary>An empty database of its own on the PostgreSQL that WUSHE_TEST_POSTGRES names, dropped afterwards.</summary>
internal sealed class ServerDatabase : IAsyncDisposable
{
    private readonly string _server;
    private readonly string _name = $"wushe_bot_{Guid.NewGuid():N}";

    private ServerDatabase(string server) => _server = server;

    public string ConnectionString => $"{_server};Database={_name};Pooling=false";

    /// <summary>Skips the test where no server is named.</summary>
    public static async Task<ServerDatabase> Create()
    {
        var server = Environment.GetEnvironmentVariable("WUSHE_TEST_POSTGRES");
        Skip.If(string.IsNullOrEmpty(server), "WUSHE_TEST_POSTGRES names no PostgreSQL");
        var database = new ServerDatabase(server!);
        await database.Run($"create database {database._name}");
        return database;
    }

    public async ValueTask DisposeAsync() => await Run($"drop database {_name} with (force)");

    private async Task Run(string sql)
    {
        await using var connection = new NpgsqlConnection(_server + ";Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
