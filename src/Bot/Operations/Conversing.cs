using WuShe.Dialogs;
using WuShe.Dialogs.Engine;

namespace WuShe.Bot.Operations;

/// <summary>Puts the engine together: the dialogs of the catalogue over the conversation store.</summary>
public static class Conversing
{
    public static void AddConversations(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new ConversationOptions());
        services.AddSingleton<Conversations>();
        services.AddSingleton<WuShe.Bot.Pages.IPublicMenu>(provider => new WuShe.Bot.Pages.PublicMenu(provider.GetRequiredService<DialogCatalog>().Menu));
        services.AddSingleton<ITurns>(provider => ActivatorUtilities.CreateInstance<MeteredTurns>(provider, provider.GetRequiredService<Conversations>()));
    }
}
