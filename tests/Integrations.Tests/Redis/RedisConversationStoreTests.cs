using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis.Profiling;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.Tests.Redis;

/// <summary>What <see cref="IConversationStore"/> promises, on every server it runs on.</summary>
public sealed class RedisConversationStoreTests(RedisServers servers) : IClassFixture<RedisServers>
{
    private static readonly ConversationId Zhang = new("web", "zhang");
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 1, 0, 0, TimeSpan.Zero));

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_committed_turn_leaves_its_state_to_the_next(string server)
    {
        var store = Store(server);
        byte[] state = [0, 255, 13, 10, 0, 7];
        var first = await store.Begin(Said("1"), default);
        Assert.True(first.State.IsEmpty);
        Assert.True(await store.Commit(first.Lease!, state, "r"u8.ToArray(), owed: false, default));

        var second = await store.Begin(Said("2"), default);
        Assert.Equal(state, second.State.ToArray());
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_message_seen_before_gets_its_first_replies(string server)
    {
        var store = Store(server);
        var first = await store.Begin(Said("1"), default);
        await store.Commit(first.Lease!, "s"u8.ToArray(), "您好"u8.ToArray(), owed: false, default);

        var again = await store.Begin(Said("1"), default);
        Assert.Null(again.Lease);
        Assert.Equal("您好"u8.ToArray(), again.Replies.ToArray());
    }

    /// <summary>A server killed inside a script may have kept its first commands only.</summary>
    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_state_that_outlived_its_note_still_knows_its_turn(string server)
    {
        var keys = RedisServers.FreshKeys();
        var store = Store(server, keys, _time);
        var first = await store.Begin(Said("1"), default);
        await store.Commit(first.Lease!, "s"u8.ToArray(), "您好"u8.ToArray(), owed: false, default);
        var turn = Said("1");
        await servers.Connect(server).GetDatabase().KeyDeleteAsync(keys.Seen($"{turn.Conversation.Channel}:{turn.Conversation.Address}:{turn.MessageId}"));

        var again = await store.Begin(turn, default);
        Assert.Null(again.Lease);
        Assert.Equal("您好"u8.ToArray(), again.Replies.ToArray());
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task Hundred_turns_of_one_conversation_at_once_follow_one_another(string server)
    {
        var keys = RedisServers.FreshKeys();
        var store = Store(server, keys, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 100).Select(async i =>
        {
            var start = await store.Begin(Said($"{i}"), default);
            var count = start.State.IsEmpty ? 0 : BitConverter.ToInt32(start.State.Span);
            Assert.True(await store.Commit(start.Lease!, BitConverter.GetBytes(count + 1), "r"u8.ToArray(), owed: false, default));
        }));
        var last = await store.Begin(Said("last"), default);
        Assert.Equal(100, BitConverter.ToInt32(last.State.Span));
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_lock_runs_out_and_its_first_holder_can_write_no_more(string server)
    {
        var store = Store(server);
        var died = await store.Begin(Said("1"), default);
        _time.Advance(TimeSpan.FromSeconds(16));
        var next = await store.Begin(Said("2"), default);
        Assert.NotNull(next.Lease);

        Assert.False(await store.Seal(died.Lease!, "x"u8.ToArray(), default));
        Assert.False(await store.Commit(died.Lease!, "x"u8.ToArray(), "x"u8.ToArray(), owed: false, default));
        Assert.True(await store.Commit(next.Lease!, "s"u8.ToArray(), "r"u8.ToArray(), owed: false, default));
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_seal_is_kept_and_keeps_the_lock(string server)
    {
        var store = Store(server);
        var start = await store.Begin(Said("1"), default);
        Assert.True(await store.Seal(start.Lease!, "sealed"u8.ToArray(), default));
        await store.Abandon(start.Lease!, default);

        var again = await store.Begin(Said("1"), default);
        Assert.Equal("sealed"u8.ToArray(), again.State.ToArray());
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task An_unfinished_turn_is_found_until_it_is_settled(string server)
    {
        var store = Store(server);
        var turn = Said("1") with { Input = Input.Say("楼道灯坏了") with { Attachments = [new AttachmentRef("a1")] } };
        var start = await store.Begin(turn, default);
        Assert.Empty(await All(store.Unfinished(TimeSpan.FromSeconds(30), default)));

        _time.Advance(TimeSpan.FromSeconds(31));
        var left = Assert.Single(await All(store.Unfinished(TimeSpan.FromSeconds(30), default)));
        Assert.Equal((turn.Conversation, turn.MessageId, turn.Input.Text), (left.Conversation, left.MessageId, left.Input.Text));
        Assert.Equal("a1", Assert.Single(left.Input.Attachments).Id);

        start = await store.Begin(turn, default);
        await store.Commit(start.Lease!, "s"u8.ToArray(), "r"u8.ToArray(), owed: true, default);
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.Single(await All(store.Unfinished(TimeSpan.FromSeconds(30), default)));
        await store.Settle(turn, default);
        Assert.Empty(await All(store.Unfinished(TimeSpan.FromSeconds(30), default)));
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_redelivery_waits_for_the_running_turn_and_gets_its_replies(string server)
    {
        var store = Store(server, RedisServers.FreshKeys(), TimeProvider.System);
        var first = await store.Begin(Said("1"), default);
        var again = store.Begin(Said("1"), default).AsTask();
        Assert.False(again.IsCompleted);
        await store.Commit(first.Lease!, "s"u8.ToArray(), "once"u8.ToArray(), owed: false, default);
        Assert.Equal("once"u8.ToArray(), (await again).Replies.ToArray());
    }

    [SkippableTheory, MemberData(nameof(RedisServers.All), MemberType = typeof(RedisServers))]
    public async Task A_turn_costs_two_round_trips(string server)
    {
        var connection = servers.Connect(server);
        var store = Store(server);
        var warm = await store.Begin(Said("0"), default);
        await store.Commit(warm.Lease!, "s"u8.ToArray(), "r"u8.ToArray(), owed: false, default);

        var session = new ProfilingSession();
        var flow = new AsyncLocal<ProfilingSession?> { Value = session };
        connection.RegisterProfiler(() => flow.Value);
        var start = await store.Begin(Said("1"), default);
        await store.Commit(start.Lease!, "s"u8.ToArray(), "r"u8.ToArray(), owed: false, default);
        connection.RegisterProfiler(() => null);
        Assert.Equal(["EVALSHA", "EVALSHA"], session.FinishProfiling().Select(command => command.Command));
    }

    private RedisConversationStore Store(string server) => Store(server, RedisServers.FreshKeys(), _time);

    private RedisConversationStore Store(string server, RedisKeys keys, TimeProvider time) => new(servers.Connect(server), time, keys);

    private static Turn Said(string id) => new(Zhang, id, Input.Say("您好"));

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> items)
    {
        var all = new List<T>();
        await foreach (var item in items) all.Add(item);
        return all;
    }
}
