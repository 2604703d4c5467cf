using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WuShe.Services.Common;
using WuShe.Services.Common.Staff;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Integrations.WeCom;

public static class WeComRegistration
{
    /// <summary>
    /// Registers everything about WeCom but the endpoint. The host brings <c>IConnectionMultiplexer</c>, <see cref="IPublicUrl"/>,
    /// <see cref="IStaffDesk"/>, <c>IAlarmBoard</c> and the staff identities. A wrong setting throws <see cref="OptionsValidationException"/> at the start.
    /// </summary>
    public static IServiceCollection AddWeCom(this IServiceCollection services, IConfiguration configuration)
    {
        AddCalls(services, configuration);
        services.AddSingleton<IWeComTokens, WeComTokens>();
        services.AddSingleton<WeComDoor>();
        services.AddSingleton<WeComRates>();
        services.AddSingleton<WeComOnce>();
        services.AddSingleton<WeComMessages>();
        services.AddSingleton<WeComPostings>();
        services.AddSingleton<WeComRobots>();
        services.AddSingleton<WeComChats>();
        services.AddSingleton<WeComGroups>();
        services.AddSingleton<WeComAlarms>();
        services.AddSingleton<WeComDesk>();
        services.AddSingleton(all => new WeComAppInbox(
            all.GetRequiredService<WeComOnce>(), all.GetRequiredService<WeComDesk>(), all.GetRequiredService<WeComMessages>(),
            all.GetRequiredService<WeComPostings>(), all.GetRequiredService<ILogger<WeComAppInbox>>()));
        services.AddSingleton(all => new WeComBotInbox(
            all.GetRequiredService<WeComOnce>(), all.GetRequiredService<WeComDesk>(), all.GetRequiredService<WeComApi>(),
            all.GetRequiredService<WeComCorp>(), all.GetRequiredService<IConnectionMultiplexer>(), all.GetRequiredService<IPublicUrl>()));
        services.AddSingleton(all => new WeComSignIns(
            all.GetRequiredService<WeComCorp>(), all.GetRequiredService<WeComApi>(), all.GetRequiredService<IConnectionMultiplexer>(),
            all.GetRequiredService<IOptions<WeComOptions>>()));
        // Without an app or a robot nobody is owed a card.
        if (IsConfigured(configuration)) services.AddSingleton<IStaffChat, WeComStaffChat>();
        return services;
    }

    /// <summary>Registers what a command beside the running service needs: the directory, without Redis.</summary>
    public static IServiceCollection AddWeComDirectory(this IServiceCollection services, IConfiguration configuration)
    {
        AddCalls(services, configuration);
        return services.AddSingleton<IWeComTokens, TokensOfACommand>().AddSingleton<IStaffDirectory, WeComDirectory>();
    }

    private static bool IsConfigured(IConfiguration configuration) =>
        configuration.GetSection("WeCom:Apps").GetChildren().Any()
        || configuration.GetSection("WeCom:Bots").GetChildren().Any(bot => bot["WebhookUrl"] is { Length: > 0 });

    private static void AddCalls(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WeComOptions>().Bind(configuration.GetSection("WeCom")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WeComOptions>, WeComOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WeComCorp>();
        services.AddSingleton<WeComTokenCall>();
        services.AddSingleton<WeComApi>();
        // No logger: addresses carry access tokens, secrets and the keys of webhooks.
        services.AddHttpClient(WeComApi.HttpName).RemoveAllLoggers().AddStandardResilienceHandler(resilience =>
        {
            resilience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(8);
            resilience.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(18);
            resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(30);
            // What may have been posted is not posted again here; the outbox decides that.
            resilience.Retry.DisableForUnsafeHttpMethods();
        });
        // The server's request lines would carry signatures.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }
}
