using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using WuShe.Bot.Console;
using WuShe.Bot.Simulator;
using WuShe.Integrations.WeCom;

namespace WuShe.Bot.Operations;

/// <summary>Tells whoever started the service where it can be reached, once it listens.</summary>
public static class Addresses
{
    /// <summary>The residents' chat, the WeChat callback and, in Development, the WeChat simulator and a one-time sign-in link for the console's admin.</summary>
    public static void PrintAddresses(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() => Print(app).GetAwaiter().GetResult());

    private static async Task Print(WebApplication app)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();
        if (app.Configuration["PublicUrl"] is not { Length: > 0 } && bound is not null) app.Configuration["urls"] = bound;
        var root = PublicAddress.Of(app.Configuration);
        System.Console.WriteLine($"Resident chat:    {root}/chat");
        if (app.Environment.IsDevelopment() && await StaffCommand.LinkFor(app.Services, "admin", CancellationToken.None) is { } link)
            System.Console.WriteLine($"Staff console:    {link}");
        foreach (var account in WeChatAccounts(app))
            System.Console.WriteLine($"WeChat callback:  {root}/wechat/{account}");
        foreach (var name in app.Services.GetRequiredService<WeComCorp>().Callbacks)
            System.Console.WriteLine($"WeCom callback:   {root}/wecom/{name}");
        if (app.Environment.IsDevelopment())
            System.Console.WriteLine($"WeChat simulator: {root}{SimulatorSetup.Path}");
    }

    /// <summary>The configured accounts; without one, the address a first account would have.</summary>
    private static string[] WeChatAccounts(WebApplication app)
    {
        var accounts = app.Configuration.GetSection("WeChat:Accounts").GetChildren().Select(account => account.Key).ToArray();
        return accounts.Length > 0 ? accounts : ["{account}  (set WeChat:Accounts:{account}:… first, see docs/operations.md)"];
    }
}
