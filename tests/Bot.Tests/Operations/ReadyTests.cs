using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Npgsql;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.DirectLine;

namespace WuShe.Bot.Tests.Operations;

/// <summary><c>/health/ready</c> says which part is away, and that it is back; the process stays alive meanwhile.</summary>
public sealed class ReadyTests
{
    // A numbered database of the shared server, so that nothing else's keys are met.
    private const int RedisDatabase = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    [SkippableFact]
    public async Task Redis_away_is_told_and_back_is_told()
    {
        var redis = Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS");
        Skip.If(string.IsNullOrEmpty(redis), "WUSHE_TEST_REDIS names no redis-server");
        var server = redis!.Split(':');
        await using var line = CutLine.To(server[0], int.Parse(server[1], System.Globalization.CultureInfo.InvariantCulture));
        await using var bot = await RunningBot.Start(("ConnectionStrings:Redis", $"127.0.0.1:{line.Port},defaultDatabase={RedisDatabase}"));
        await GoesAndComesBack(bot, line, "redis");
    }

    [SkippableFact]
    public async Task The_database_away_is_told_and_back_is_told()
    {
        await using var database = await ServerDatabase.Create();
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        await using var line = CutLine.To(connection.Host!, connection.Port);
        (string, string) cut = ("ConnectionStrings:Database", new NpgsqlConnectionStringBuilder(database.ConnectionString) { Host = "127.0.0.1", Port = line.Port, Pooling = true }.ConnectionString);
        var (code, lines) = await BotCommand.Run(["db", "migrate"], cut);
        Assert.True(code == 0, string.Join('\n', lines));
        await using var bot = await RunningBot.Start(cut);
        await GoesAndComesBack(bot, line, "database");
    }

    private static async Task GoesAndComesBack(RunningBot bot, CutLine line, string part)
    {
        await Becomes(bot, HttpStatusCode.OK, part, "Healthy");
        line.Cut();
        await Becomes(bot, HttpStatusCode.ServiceUnavailable, part, "Unhealthy");
        using (var live = await EmbeddedService.Get(new Uri(bot.Address, "health/live")))
            Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        line.Mend();
        await Becomes(bot, HttpStatusCode.OK, part, "Healthy");
    }

    /// <summary>The answer names the parts and their state, and nothing of what went wrong.</summary>
    private static async Task Becomes(RunningBot bot, HttpStatusCode status, string part, string state)
    {
        var waiting = Stopwatch.StartNew();
        var (code, said) = (default(HttpStatusCode), "");
        while (waiting.Elapsed < Patience)
        {
            using (var answer = await EmbeddedService.Get(new Uri(bot.Address, "health/ready")))
                (code, said) = (answer.StatusCode, await answer.Content.ReadAsStringAsync());
            if (code == status) break;
            await Task.Delay(Glance, TimeProvider.System);
        }
        Assert.Equal(status, code);
        var parts = JsonDocument.Parse(said).RootElement.EnumerateObject().ToDictionary(one => one.Name, one => one.Value.GetString());
        Assert.Equal(["database", "redis"], parts.Keys.Order());
        Assert.Equal(state, parts[part]);
        Assert.Equal("Healthy", parts[part == "redis" ? "database" : "redis"]);
    }
}
