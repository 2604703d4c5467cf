using WuShe.Bot.Console;

namespace WuShe.Bot.Simulator;

/// <summary>
/// The account <c>sim</c>: in Development without configured accounts it stands in for a real one, and its platform is this
/// very service. It guards nothing, so its keys are no secrets: whoever reaches the simulator may speak as anybody there.
/// </summary>
internal static class SimulatorAccount
{
    public const string Name = "sim";

    /// <summary>Below our own address; what <c>ApiBaseUrl</c> of simulated accounts ends with.</summary>
    public const string PlatformPath = "/dev/wechat/platform";

    /// <summary>
    /// Adds it where it is wanted. The port must be known before the start: on port 0 there is no simulated account.
    /// </summary>
    public static void AddSimulatorAccount(this WebApplicationBuilder builder)
    {
        if (!builder.Environment.IsDevelopment() || builder.Configuration.GetSection("WeChat:Accounts").GetChildren().Any()) return;
        var address = PublicAddress.Bound(builder.Configuration);
        if (!Uri.TryCreate(address, UriKind.Absolute, out var own) || own.Port == 0) return;
        const string Settings = "WeChat:Accounts:" + Name + ":";
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [Settings + "AppId"] = "wx-simulator",
            [Settings + "AppSecret"] = "simulator",
            [Settings + "Token"] = "simulator",
            [Settings + "EncodingAesKey"] = "SimulatorSimulatorSimulatorSimulatorSimula1",
            [Settings + "Mode"] = "Safe",
            [Settings + "ApiBaseUrl"] = address + PlatformPath,
            [Settings + "StaffTag"] = "工作人员",
            [Settings + "ServiceAccount"] = "true",
        });
    }

    public static bool IsSimulated(Uri apiBaseUrl) =>
        apiBaseUrl.AbsolutePath.TrimEnd('/').EndsWith(PlatformPath, StringComparison.Ordinal);
}
