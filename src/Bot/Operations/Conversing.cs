using WuShe.Bot.Jobs;
using WuShe.Dialogs;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;
using WuShe.Integrations.LanguageModel;
using WuShe.Services.ProblemReports;
using WuShe.Services.Teaching;

namespace WuShe.Bot.Operations;

/// <summary>Puts the engine together: the dialogs of the catalogue over the conversation store.</summary>
public static class Conversing
{
    private static KnownCodes Codes => new([.. Teaching.Meanings.Keys], [.. new Catalogue().Names.Select(kind => kind.Code)]);

    public static void AddConversations(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new ConversationOptions());
        services.AddHostedService<FollowModel>();
        services.AddHostedService<FollowWorkingTime>();
        services.AddLanguageModel(builder.Configuration, Codes);
        services.AddSingleton<Conversations>();
        services.AddSingleton<WuShe.Bot.Pages.IPublicMenu>(provider => new WuShe.Bot.Pages.PublicMenu(provider.GetRequiredService<DialogCatalog>().Menu));
        services.AddSingleton<ITurns>(provider => ActivatorUtilities.CreateInstance<MeteredTurns>(provider, provider.GetRequiredService<Conversations>()));
    }
}
