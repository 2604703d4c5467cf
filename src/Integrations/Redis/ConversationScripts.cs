namespace WuShe.Integrations.Redis;

/// <summary>
/// The conversation store's steps as Lua, each atomic and one round trip, written with what redis-server and Garnet share.
/// A conversation is a hash: <c>s</c> state, <c>l</c> lock token (empty: free), <c>u</c> when the lock runs out (Unix ms), <c>m</c> the
/// last turn's field and <c>r</c> its replies: written in one command with the state, so that a server killed between two
/// commands of a script never has the one without the other.
/// </summary>
internal static class ConversationScripts
{
    /// <summary>KEYS conversation, seen, unfinished; ARGV now, token, lock until, turn's field, turn. {1, replies} | {2} busy | {0, state}.</summary>
    public static readonly Script Begin = new("""
        local seen = redis.call('GET', KEYS[2])
        if seen then return {1, seen} end
        local c = redis.call('HMGET', KEYS[1], 'l', 'u', 's', 'm', 'r')
        if c[4] == ARGV[4] then return {1, c[5]} end
        if c[1] and c[1] ~= '' and tonumber(c[2]) > tonumber(ARGV[1]) then return {2} end
        redis.call('HSET', KEYS[1], 'l', ARGV[2], 'u', ARGV[3])
        redis.call('HSET', KEYS[3], ARGV[4], ARGV[5])
        return {0, c[3]}
        """);

    /// <summary>KEYS conversation; ARGV token, state, lock until. 1, or 0 when the lock was lost.</summary>
    public static readonly Script Seal = new("""
        if redis.call('HGET', KEYS[1], 'l') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 's', ARGV[2], 'u', ARGV[3])
        return 1
        """);

    /// <summary>
    /// KEYS conversation, seen, unfinished, idle; ARGV token, state, replies, turn's field (empty: keep it), seen ms, state ms,
    /// idle member, idle score (empty: nothing open), turn's field. 1, or 0 when the lock was lost.
    /// </summary>
    public static readonly Script Commit = new("""
        if redis.call('HGET', KEYS[1], 'l') ~= ARGV[1] then return 0 end
        redis.call('HSET', KEYS[1], 's', ARGV[2], 'l', '', 'm', ARGV[9], 'r', ARGV[3])
        redis.call('PEXPIRE', KEYS[1], ARGV[6])
        redis.call('SET', KEYS[2], ARGV[3], 'PX', ARGV[5])
        if ARGV[4] ~= '' then redis.call('HDEL', KEYS[3], ARGV[4]) end
        if ARGV[8] ~= '' then redis.call('ZADD', KEYS[4], ARGV[8], ARGV[7]) else redis.call('ZREM', KEYS[4], ARGV[7]) end
        return 1
        """);

    /// <summary>KEYS conversation; ARGV token.</summary>
    public static readonly Script Abandon = new("""
        if redis.call('HGET', KEYS[1], 'l') == ARGV[1] then redis.call('HSET', KEYS[1], 'l', '') end
        return 1
        """);
}
