using StackExchange.Redis;
using WuShe.Dialogs;

namespace WuShe.Integrations.Redis;

/// <summary>Every key of the service under one prefix, so that one Redis may serve several installations.</summary>
public sealed record RedisKeys(string Prefix)
{
    /// <summary>Turns begun and not settled: field → turn.</summary>
    public RedisKey Unfinished { get; } = Prefix + "unfinished";

    /// <summary>Conversations with an open dialog by when they were last touched (Unix ms).</summary>
    public RedisKey Idle { get; } = Prefix + "idle";

    /// <summary>Conversations in which a message was refused and waits.</summary>
    public RedisKey Parked { get; } = Prefix + "parked";

    /// <summary>What admins must look after: key → alarm.</summary>
    public RedisKey Alarms { get; } = Prefix + "alarms";

    /// <summary>Pub/sub channel: numbers of changed cases for open console pages.</summary>
    public RedisChannel CaseFeed => RedisChannel.Literal(Prefix + "cases");

    /// <summary>Pub/sub channel: units whose staff group has something new.</summary>
    public RedisChannel GroupFeed => RedisChannel.Literal(Prefix + "groups");

    public RedisKey Conversation(ConversationId id) => $"{Prefix}c:{id.Channel}:{id.Address}";

    public RedisKey Seen(string turn) => $"{Prefix}seen:{turn}";
}
