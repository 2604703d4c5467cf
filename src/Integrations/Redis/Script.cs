using System.Security.Cryptography;
using System.Text;
using StackExchange.Redis;

namespace WuShe.Integrations.Redis;

/// <summary>A Lua script called by its hash, sent whole when the server does not know it (first use, restart).</summary>
internal sealed class Script(string lua)
{
#pragma warning disable CA5350 // EVALSHA names scripts by SHA-1: an address, not a protection.
    private readonly byte[] _hash = SHA1.HashData(Encoding.UTF8.GetBytes(lua));
#pragma warning restore CA5350

    public async ValueTask<RedisResult> Run(IDatabase redis, RedisKey[] keys, RedisValue[] values)
    {
        try
        {
            return await redis.ScriptEvaluateAsync(_hash, keys, values);
        }
        catch (RedisServerException unknown) when (unknown.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await redis.ScriptEvaluateAsync(lua, keys, values);
        }
    }
}
