using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Integrations.Redis;

/// <summary>
/// Conversations in Redis: one round trip to begin a turn, one to commit it. Times come from the injected clock, so that all
/// instances and the tests agree on when a lock has run out; their clocks must be within seconds of each other.
/// </summary>
public sealed class RedisConversationStore(IConnectionMultiplexer connection, TimeProvider time, RedisKeys keys) : IConversationStore
{
    private static readonly TimeSpan LockFor = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WaitFor = TimeSpan.FromSeconds(20);
    private static readonly RedisValue KeepSeen = (long)TimeSpan.FromDays(1).TotalMilliseconds;
    private static readonly RedisValue KeepState = (long)SavedState.KeptFor.TotalMilliseconds;

    private readonly IDatabase _redis = connection.GetDatabase();
    private readonly string _tokenPrefix = RandomNumberGenerator.GetHexString(12) + ":";
    private long _tokens;

    public async ValueTask<TurnStart> Begin(Turn turn, CancellationToken ct)
    {
        var token = _tokenPrefix + Interlocked.Increment(ref _tokens);
        var field = Field(turn);
        var begun = time.GetUtcNow().ToUnixTimeMilliseconds();
        var note = JsonSerializer.SerializeToUtf8Bytes(new UnfinishedTurn(turn, begun), UnfinishedJson.Default.UnfinishedTurn);
        RedisKey[] at = [keys.Conversation(turn.Conversation), keys.Seen(field), keys.Unfinished];
        // A turn that runs elsewhere runs in real time, whatever clock this process was given.
        var waiting = TimeProvider.System.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(5);
        while (true)
        {
            var now = time.GetUtcNow().ToUnixTimeMilliseconds();
            var found = (RedisResult[])(await ConversationScripts.Begin.Run(
                _redis, at, [now, token, now + (long)LockFor.TotalMilliseconds, field, note]))!;
            switch ((int)found[0])
            {
                case 0: return new TurnStart(new TurnLease(turn, token), Bytes(found, 1), default);
                case 1: return new TurnStart(null, default, Bytes(found, 1));
            }
            if (TimeProvider.System.GetElapsedTime(waiting) > WaitFor) throw new TimeoutException("The conversation is busy with another turn.");
            await Task.Delay(pause, TimeProvider.System, ct);
            if (pause < TimeSpan.FromMilliseconds(80)) pause *= 2;
        }
    }

    public async ValueTask<bool> Seal(TurnLease lease, ReadOnlyMemory<byte> state, CancellationToken ct) =>
        (int)await ConversationScripts.Seal.Run(
            _redis, [keys.Conversation(lease.Turn.Conversation)],
            [lease.Token, state, (time.GetUtcNow() + LockFor).ToUnixTimeMilliseconds()]) == 1;

    public async ValueTask<bool> Commit(
        TurnLease lease, ReadOnlyMemory<byte> state, ReadOnlyMemory<byte> replies, bool owed, CancellationToken ct)
    {
        var turn = lease.Turn;
        var field = Field(turn);
        var open = SavedState.HasOpenDialog(state.Span);
        return (int)await ConversationScripts.Commit.Run(
            _redis,
            [keys.Conversation(turn.Conversation), keys.Seen(field), keys.Unfinished, keys.Idle],
            [
                lease.Token, state, replies, owed ? RedisValue.EmptyString : field, KeepSeen, KeepState,
                turn.Conversation.ToString(), open ? time.GetUtcNow().ToUnixTimeMilliseconds() : RedisValue.EmptyString, field,
            ]) == 1;
    }

    public async ValueTask Abandon(TurnLease lease, CancellationToken ct) =>
        await ConversationScripts.Abandon.Run(_redis, [keys.Conversation(lease.Turn.Conversation)], [lease.Token]);

    public async ValueTask Settle(Turn turn, CancellationToken ct) => await _redis.HashDeleteAsync(keys.Unfinished, Field(turn));

    public async IAsyncEnumerable<Turn> Unfinished(TimeSpan age, [EnumeratorCancellation] CancellationToken ct)
    {
        var before = (time.GetUtcNow() - age).ToUnixTimeMilliseconds();
        var left = new List<UnfinishedTurn>();
        await foreach (var note in _redis.HashScanAsync(keys.Unfinished).WithCancellation(ct))
        {
            if (JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)note.Value).Span, UnfinishedJson.Default.UnfinishedTurn) is { } turn
                && turn.Begun <= before) left.Add(turn);
        }
        foreach (var (turn, _) in left.OrderBy(note => note.Begun)) yield return turn;
    }

    public async IAsyncEnumerable<ConversationId> Idle(DateTimeOffset idleSince, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var id in await _redis.SortedSetRangeByScoreAsync(keys.Idle, stop: idleSince.ToUnixTimeMilliseconds(), exclude: Exclude.Stop))
        {
            ct.ThrowIfCancellationRequested();
            yield return ConversationId.Parse(id!);
        }
    }

    private static string Field(Turn turn) => $"{turn.Conversation.Channel}:{turn.Conversation.Address}:{turn.MessageId}";

    private static ReadOnlyMemory<byte> Bytes(RedisResult[] found, int at) =>
        found.Length > at && !found[at].IsNull ? (ReadOnlyMemory<byte>)(byte[])found[at]! : default;
}

/// <summary>A turn as it is noted until it is finished. <paramref name="Begun"/>: Unix ms.</summary>
internal sealed record UnfinishedTurn(Turn Turn, long Begun);

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(UnfinishedTurn))]
internal sealed partial class UnfinishedJson : JsonSerializerContext;
