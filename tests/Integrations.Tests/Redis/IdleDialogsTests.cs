using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Questions;
using WuShe.Integrations.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.Messages;

namespace WuShe.Integrations.Tests.Redis;

/// <summary>The job that minds dialogs left half-way, over real conversation stores.</summary>
public sealed class IdleDialogsTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));
    private readonly Owed _owed = new();

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_dialog_left_half_way_is_reminded_of_once_and_closed_in_the_end(string server)
    {
        var store = new RedisConversationStore(servers.Connect(server), _time, RedisServers.FreshKeys());
        var options = new ConversationOptions();
        var catalog = new DialogCatalog([new DialogEntry("ask", "问一问", 1, new AskDialog()) { OpensOn = ["问"] }]);
        var conversations = new Conversations(catalog, store, _time, NullLogger<Conversations>.Instance, options);
        var job = new MindIdleDialogs(conversations, _owed, NullLogger<MindIdleDialogs>.Instance);
        await conversations.Run(new Turn(new ConversationId("web", "zhang"), "1", Input.Say("问")), default);

        await job.Run(default);
        Assert.Empty(_owed.Said);

        _time.Advance(options.RemindAfter + TimeSpan.FromMinutes(1));
        await job.Run(default);
        await job.Run(default);
        Assert.Contains("哪里", Assert.Single(_owed.Said)[^1].Text, StringComparison.Ordinal);

        _time.Advance(options.ExpireAfter);
        await job.Run(default);
        // Nobody is woken for that; who comes back is told.
        Assert.Single(_owed.Said);
        var back = await conversations.Run(new Turn(new ConversationId("web", "zhang"), "2", Input.Say("在李家坝")), default);
        Assert.Contains("已经关闭", back.Replies[0].Text, StringComparison.Ordinal);

        // Nothing is left to remind of, or to finish after a crash.
        _time.Advance(options.ExpireAfter);
        await foreach (var idle in store.Idle(_time.GetUtcNow(), default)) Assert.Fail($"{idle} is still idle");
        await foreach (var turn in store.Unfinished(TimeSpan.Zero, default)) Assert.Fail($"{turn.MessageId} is unfinished");
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task One_that_cannot_be_minded_keeps_no_other_from_its_reminder(string server)
    {
        var store = new RedisConversationStore(servers.Connect(server), _time, RedisServers.FreshKeys());
        var options = new ConversationOptions();
        var catalog = new DialogCatalog([new DialogEntry("ask", "问一问", 1, new AskDialog()) { OpensOn = ["问"] }]);
        var conversations = new Conversations(catalog, store, _time, NullLogger<Conversations>.Instance, options);
        var (busy, other) = (new ConversationId("web", "busy"), new ConversationId("web", "other"));
        await conversations.Run(new Turn(busy, "1", Input.Say("问")), default);
        _time.Advance(TimeSpan.FromSeconds(1));
        await conversations.Run(new Turn(other, "1", Input.Say("问")), default);
        _time.Advance(options.RemindAfter + TimeSpan.FromMinutes(1));
        _owed.Refuses = turn => turn.Conversation == busy;

        await new MindIdleDialogs(conversations, _owed, NullLogger<MindIdleDialogs>.Instance).Run(default);

        Assert.Single(_owed.Said);
    }

    private sealed class AskDialog : IDialog
    {
        public async Task Run(Chat chat) => chat.Say(await chat.Ask("where", Text.Of("在哪里？")));
    }

    private sealed class Owed : IOwedReplies
    {
        public List<IReadOnlyList<Message>> Said { get; } = [];

        public Func<Turn, bool> Refuses { get; set; } = _ => false;

        public Task<bool> IsBehind(ConversationId who, CancellationToken ct) => Task.FromResult(false);

        public Task Owe(Turn turn, IReadOnlyList<Message> replies, CancellationToken ct)
        {
            if (Refuses(turn)) throw new TimeoutException("busy");
            Said.Add(replies);
            return Task.CompletedTask;
        }
    }
}
