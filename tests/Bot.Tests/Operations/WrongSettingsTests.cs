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
        var (code, lines) = await BotCommand.Run([], (key, value));
        Assert.Equal(1, code);
        Assert.Contains(key, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_data_directory_in_use_is_named()
    {
        await using var first = await RunningBot.Start();
        var (code, lines) = await BotCommand.Run([], ("DataDirectory", first.DataDirectory));
        Assert.Equal(1, code);
        Assert.Contains("DataDirectory", Assert.Single(lines), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_server_database_without_its_tables_asks_for_the_migrate_command()
    {
        await using var server = await ServerDatabase.Create();
        (string, string) database = ("ConnectionStrings:Database", server.ConnectionString);
        var (code, lines) = await BotCommand.Run([], database);
        Assert.Equal(1, code);
        Assert.Contains("db migrate", Assert.Single(lines), StringComparison.Ordinal);

        (code, lines) = await BotCommand.Run(["db", "migrate"], database);
        Assert.Equal(0, code);
        Assert.Contains("Initial", Assert.Single(lines), StringComparison.Ordinal);
        (_, lines) = await BotCommand.Run(["db", "migrate"], database);
        Assert.Contains("up to date", Assert.Single(lines), StringComparison.Ordinal);
        (code, lines) = await BotCommand.Run(["staff", "link", "wang"], database);
        Assert.Equal(0, code);
        Assert.Contains("/staff/link/", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_command_lists_those_there_are()
    {
        var (code, lines) = await BotCommand.Run(["db", "drop"]);
        Assert.Equal(1, code);
        Assert.Contains("db migrate", Assert.Single(lines), StringComparison.Ordinal);
    }
}
