using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.Tests.Redis;

/// <summary>A talk left half-way is taken up by another process over the same server, for thirty days.</summary>
public sealed class DraftTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly ConversationId Zhang = new("web", "zhang");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly RedisKeys _keys = RedisServers.FreshKeys();

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task On_day_29_another_process_goes_on_where_it_was(string server)
    {
        await Begin(servers.Connect(server));
        _time.Advance(TimeSpan.FromDays(29));

        var next = Engine(servers.Connect(server));
        Assert.Equal(["要接着办", "哪里？"], [.. (await Said(next, "3", "接着办一下")).Select(words => words.Contains("接着办", StringComparison.Ordinal) ? "要接着办" : words), .. await Said(next, "4", "接着办")]);
        Assert.Equal(["甲，在李家坝。"], await Said(next, "5", "李家坝"));
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task On_day_31_it_is_closed_and_that_is_said(string server)
    {
        await Begin(servers.Connect(server));
        _time.Advance(TimeSpan.FromDays(31));

        var replies = await Said(Engine(servers.Connect(server)), "3", "李家坝");
        Assert.Contains("已经关闭", replies[0], StringComparison.Ordinal);
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task The_server_keeps_the_state_longer_than_the_draft_lives(string server)
    {
        await Begin(servers.Connect(server));

        var left = await servers.Connect(server).GetDatabase().KeyTimeToLiveAsync(_keys.Conversation(Zhang));
        Assert.InRange(left!.Value, SavedState.KeptFor - TimeSpan.FromMinutes(5), SavedState.KeptFor);
        Assert.True(left > new ConversationOptions().ExpireAfter);
    }

    [Fact]
    public async Task The_embedded_server_itself_may_restart()
    {
        var directory = Directory.CreateTempSubdirectory("wushe-drafts").FullName;
        using (var server = new EmbeddedRedis(directory))
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
            await Begin(connection);
        }
        _time.Advance(TimeSpan.FromHours(20));
        using (var server = new EmbeddedRedis(directory))
        {
            await using var connection = await ConnectionMultiplexer.ConnectAsync(server.ConnectionString);
            Assert.Equal(["甲，在李家坝。"], await Said(Engine(connection), "3", "李家坝"));
        }
        Directory.Delete(directory, recursive: true);
    }

    private async Task Begin(IConnectionMultiplexer connection)
    {
        var engine = Engine(connection);
        await Said(engine, "1", "问");
        Assert.Equal(["哪里？"], await Said(engine, "2", "甲"));
    }

    private Conversations Engine(IConnectionMultiplexer connection) => new(
        new DialogCatalog([new DialogEntry("ask", "问一问", 1, new AskDialog()) { OpensOn = ["问"] }]),
        new RedisConversationStore(connection, _time, _keys), _time, NullLogger<Conversations>.Instance, understanding: new Nothing());

    private static async Task<string[]> Said(Conversations engine, string id, string words) =>
        [.. (await engine.Run(new Turn(Zhang, id, Input.Say(words)), default)).Replies.Select(reply => reply.Text)];

    private sealed class AskDialog : IDialog
    {
        public async Task Run(Chat chat)
        {
            var who = await chat.Ask("who", Text.Of("谁？"));
            chat.Say($"{who}，在{await chat.Ask("where", Text.Of("哪里？"))}。");
        }
    }

    private sealed class Nothing : Dialogs.Understanding.IUnderstanding
    {
        public Dialogs.Understanding.Understood Read(string text) => Dialogs.Understanding.Understood.Nothing;
    }
}
