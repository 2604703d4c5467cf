using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;
using StackExchange.Redis.Profiling;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Integrations.DirectLine;
using WuShe.Integrations.Redis;
using WuShe.Integrations.Tests.Redis;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.DirectLine;

/// <summary>The web chat over real stores: what a turn costs, and what is left when it breaks off.</summary>
public sealed class WebChatTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly Holder _who = DirectLineTokens.NewHolder();

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_turn_costs_four_round_trips_however_much_is_said(string server)
    {
        var (log, chat, _) = Open(server);
        await chat.Start(_who);
        await Say(chat, "问");
        await Say(chat, "取消");
        var connection = servers.Connect(server);
        var session = new ProfilingSession();
        var flow = new AsyncLocal<ProfilingSession?> { Value = session };
        connection.RegisterProfiler(() => flow.Value);
        await Say(chat, "问");
        connection.RegisterProfiler(() => null);

        // The bell for open pages is rung and not waited for.
        Assert.Equal(["EVALSHA", "EVALSHA", "EVALSHA", "EVALSHA"], session.FinishProfiling().Select(command => command.Command).Where(command => command != "PUBLISH"));
        Assert.Equal(["问", "您好。", "在哪里？"], (await Texts(log)).TakeLast(3));
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task What_broke_off_before_its_answer_was_stored_is_answered_once(string server)
    {
        var (log, chat, turns) = Open(server);
        await chat.Start(_who);
        turns.Dies = true;
        await Assert.ThrowsAsync<IOException>(() => Say(chat, "问"));
        turns.Dies = false;

        await chat.ResumeLeft(default);
        await chat.ResumeLeft(default);
        // The other way that an interrupted turn is taken up says nothing twice either.
        await chat.Deliver(new("web", _who.Conversation), IOwedReplies.KeyOf(turns.Last!), turns.Replies, default);

        Assert.Equal(["问", "您好。", "在哪里？"], (await Texts(log)).TakeLast(3));
        Assert.Empty(await log.Left());
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_conversation_that_nobody_began_takes_nothing(string server)
    {
        var (log, chat, turns) = Open(server);
        Assert.Null(await Say(chat, "问"));
        Assert.Null(turns.Last);
        Assert.Empty(await Texts(log));
    }

    private static Task<string?> Say(WebChat chat, Holder who, string text) =>
        chat.Post(who, new JsonObject { ["type"] = "message", ["text"] = text }, Input.Say(text), []);

    private Task<string?> Say(WebChat chat, string text) => Say(chat, _who, text);

    private async Task<List<string>> Texts(ActivityLog log) =>
        [.. (await log.After(_who.Conversation, 0)).Activities.Select(activity => JsonDocument.Parse((string)activity!).RootElement.GetProperty("text").GetString()!)];

    private (ActivityLog Log, WebChat Chat, Turns Turns) Open(string server)
    {
        var keys = RedisServers.FreshKeys();
        var connection = servers.Connect(server);
        var catalog = new DialogCatalog([new DialogEntry("ask", "问一问", 1, new AskDialog()) { OpensOn = ["问"] }]);
        var turns = new Turns(new Conversations(catalog, new RedisConversationStore(connection, _time, keys), _time, NullLogger<Conversations>.Instance));
        var log = new ActivityLog(connection, keys, _time);
        return (log, new WebChat(log, turns, new SignedFiles("secret"), NullLogger<WebChat>.Instance), turns);
    }

    private sealed class AskDialog : IDialog
    {
        public async Task Run(Chat chat)
        {
            chat.Say("您好。");
            await chat.Ask("where", Text.Of("在哪里？"));
        }
    }

    /// <summary>The engine, in a process that may die when a turn was committed.</summary>
    private sealed class Turns(Conversations conversations) : ITurns
    {
        public bool Dies { get; set; }

        public Turn? Last { get; private set; }

        public IReadOnlyList<Message> Replies { get; private set; } = [];

        public async Task<TurnResult> Run(Turn turn, CancellationToken ct)
        {
            var result = await conversations.Run(turn, ct);
            if (turn.Input.Kind == InputKind.Said) (Last, Replies) = (turn, result.Replies);
            return Dies ? throw new IOException("killed") : result;
        }

        public Task Settle(Turn turn, CancellationToken ct) => conversations.Settle(turn, ct);
    }
}
