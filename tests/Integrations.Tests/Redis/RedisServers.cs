using StackExchange.Redis;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.Tests.Redis;

/// <summary>The servers a contract is held against: the embedded one always, redis-server where WUSHE_TEST_REDIS names it.</summary>
public sealed class RedisServers : IDisposable
{
    private readonly Lazy<(EmbeddedRedis Server, IConnectionMultiplexer Connection)> _embedded = new(() =>
    {
        var server = new EmbeddedRedis(Directory.CreateTempSubdirectory("wushe-redis").FullName);
        return (server, ConnectionMultiplexer.Connect(server.ConnectionString));
    });

    private readonly Lazy<IConnectionMultiplexer> _server = new(() => ConnectionMultiplexer.Connect(Configured!));

    public static TheoryData<string> All => ["embedded", "redis-server"];

    private static string? Configured => Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS");

    public IConnectionMultiplexer Connect(string name)
    {
        if (name == "embedded") return _embedded.Value.Connection;
        Skip.If(string.IsNullOrEmpty(Configured), "WUSHE_TEST_REDIS names no redis-server");
        return _server.Value;
    }

    /// <summary>A prefix of its own for each test, so that servers can be shared.</summary>
    public static RedisKeys FreshKeys() => new($"test-{Guid.NewGuid():N}:");

    public void Dispose()
    {
        if (_embedded.IsValueCreated)
        {
            _embedded.Value.Connection.Dispose();
            _embedded.Value.Server.Dispose();
        }
        if (_server.IsValueCreated) _server.Value.Dispose();
    }
}
