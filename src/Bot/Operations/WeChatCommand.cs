using WuShe.Bot.Console;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Operations;

/// <summary>
/// <c>wechat check &lt;account&gt;</c>: looks at an Official Account from both sides and says in plain words what is missing. Needs
/// the service's settings, neither its database nor its Redis.
/// </summary>
public static class WeChatCommand
{
    /// <summary>The exit code: 0 when nothing must be mended, else 1.</summary>
    public static async Task<int> Run(WebApplicationBuilder builder, string name, TextWriter output, TextWriter error, CancellationToken ct)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddWeChat(builder.Configuration).AddWeChatCheck();
        // Only what looks is made: whatever speaks to residents belongs to the service.
        builder.Host.UseDefaultServiceProvider(provider => provider.ValidateOnBuild = false);
        await using var app = builder.Build();
        return await Check(app.Services, name, output, error, ct);
    }

    private static async Task<int> Check(IServiceProvider services, string name, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var accounts = services.GetRequiredService<WeChatAccounts>();
        if (!accounts.TryFind(name, out var account))
        {
            var names = string.Join('、', accounts.All.Select(one => one.Name));
            await error.WriteLineAsync(names.Length > 0
                ? $"设置里没有叫 {name} 的公众号。有：{names}"
                : $"设置里还没有公众号。请先写上 WeChat:Accounts:{name}:AppId、AppSecret、Token 和 EncodingAesKey。");
            return 1;
        }

        var publicUrl = PublicAddress.Of(services.GetRequiredService<IConfiguration>());
        if (!Uri.TryCreate(publicUrl, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await error.WriteLineAsync("设置 PublicUrl 要写完整的网址，如 https://bot.example.org。");
            return 1;
        }

        var findings = await services.GetRequiredService<WeChatCheck>().Of(account, address, ct);
        foreach (var finding in findings) await output.WriteLineAsync($"{Mark(finding.Kind)} {finding.What}：{finding.Words}");
        var wrong = findings.Count(finding => finding.Kind == WeChatFindingKind.Wrong);
        await output.WriteLineAsync(wrong == 0 ? "没有要改的。" : $"要改的有 {wrong} 处。改好以后再查一次。");
        return wrong == 0 ? 0 : 1;
    }

    private static string Mark(WeChatFindingKind kind) => kind switch
    {
        WeChatFindingKind.Good => "[好]",
        WeChatFindingKind.Note => "[留意]",
        _ => "[要改]",
    };
}
