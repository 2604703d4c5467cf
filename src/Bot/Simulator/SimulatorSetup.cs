using Microsoft.AspNetCore.Http.HttpResults;

namespace WuShe.Bot.Simulator;

/// <summary>
/// The WeChat simulator at <c>/dev/wechat</c>, in Development only: a phone in the browser, and behind it a platform that speaks
/// the real protocol to the real callback. A newcomer tries the WeChat side without an account.
/// </summary>
public static class SimulatorSetup
{
    public const string Path = "/dev/wechat";

    /// <summary>Put it before whatever reads the settings of WeChat: it may add an account. Does nothing outside Development.</summary>
    public static void AddWeChatSimulator(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment()) return;
        builder.AddSimulatorAccount();
        builder.Services.AddSingleton<SimulatedPlatform>().AddSingleton<PlatformLine>();
        builder.Services.AddHttpClient(PlatformLine.HttpName).RemoveAllLoggers();
    }

    public static void MapWeChatSimulator(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment()) return;
        app.MapGet(Path, () => new RazorComponentResult<SimulatorPage>());
        app.MapPhone();
        app.MapPlatform();
    }
}
