using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Integrations.Databases;
using WuShe.Integrations.Files;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Data;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Tests.Databases;

public enum Engine
{
    Sqlite,
    Postgres,
}

/// <summary>A migrated database of its own for one test, dropped afterwards; "instances" of the service share it.</summary>
internal sealed class TestDatabase : IAsyncDisposable
{
    private const string Variable = "WUSHE_TEST_POSTGRES";
    private readonly string _directory = Directory.CreateTempSubdirectory("wushe-test-").FullName;
    private readonly List<ServiceProvider> _instances = [];
    private string? _server;
    private string? _name;

    public static TheoryData<Engine> Engines => [Engine.Sqlite, Engine.Postgres];

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    public FakeWake Wake { get; } = new();
    public FakeTurns Turns { get; } = new();
    public FakeMarks Marks { get; } = new();
    public FakeMedia Media { get; } = new();
    public FakeAlarms Alarms { get; } = new();
    public FakeChannel Channel { get; } = new("web", "wechat.main");

    public static async Task<TestDatabase> Create(Engine engine)
    {
        var database = new TestDatabase();
        if (engine == Engine.Postgres) await database.CreateOnServer();
        await database.Instance().GetRequiredService<DatabaseMigrator>().Migrate(CancellationToken.None);
        return database;
    }

    /// <summary>The services of one more instance of the product on this database.</summary>
    public ServiceProvider Instance(bool demo = false, Action<IServiceCollection>? more = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DataDirectory"] = _directory,
            ["ConnectionStrings:Database"] = _name is null ? "" : $"{_server};Database={_name};Maximum Pool Size=20",
            ["Demo"] = demo ? "true" : "false",
        }).Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(Time);
        services.AddSingleton<IWake>(Wake).AddSingleton<ITurns>(Turns).AddSingleton<IChannel>(Channel);
        services.AddSingleton<IParkedMarks>(Marks);
        services.AddSingleton<IConversationStore>(Turns).AddSingleton<IMediaSource>(Media);
        services.AddWuSheDatabase(configuration).AddWuSheFiles(configuration).AddCommunityServices();
        services.AddSingleton<IAlarmBoard>(Alarms);
        more?.Invoke(services);
        var instance = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        _instances.Add(instance);
        return instance;
    }

    public CommunityDb Context() => _instances[0].GetRequiredService<IDbContextFactory<CommunityDb>>().CreateDbContext();

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances) await instance.DisposeAsync();
        if (_name is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await OnServer($"DROP DATABASE IF EXISTS \"{_name}\" WITH (FORCE)");
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task CreateOnServer()
    {
        _server = Environment.GetEnvironmentVariable(Variable);
        Skip.If(string.IsNullOrEmpty(_server), $"{Variable} names no PostgreSQL server");
        _name = $"wushe_test_{Guid.NewGuid():N}";
        await OnServer($"CREATE DATABASE \"{_name}\"");
    }

    private async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection($"{_server};Database=postgres;Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
