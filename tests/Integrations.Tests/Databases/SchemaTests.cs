using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using WuShe.Integrations.Databases;
using WuShe.Services.Common;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Tests.Databases;

public sealed class SchemaTests
{
    [Theory]
    [InlineData("")]
    [InlineData("Host=nowhere")]
    public void Migrations_match_the_model(string connection)
    {
        using var services = Services(connection);
        using var db = services.GetRequiredService<IDbContextFactory<WuShe.Services.Common.Data.CommunityDb>>().CreateDbContext();
        Assert.False(db.Database.HasPendingModelChanges(), "dotnet build src/Integrations -t:AddMigration -p:Name=…");
    }

    [Theory]
    [InlineData("Server is somewhere")]
    [InlineData("Data Source=file.db")]
    [InlineData("Database=wushe")]
    public void A_connection_string_that_is_neither_stops_the_start_with_the_key(string connection)
    {
        var wrong = Assert.Throws<WrongSettingException>(() => Services(connection));
        Assert.StartsWith("ConnectionStrings:Database: ", wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
        Assert.DoesNotContain("somewhere", wrong.Message);
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task A_second_migration_finds_nothing_to_do_and_the_database_is_ready(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var instance = database.Instance();
        Assert.Empty(await instance.GetRequiredService<DatabaseMigrator>().Migrate(CancellationToken.None));
        for (var i = 0; i < 2; i++)
            Assert.Equal(HealthStatus.Healthy, (await instance.GetRequiredService<HealthCheckService>().CheckHealthAsync()).Status);
    }

    [Fact]
    public async Task A_process_killed_while_it_migrated_holds_nobody_up()
    {
        await using var database = new TestDatabase();
        var instance = database.Instance();
        await using (var db = database.Context())
        {
            await db.Database.ExecuteSqlRawAsync("CREATE TABLE \"__EFMigrationsLock\" (\"Id\" INTEGER NOT NULL PRIMARY KEY, \"Timestamp\" TEXT NOT NULL)");
            await db.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsLock\" VALUES (1, '2026-11-23 00:00:00')");
        }
        Assert.Empty(await instance.GetRequiredService<DatabaseMigrator>().AtStart(CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(1)));
    }

    [SkippableTheory, MemberData(nameof(TestDatabase.Engines), MemberType = typeof(TestDatabase))]
    public async Task Times_sort_and_come_back_as_utc(Engine engine)
    {
        await using var database = await TestDatabase.Create(engine);
        var noon = new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
        await using (var db = database.Context())
        {
            // In Beijing it is later on the clock and earlier in time.
            db.Add(Row("second", noon));
            db.Add(Row("first", new DateTimeOffset(2026, 11, 23, 19, 0, 0, TimeSpan.FromHours(8))));
            await db.SaveChangesAsync();
        }
        await using var check = database.Context();
        var rows = await check.Set<OutboxMessage>().Where(m => m.DueAt <= noon).OrderBy(m => m.DueAt).ToListAsync();
        Assert.Equal(["first", "second"], rows.Select(r => r.Key));
        Assert.All(rows, row => Assert.Equal(TimeSpan.Zero, row.DueAt.Offset));
    }

    private static OutboxMessage Row(string key, DateTimeOffset due) =>
        new() { Key = key, To = "web:a", Content = "{}", CreatedAt = due, DueAt = due, NextAttemptAt = due };

    private static ServiceProvider Services(string connection)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DataDirectory"] = Path.GetTempPath(),
            ["ConnectionStrings:Database"] = connection,
        }).Build();
        return new ServiceCollection().AddLogging().AddWuSheDatabase(configuration).BuildServiceProvider();
    }
}
