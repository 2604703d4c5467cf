using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenAI;
using WuShe.Dialogs.Understanding;

namespace WuShe.Integrations.LanguageModel;

/// <summary>Registers the second opinion where <c>LanguageModel:Endpoint</c> is set.</summary>
public static class LanguageModelSetup
{
    public static IServiceCollection AddLanguageModel(this IServiceCollection services, IConfiguration configuration, KnownCodes codes)
    {
        services.AddOptions<LanguageModelOptions>().Bind(configuration.GetSection("LanguageModel")).ValidateDataAnnotations().ValidateOnStart();
        if (configuration["LanguageModel:Endpoint"] is not { Length: > 0 }) return services;
        services.AddSingleton(codes);
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<LanguageModelOptions>>().Value);
        services.AddSingleton<IChatClient>(provider => Client(provider.GetRequiredService<LanguageModelOptions>()));
        return services.AddSingleton<ISecondOpinion, SecondOpinion>();
    }

    /// <summary>No retries: two seconds are too short for a second try, and the local answer stands.</summary>
    private static IChatClient Client(LanguageModelOptions options) =>
        new OpenAIClient(
            new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : "none"),
            new OpenAIClientOptions { Endpoint = new Uri(options.Endpoint), RetryPolicy = new ClientRetryPolicy(0) })
        .GetChatClient(options.Model).AsIChatClient();
}
