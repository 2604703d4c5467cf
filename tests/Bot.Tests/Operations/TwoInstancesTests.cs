using System.Net.WebSockets;
using StackExchange.Redis;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.DirectLine;
using WuShe.Bot.Tests.WeChatStory;

namespace WuShe.Bot.Tests.Operations;

/// <summary>Two processes behind a load balancer: one Redis, one PostgreSQL, one data directory.</summary>
[Collection(BrowserCollection.Name)]
public sealed class TwoInstancesTests(BrowserFixture browser) : IAsyncLifetime
{
    // A numbered database of the shared server, so that nothing else's keys are met.
    private const int RedisDatabase = 7;
    private ServerDatabase? _database;
    private RunningBot? _one;
    private RunningBot? _two;

    private EmbeddedService One => EmbeddedService.Of(_one!);

    private EmbeddedService Two => EmbeddedService.Of(_two!);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_two is not null) await _two.DisposeAsync();
        if (_one is not null) await _one.DisposeAsync();
        if (_database is not null) await _database.DisposeAsync();
    }

    [SkippableFact]
    public async Task What_is_done_on_one_is_told_on_the_other()
    {
        await Start();
        var who = await One.NewResident();
        using var socket = await Stream(who);
        await Two.Say(who, "3栋2单元楼道灯坏了三天了");
        await Heard(socket, "照片");
        await One.Say(who, "没有");
        await Heard(socket, "请您核对");
        await Two.Say(who, "1");
        var number = WeChatPerson.CaseNumber().Match(await Heard(socket, "收到了，编号")).Value;

        await using var worker = await WorkerPage.SignIn(browser, _two!, "wang");
        await worker.Claim(number);
        Assert.Contains(number, await Heard(socket, "接单"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_message_that_reaches_both_at_once_is_acted_on_once()
    {
        await Start();
        var who = await One.NewResident();
        await One.Say(who, "3栋2单元楼道灯坏了三天了");
        await Two.Say(who, "没有");
        var ids = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? One : Two).Say(who, "1", "the-same")));
        Assert.Single(ids.Distinct());
        var texts = (await Two.After(who)).Activities.Select(activity => activity.TryGetProperty("text", out var text) ? text.GetString()! : "").ToList();
        Assert.Single(texts, text => text.StartsWith("收到了，编号", StringComparison.Ordinal));
        Assert.Single(texts, text => text == "1");
    }

    private async Task Start()
    {
        BrowserFixture.Needed();
        var redis = Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS");
        Skip.If(string.IsNullOrEmpty(redis), "WUSHE_TEST_REDIS names no redis-server");
        await using (var admin = await ConnectionMultiplexer.ConnectAsync($"{redis},allowAdmin=true"))
            await admin.GetServers()[0].FlushDatabaseAsync(RedisDatabase);
        _database = await ServerDatabase.Create();
        (string, string)[] shared =
        [
            ("ConnectionStrings:Database", _database.ConnectionString),
            ("ConnectionStrings:Redis", $"{redis},defaultDatabase={RedisDatabase}"),
        ];
        var (code, lines) = await BotCommand.Run(["db", "migrate"], shared);
        Assert.True(code == 0, string.Join('\n', lines));
        _one = await RunningBot.Start(shared);
        _two = await RunningBot.Start([.. shared, ("DataDirectory", _one.DataDirectory)]);
    }

    private async Task<ClientWebSocket> Stream(Pass who)
    {
        var (_, conversation) = await One.Call(HttpMethod.Get, $"conversations/{who.Conversation}?watermark=", who.Token);
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri(conversation.GetProperty("streamUrl").GetString()!), default);
        return socket;
    }

    /// <summary>Reads the stream until the bot says something with these words.</summary>
    private static async Task<string> Heard(ClientWebSocket socket, string words)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            foreach (var activity in await EmbeddedService.Next(socket, limit.Token))
                if (activity.TryGetProperty("text", out var text) && text.GetString()!.Contains(words, StringComparison.Ordinal)) return text.GetString()!;
        }
    }
}
