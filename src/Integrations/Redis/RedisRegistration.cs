using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using StackExchange.Redis;
using WuShe.Dialogs.Engine;
using WuShe.Services.Bindings;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Messages;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.Redis;

/// <summary>Puts Redis, embedded or a server, behind the ports that need it.</summary>
public static class RedisRegistration
{
    public const string Setting = "ConnectionStrings:Redis";

    /// <summary>
    /// Begins to connect to <c>ConnectionStrings:Redis</c>, or to start the embedded server in the data directory when that is
    /// empty. Returns at once: what else a start needs is done meanwhile, and whoever asks for the connection waits for it.
    /// The task throws <see cref="WrongSettingException"/> when the connection string cannot be read or nobody answers there.
    /// </summary>
    public static Task AddRedis(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        var (configured, directory) = (builder.Configuration[Setting], Path.Combine(DataDirectory.Of(builder.Configuration), "redis"));
        // Off this thread: half of a start is Garnet's, and the other half need not wait for it. No turn runs yet that could want the thread.
#pragma warning disable RS0030
        var started = Task.Run(() => Start(configured, directory));
#pragma warning restore RS0030
        if (string.IsNullOrWhiteSpace(configured))
        {
            // By factory: the container disposes what it made itself.
            services.AddSingleton(_ => started.GetAwaiter().GetResult().Embedded!);
            services.AddHostedService<KeepEmbeddedRedis>();
        }
        services.AddSingleton<IConnectionMultiplexer>(_ => started.GetAwaiter().GetResult().Connection);
        services.AddSingleton(new RedisKeys("wushe:"));
        services.AddSingleton<IConversationStore, RedisConversationStore>();
        services.AddSingleton<IConsoleFeed, RedisConsoleFeed>();
        services.AddSingleton<IGroupFeed, RedisGroupFeed>();
        services.AddSingleton<IAlarmBoard, RedisAlarmBoard>();
        services.AddSingleton<IParkedMarks, RedisParkedMarks>();
        services.AddSingleton<IBindCodes, RedisBindCodes>();
        services.AddHealthChecks().AddCheck<RedisHealth>("redis", tags: ["ready"]);
        return started;
    }

    private static async Task<(EmbeddedRedis? Embedded, ConnectionMultiplexer Connection)> Start(string? configured, string directory)
    {
        if (!string.IsNullOrWhiteSpace(configured)) return (null, await Connect(configured));
        var embedded = new EmbeddedRedis(directory);
        return (embedded, await Connect(embedded.ConnectionString));
    }

    private static async Task<ConnectionMultiplexer> Connect(string configured)
    {
        try
        {
            var options = ConfigurationOptions.Parse(configured);
            options.ClientName = "wushe-bot";
            return await ConnectionMultiplexer.ConnectAsync(options);
        }
        catch (ArgumentException problem)
        {
            throw new WrongSettingException(Setting, $"cannot be read ({problem.GetType().Name}); expected host:port,password=… or nothing for the embedded server");
        }
        catch (RedisConnectionException)
        {
            throw new WrongSettingException(Setting, "no Redis answers there; check host, port and password, or leave it empty for the embedded server");
        }
    }

    /// <summary>Makes the container own the embedded server, so that it is closed after everything that uses it.</summary>
    private sealed class KeepEmbeddedRedis(EmbeddedRedis embedded) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.FromResult(embedded);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

/// <summary>Ready when Redis answers a PING.</summary>
public sealed class RedisHealth(IConnectionMultiplexer connection) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await connection.GetDatabase().PingAsync().WaitAsync(TimeSpan.FromSeconds(2), cancellationToken);
            return HealthCheckResult.Healthy();
        }
        catch (Exception problem) when (problem is RedisException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("Redis does not answer");
        }
    }
}
