using System.Diagnostics;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.Operations;

/// <summary>A wrong setting stops the start with one line that names the key; commands answer in words.</summary>
public sealed class WrongSettingsTests
{
    [Theory]
    [InlineData("ConnectionStrings:Redis", "a,b=c,nonsense=1")]
    [InlineData("ConnectionStrings:Redis", "127.0.0.1:1,connectTimeout=200,connectRetry=1")]
    [InlineData("ConnectionStrings:Database", "nonsense")]
    [InlineData("DirectLine:Secret", "short")]
    [InlineData("DirectLine:AllowedOrigins", "example.org")]
    [InlineData("BotFramework:AppId", "my bot")]
    [InlineData("Cases:AskForRatingAfter", "soon")]
    [InlineData("Cases:AskForRatingAfter", "-01:00:00")]
    [InlineData("PublicUrl", "example.org")]
    [InlineData("Demo", "perhaps")]
    public async Task One_line_names_the_key(string key, string value)
    {
        var (code, lines) = await Run([], (key, value));
        Assert.Equal(1, code);
        Assert.Contains(key, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_in_use_is_named()
    {
        await using var first = await RunningBot.Start();
        var (code, lines) = await Run([], ("DataDirectory", first.DataDirectory));
        Assert.Equal(1, code);
        Assert.Contains("DataDirectory", Assert.Single(lines), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_database_without_its_tables_asks_for_the_migrate_command()
    {
        var server = Environment.GetEnvironmentVariable("WUSHE_TEST_POSTGRES");
        Skip.If(string.IsNullOrEmpty(server), "WUSHE_TEST_POSTGRES names no PostgreSQL");
        var name = $"wushe_start_{Guid.NewGuid():N}";
        await using var admin = new Npgsql.NpgsqlConnection(server + ";Database=postgres");
        await admin.OpenAsync();
        await Sql(admin, $"create database {name}");
        try
        {
            (string, string) database = ("ConnectionStrings:Database", $"{server};Database={name};Pooling=false");
            var (code, lines) = await Run([], database);
            Assert.Equal(1, code);
            Assert.Contains("db migrate", Assert.Single(lines), StringComparison.Ordinal);

            (code, lines) = await Run(["db", "migrate"], database);
            Assert.Equal(0, code);
            Assert.Contains("Initial", Assert.Single(lines), StringComparison.Ordinal);
            (_, lines) = await Run(["db", "migrate"], database);
            Assert.Contains("up to date", Assert.Single(lines), StringComparison.Ordinal);
            (code, lines) = await Run(["staff", "link", "wang"], database);
            Assert.Equal(0, code);
            Assert.Contains("/staff/link/", Assert.Single(lines), StringComparison.Ordinal);
        }
        finally
        {
            await Sql(admin, $"drop database {name} with (force)");
        }
    }

    [Fact]
    public async Task An_unknown_command_lists_those_there_are()
    {
        var (code, lines) = await Run(["db", "drop"]);
        Assert.Equal(1, code);
        Assert.Contains("db migrate", Assert.Single(lines), StringComparison.Ordinal);
    }

    private static async Task Sql(Npgsql.NpgsqlConnection admin, string sql)
    {
        await using var command = new Npgsql.NpgsqlCommand(sql, admin);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The exit code and the lines printed, both streams.</summary>
    private static async Task<(int Code, string[] Lines)> Run(string[] arguments, params (string Key, string Value)[] settings)
    {
        var data = Directory.CreateTempSubdirectory("wushe-setting");
        var start = new ProcessStartInfo("dotnet", [Repository.BotAssembly, .. arguments])
        {
            WorkingDirectory = Repository.BotProject,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["DataDirectory"] = data.FullName;
        foreach (var (key, value) in settings) start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var process = Process.Start(start)!;
        var (printed, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(limit.Token);
        data.Delete(recursive: true);
        return (process.ExitCode, (await printed + await complained).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }
}
