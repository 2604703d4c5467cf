using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WuShe.Integrations.WeChat.Broadcasts;
using WuShe.Integrations.WeChat.Menus;
using WuShe.Integrations.WeChat.Notices;
using WuShe.Services.Common;
using WuShe.Services.Common.Alarms;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.Residency;

namespace WuShe.Integrations.WeChat;

public static class WeChatRegistration
{
    /// <summary>
    /// Registers everything about Official Accounts but the endpoint. The host brings <c>IConnectionMultiplexer</c>,
    /// <see cref="IFileStore"/>, <see cref="IFollowers"/> and <see cref="IAlarmBoard"/>. A wrong setting throws <see cref="OptionsValidationException"/> at the start.
    /// </summary>
    public static IServiceCollection AddWeChat(this IServiceCollection services, IConfiguration configuration)
    {
        AddCalls(services, configuration);
        services.AddSingleton<IChannelUnitSettings>(all => all.GetRequiredService<WeChatAccounts>());
        services.AddSingleton<WeChatDoor>();
        services.AddSingleton<WeChatTokens>().AddSingleton<IWeChatTokens>(all => all.GetRequiredService<WeChatTokens>());
        services.AddSingleton<WeChatRates>().AddSingleton<IAlarmSource>(all => all.GetRequiredService<WeChatRates>());
        services.AddSingleton<IPersonKeys, WeChatPersonKeys>();
        services.AddSingleton<WeChatChannel>().AddSingleton<WeChatWindows>();
        services.AddSingleton<WeChatConsents>().AddSingleton<IWeChatReports>(all => all.GetRequiredService<WeChatConsents>());
        services.AddSingleton<WeChatTemplates>().AddSingleton<WeChatNotices>().AddSingleton<WeChatPreviews>();
        services.AddSingleton<WeChatTyping>().AddSingleton<IWeChatContact, WeChatContact>();
        services.AddSingleton<IChannel, WeChatWays>();
        services.AddHostedService<WatchWeChatTemplates>();
        services.AddSingleton<WeChatUploads>();
        services.AddSingleton<IMediaSource, WeChatMedia>();
        services.AddSingleton<ISceneCodes, WeChatSceneCodes>();
        services.AddSingleton<IBroadcasts, WeChatBroadcasts>();
        services.AddSingleton<WeChatBroadcastRecord>().AddSingleton<IWeChatReports>(all => all.GetRequiredService<WeChatBroadcastRecord>());
        services.AddSingleton(new WeChatCards(configuration["PublicUrl"]));
        services.AddSingleton<WeChatSignIn>();
        services.AddSingleton<WeChatTickets>();
        // The server's request lines would carry signatures and openids.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
        return services;
    }

    /// <summary>What a command needs to call the platform: no Redis, no conversations.</summary>
    public static IServiceCollection AddWeChatCalls(this IServiceCollection services, IConfiguration configuration)
    {
        AddCalls(services, configuration);
        return services.AddSingleton<IWeChatTokens, CommandTokens>();
    }

    private static void AddCalls(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<WeChatOptions>().Bind(configuration.GetSection("WeChat")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<WeChatOptions>, WeChatOptionsCheck>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<WeChatAccounts>();
        services.AddSingleton<WeChatApi>();
        services.AddSingleton<WeChatMenus>();
        AddHttp(services);
    }

    /// <summary>Registers <see cref="WeChatCheck"/>, beside <see cref="AddWeChat"/>.</summary>
    public static IServiceCollection AddWeChatCheck(this IServiceCollection services)
    {
        services.AddSingleton<WeChatCheck>().AddSingleton<WeChatCallbackCheck>();
        // Somebody waits for it: each question once, without retries; and, like the platform, it goes where it was told and no further.
        services.AddHttpClient(WeChatCheck.HttpName, client => (client.Timeout, client.MaxResponseContentBufferSize) = (TimeSpan.FromSeconds(10), 1024 * 1024))
            .RemoveAllLoggers()
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false });
        return services;
    }

    private static void AddHttp(IServiceCollection services)
    {
        // No logger: addresses carry access tokens.
        var http = services.AddHttpClient(WeChatApi.HttpName).RemoveAllLoggers();
        http.AddStandardResilienceHandler(resilience =>
        {
            resilience.AttemptTimeout.Timeout = TimeSpan.FromSeconds(8);
            resilience.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(20);
            resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(30);
            // A message that may have been sent is not sent again here; the outbox decides that.
            resilience.Retry.DisableForUnsafeHttpMethods();
        });
    }
}
