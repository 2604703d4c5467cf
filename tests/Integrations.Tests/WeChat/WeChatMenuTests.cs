using System.Text;
using System.Text.Json;
using CsCheck;
using WuShe.Dialogs.Engine;
using WuShe.Dialogs.Understanding;
using WuShe.Integrations.WeChat.Menus;
using WuShe.Services;
using WuShe.Services.Common;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>The menu that the catalogue makes, within the platform's limits whatever the catalogue holds.</summary>
public sealed class WeChatMenuTests
{
    private static readonly string[] Letters = ["办", "事", "社", "工", "a", "👵"];

    [Fact]
    public void The_catalogue_makes_three_keys_that_open_its_dialogs()
    {
        var plan = new WeChatMenuPlan(ServiceCatalog.Describe());
        Assert.Equal(
            [("问题上报", "click", "report-problem"), ("查进度", "click", "check-progress"), ("找工作人员", "click", "handoff")],
            plan.Everybody.Buttons.Select(button => (button.Name, button.Type, button.Value)));
        Assert.Empty(plan.LeftOut);
        Assert.Equal(["+ 3 工作 ▾", "+ 3.1 工作台（view https://bot.example.org/staff）", "+ 3.2 找工作人员（click handoff）"],
            new WeChatMenuDifference(plan.Everybody, plan.ForStaff("https://bot.example.org/staff")).Lines.Where(line => line[0] == '+'));
    }

    [Fact]
    public void Any_catalogue_fits_the_platform_and_loses_nothing_unsaid() =>
        Gen.Select(Gen.Int[0, 5].Select(i => Letters[i]).Array[1, 30].Select(string.Concat), Gen.Int[0, 2]).Array[0, 40].Sample(entries =>
        {
            var service = new ServiceDescription();
            for (var i = 0; i < entries.Length; i++)
                service.Dialog<NoDialog>($"dialog-{i}", $"{entries[i].Item1}{i}", 1, [], onMenu: true, intents: entries[i].Item2 == 1 ? [Intents.Mine] : [], handsOver: entries[i].Item2 == 2);
            var plan = new WeChatMenuPlan([service]);
            foreach (var menu in new[] { plan.Everybody, plan.ForStaff("https://bot.example.org/staff") })
            {
                Assert.InRange(menu.Buttons.Count, 0, 3);
                Assert.All(menu.Buttons, button => Fits(button, 16));
                Assert.All(menu.Buttons, button => Assert.InRange(button.Children.Count, 0, 5));
                Assert.All(menu.Buttons.SelectMany(button => button.Children), child => Fits(child, 60));
            }

            var keys = plan.Everybody.Buttons.SelectMany(button => button.Children.Count > 0 ? button.Children : [button]).Select(button => button.Value).ToArray();
            Assert.Equal(keys.Length, keys.Distinct().Count());
            Assert.Equal(entries.Length, keys.Length + plan.LeftOut.Count);
        });

    [Fact]
    public void Own_affairs_stand_together_and_what_finds_no_room_is_named()
    {
        var service = new ServiceDescription();
        for (var i = 1; i <= 12; i++) service.Dialog<NoDialog>($"do-{i}", $"事项{i}", 1, [], onMenu: true);
        service.Dialog<NoDialog>("progress", "查进度", 1, [], onMenu: true, intents: [Intents.Progress]);
        service.Dialog<NoDialog>("handoff", "找工作人员", 1, [], onMenu: true, handsOver: true);
        service.Dialog<NoDialog>("hidden", "不在菜单", 1, []);
        var plan = new WeChatMenuPlan([service]);
        Assert.Equal(["办事", "更多", "我的"], plan.Everybody.Buttons.Select(button => button.Name));
        Assert.Equal(["事项1", "事项2", "事项3", "事项4", "事项5"], plan.Everybody.Buttons[0].Children.Select(child => child.Name));
        Assert.Equal(["查进度", "找工作人员"], plan.Everybody.Buttons[2].Children.Select(child => child.Name));
        Assert.Equal(["事项11", "事项12"], plan.LeftOut);
    }

    [Fact]
    public void A_menu_survives_the_wire_and_the_difference_names_places()
    {
        var menu = new WeChatMenu([WeChatButton.Click("报修", "report-problem"), WeChatButton.Heading("更多", [WeChatButton.View("主页", "https://bot.example.org/")])]);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            menu.Write(json);
            json.WriteEndObject();
        }

        using var read = JsonDocument.Parse(stream.ToArray());
        Assert.False(new WeChatMenuDifference(menu, WeChatMenu.Read(read.RootElement)).Changed);
        var other = new WeChatMenu([WeChatButton.Click("报修", "report"), menu.Buttons[1]]);
        var difference = new WeChatMenuDifference(menu, other);
        Assert.True(difference.Changed);
        Assert.Equal(["- 1 报修（click report-problem）", "+ 1 报修（click report）", "  2 更多 ▾", "  2.1 主页（view https://bot.example.org/）"], difference.Lines);
        Assert.All(new WeChatMenuDifference(menu, WeChatMenu.None).Lines, line => Assert.StartsWith("- ", line, StringComparison.Ordinal));
    }

    private static void Fits(WeChatButton button, int bytes)
    {
        Assert.InRange(Encoding.UTF8.GetByteCount(button.Name), 1, bytes);
        Assert.DoesNotContain('\uFFFD', button.Name);
    }

    private sealed class NoDialog : IDialog
    {
        public Task Run(Chat chat) => Task.CompletedTask;
    }
}
