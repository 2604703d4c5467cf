using WuShe.Bot.Console;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeChat.Menus;
using WuShe.Services;

namespace WuShe.Bot.Operations;

/// <summary>
/// <c>wechat menu &lt;account&gt; [--dry-run]</c>: prints what the catalogue's menu changes on the account's platform and, unless it is
/// a dry run, makes it so. Where the account has a staff tag, people with it get a menu with the console in it.
/// </summary>
public static class WeChatMenuCommand
{
    /// <summary>The exit code: 0, or 1 and one line on <paramref name="error"/>.</summary>
    public static async Task<int> Run(IServiceProvider services, string name, bool dryRun, TextWriter output, TextWriter error, CancellationToken ct)
    {
        var accounts = services.GetRequiredService<WeChatAccounts>();
        if (!accounts.TryFind(name, out var account))
        {
            await error.WriteLineAsync($"没有名为 {name} 的公众号。设置里有：{string.Join("、", accounts.All.Select(known => known.Name))}");
            return 1;
        }

        var plan = new WeChatMenuPlan(ServiceCatalog.Describe());
        var staff = account.StaffTag.Length == 0 ? WeChatMenu.None : plan.ForStaff(PublicAddress.Of(services.GetRequiredService<IConfiguration>()) + "/staff");
        try
        {
            var menus = services.GetRequiredService<WeChatMenus>();
            var now = await menus.Get(account, account.StaffTag, ct);
            var (everybody, tagged) = (new WeChatMenuDifference(now.Everybody, plan.Everybody), new WeChatMenuDifference(now.Tagged, staff));
            await Print(output, account, plan, now, everybody, tagged);
            if (!everybody.Changed && !tagged.Changed) await output.WriteLineAsync("没有变化。");
            else if (dryRun) await output.WriteLineAsync("这是试运行，什么也没有改。");
            else await Push(menus, account, plan.Everybody, staff, now, everybody.Changed, output, ct);
            return 0;
        }
        catch (WeChatException refusal)
        {
            await error.WriteLineAsync($"微信拒绝了：{WeChatErrors.Outcome(refusal.Code).Reason}");
        }
        catch (Exception failure) when (failure is HttpRequestException or TimeoutException or TaskCanceledException or Polly.ExecutionRejectedException)
        {
            await error.WriteLineAsync($"连不上 {account.ApiBaseUrl.Host}：{failure.GetType().Name}");
        }

        return 1;
    }

    private static async Task Print(
        TextWriter output, WeChatAccount account, WeChatMenuPlan plan, WeChatMenuState now, WeChatMenuDifference everybody, WeChatMenuDifference tagged)
    {
        await output.WriteLineAsync($"公众号 {account.Name} 的菜单（+ 加上，- 去掉）：");
        foreach (var line in everybody.Lines) await output.WriteLineAsync(line);
        if (tagged.Lines.Count > 0)
        {
            await output.WriteLineAsync($"有标签「{account.StaffTag}」的人看到的菜单{(now.TagId is null ? "（标签还没有，会新建）" : "")}：");
            foreach (var line in tagged.Lines) await output.WriteLineAsync(line);
        }

        if (plan.LeftOut.Count > 0) await output.WriteLineAsync($"放不下、没有进菜单的：{string.Join("、", plan.LeftOut)}");
        if (now.Others > 0) await output.WriteLineAsync($"还有 {now.Others} 个别的个性化菜单，不去动它们。");
    }

    /// <summary>A personalised menu cannot be changed, only made anew; everybody's first, without which the platform takes none.</summary>
    private static async Task Push(
        WeChatMenus menus, WeChatAccount account, WeChatMenu everybody, WeChatMenu staff, WeChatMenuState now, bool changed, TextWriter output, CancellationToken ct)
    {
        if (changed) await menus.Create(account, everybody, ct);
        if (now.TaggedId is { } old) await menus.DeleteForTag(account, old, ct);
        if (staff.Buttons.Count > 0) await menus.AddForTag(account, staff, now.TagId ?? await menus.AddTag(account, account.StaffTag, ct), ct);
        await output.WriteLineAsync("已推送。手机上最迟 24 小时内更新，取消关注再关注马上就能看到。");
    }
}
