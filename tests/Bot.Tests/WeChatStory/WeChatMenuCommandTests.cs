using System.Text.Json;
using WuShe.Services;

namespace WuShe.Bot.Tests.WeChatStory;

/// <summary><c>wechat menu</c>: what it says and does to an account's platform, and what its keys then open.</summary>
public sealed class WeChatMenuCommandTests
{
    private const string Staff = "WeChat:Accounts:main:StaffTag";

    [Fact]
    public async Task The_menu_is_shown_pushed_and_then_unchanged()
    {
        await using var world = await WeChatWorld.Start(settings: (Staff, "工作人员"));
        world.Platform.Menus.AddForeign("1");

        var (code, lines) = await world.Bot.Command("wechat", "menu", "main", "--dry-run");
        Assert.Equal(0, code);
        Assert.Contains("+ 1 问题上报（click report-problem）", lines);
        Assert.Contains($"+ 3.1 工作台（view {world.Bot.Address}staff）", lines);
        Assert.Equal("这是试运行，什么也没有改。", lines[^1]);
        Assert.Null(world.Platform.Menus.Everybody);

        (code, lines) = await world.Bot.Command("wechat", "menu", "main");
        Assert.Equal(0, code);
        Assert.StartsWith("已推送", lines[^1], StringComparison.Ordinal);
        Assert.Contains("report-problem", world.Platform.Menus.Everybody, StringComparison.Ordinal);
        // Ours for the new tag; somebody else's is left alone.
        Assert.Equal(["1", "101"], world.Platform.Menus.Personal.Select(one => one.TagId));

        (code, lines) = await world.Bot.Command("wechat", "menu", "main");
        Assert.Equal(0, code);
        Assert.Equal("没有变化。", lines[^1]);
        Assert.Contains(lines, line => line.Contains("1 个别的个性化菜单", StringComparison.Ordinal));

        // Each key opens its dialog.
        using var menu = JsonDocument.Parse(world.Platform.Menus.Everybody!);
        var titles = ServiceCatalog.Describe().SelectMany(service => service.Dialogs).ToDictionary(dialog => dialog.Name, dialog => dialog.Title);
        string[] begins = ["请说说是什么问题", "您现在没有正在办理的事", "请说说要工作人员办什么事"];
        foreach (var (button, words) in menu.RootElement.EnumerateArray().Zip(begins))
        {
            var resident = world.NewPerson();
            var answer = await resident.Do("CLICK", button.GetProperty("key").GetString()!);
            Assert.Contains(words, answer, StringComparison.Ordinal);
            Assert.Equal(titles[button.GetProperty("key").GetString()!], button.GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task What_cannot_be_done_is_said_in_one_line()
    {
        await using var world = await WeChatWorld.Start();
        var (code, lines) = await world.Bot.Command("wechat", "menu", "other");
        Assert.Equal(1, code);
        Assert.Equal("没有名为 other 的公众号。设置里有：main", Assert.Single(lines));
        (code, lines) = await world.Bot.Command("wechat", "dance");
        Assert.Equal(1, code);
        Assert.Contains("wechat menu", Assert.Single(lines), StringComparison.Ordinal);
        await world.Platform.DisposeAsync();
        (code, lines) = await world.Bot.Command("wechat", "menu", "main");
        Assert.Equal(1, code);
        Assert.StartsWith("连不上 127.0.0.1", Assert.Single(lines), StringComparison.Ordinal);
    }
}
