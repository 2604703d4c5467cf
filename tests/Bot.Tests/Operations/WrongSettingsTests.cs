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
    [InlineData("BotFramework:OpenIdMetadata", "login.example.org")]
    [InlineData("BotFramework:OpenIdMetadata", "ftp://login.example.org/keys")]
    [InlineData("BotFramework:TokenUrl", "https://")]
    [InlineData("LanguageModel:Endpoint", "localhost:11434")]
    [InlineData("LanguageModel:CallsPerDay", "-1")]
    [InlineData("LanguageModel:CallsPerDay", "many")]
    [InlineData("Map:TileUrl", "nonsense")]
    [InlineData("Map:TileUrl", "https://tile.example.org/map.png")]
    [InlineData("WeChat:TimestampWindow", "00:00:10")]
    [InlineData("WeChat:TimestampWindow", "soon")]
    [InlineData("WeChat:ReplyWithin", "00:00:05")]
    [InlineData("DataDirectory", "/dev/null")]
    [InlineData("Cases:AskForRatingAfter", "soon")]
    [InlineData("WorkingTime:DutyHours", "09:00-12:00,11:00-18:00")]
    [InlineData("Cases:AskForRatingAfter", "-01:00:00")]
    [InlineData("WeChat:Limits:OtherPerMinute", "0")]
    [InlineData("WeChat:Limits:StopFor", "-00:00:01")]
    [InlineData("Bindings:CodeLifetime", "soon")]
    [InlineData("Bindings:TriesPerHour", "0")]
    [InlineData("WeChat:Limits:BroadcastPeople", "1")]
    [InlineData("MyPages:VisitLasts", "00:00:01")]
    [InlineData("MyPages:VisitLasts", "long")]
    [InlineData("PublicUrl", "example.org")]
    [InlineData("WeCom:StaffApp", "none")]
    [InlineData("Demo", "perhaps")]
    public async Task One_line_names_the_key(string key, string value)
    {
        var (code, lines) = await BotCommand.Run([], (key, value));
        Assert.Equal(1, code);
        Assert.Contains(key, Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LanguageModel:Model", "LanguageModel:Endpoint", "http://localhost:11434/v1")]
    [InlineData("BotFramework:AppId", "BotFramework:AppPassword", "secret")]
    public async Task One_line_names_the_key_that_is_missing(string missing, string key, string value)
    {
        var (code, lines) = await BotCommand.Run([], (key, value));
        Assert.Equal(1, code);
        Assert.StartsWith($"{missing} is missing", Assert.Single(lines), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_data_directory_that_cannot_be_written_is_named()
    {
        // Nobody writes there, not even root: a folder whose rights are taken away would do for everybody else only.
        Skip.IfNot(OperatingSystem.IsLinux(), "There is no /proc.");
        var (code, lines) = await BotCommand.Run([], ("DataDirectory", "/proc"));
        Assert.Equal(1, code);
        Assert.StartsWith("DataDirectory", Assert.Single(lines), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Unit", "没有的社区", "names no unit; there is ")]
    [InlineData("TokenKind", "new", "must be Stable or Classic.")]
    [InlineData("AuthorizeUrl", "open.weixin.qq.com", "must be an absolute http(s) address without a query.")]
    public async Task A_setting_of_an_account_is_named_with_the_account(string key, string value, string what)
    {
        var (code, lines) = await BotCommand.Run(
            [], ("WeChat:Accounts:lake:AppId", "wx5823bf96d3bd56c7"), ("WeChat:Accounts:lake:AppSecret", "a-secret"), ("WeChat:Accounts:lake:Token", "QDG6eK"),
            ($"WeChat:Accounts:lake:{key}", value));
        Assert.Equal(1, code);
        var line = Assert.Single(lines);
        Assert.StartsWith($"WeChat:Accounts:lake:{key}", line);
        Assert.Contains(what, line, StringComparison.Ordinal);
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
