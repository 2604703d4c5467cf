using Hangfire;
using Hangfire.Dashboard;
using Hangfire.Redis.StackExchange;
using StackExchange.Redis;
using WuShe.Bot.Console;
using WuShe.Integrations.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.Staff;

namespace WuShe.Bot.Jobs;

/// <summary>Hangfire on the same Redis as everything else: it wakes the services' jobs, and the database says what is due.</summary>
public static class JobSetup
{
    private const string Prefix = "{wushe:jobs}:";

    public static void AddJobs(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ITimeZoneResolver, BeijingTimeZone>();
        services.AddHangfire((provider, hangfire) => hangfire
            .SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
            .UseSimpleAssemblyNameTypeSerializer()
            .UseRecommendedSerializerSettings()
            .UseRedisStorage((ConnectionMultiplexer)provider.GetRequiredService<IConnectionMultiplexer>(), new RedisStorageOptions
            {
                Prefix = Prefix,
                FetchTimeout = TimeSpan.FromSeconds(30),
                InvisibilityTimeout = TimeSpan.FromMinutes(5),
                SucceededListSize = 500,
                DeletedListSize = 500,
            }));
        services.AddHangfireServer(server =>
        {
            server.WorkerCount = 4;
            server.SchedulePollingInterval = TimeSpan.FromSeconds(2);
            server.ShutdownTimeout = TimeSpan.FromSeconds(5);
        });
        services.AddSingleton<IReadOnlyList<JobDescription>>(provider => [.. provider.GetServices<ServiceDescription>().SelectMany(service => service.Jobs)]);
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobBell>();
        services.AddSingleton<IWake>(provider => provider.GetRequiredService<JobBell>());
        services.AddHostedService(provider => provider.GetRequiredService<JobBell>());
        services.AddHostedService<JobSchedule>();
    }

    /// <summary>
    /// The embedded server serves this process alone: locks in it were held by a predecessor that was killed, and nobody
    /// need wait until they run out. On a shared server they are left to their time.
    /// </summary>
    public static async Task ForgetDeadLocks(this WebApplication app)
    {
        if (app.Services.GetService<EmbeddedRedis>() is null) return;
        var connection = app.Services.GetRequiredService<IConnectionMultiplexer>();
        await foreach (var dead in connection.GetServers()[0].KeysAsync(pattern: Prefix + "*lock*")) await connection.GetDatabase().KeyDeleteAsync(dead);
    }

    /// <summary>The dashboard, for admins only.</summary>
    public static void MapJobs(this WebApplication app) =>
        app.MapHangfireDashboardWithAuthorizationPolicy(StaffPolicies.Admin, "/jobs", new DashboardOptions
        {
            DashboardTitle = "WuShe.Bot",
            DisplayStorageConnectionString = false,
            AppPath = "/staff",
            Authorization = [],
        });
}
