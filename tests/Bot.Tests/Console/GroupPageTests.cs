using System.Net;
using Microsoft.Extensions.DependencyInjection;
using WuShe.Services.Common.Organisation;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Bot.Tests.Console;

/// <summary>The page of the group chat as it is served.</summary>
public sealed class GroupPageTests : IAsyncLifetime
{
    private ConsoleHost _host = null!;

    private IStaffChat Chat => _host.App.Services.GetRequiredService<IStaffChat>();

    public async Task InitializeAsync()
    {
        _host = await ConsoleHost.Start();
        await _host.Street();
        await _host.Add("li", "社工 李", Role.SocialWorker, CasesOnSqlite.Room);
        await _host.Add("chen", "律师 陈", Role.Lawyer, CasesOnSqlite.Room);
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_card_shows_its_lines_and_just_the_buttons_it_has()
    {
        await Chat.Post(Card(), default);
        var page = await Page("wang");
        foreach (var part in new[] { "问题上报 260302-0001", "翠湖苑3栋", "3月5日（周四）下午6点", ">接单</button>", "/staff/cases/260302-0001" }) Assert.Contains(part, page);
        foreach (var missing in new[] { "转派", "退回", "求助" }) Assert.DoesNotContain(missing, page);

        await Chat.Update(Card() with { Buttons = [], Done = "已由网格员 王接单" }, default);
        page = await Page("li");
        Assert.Contains("已由网格员 王接单", page);
        Assert.DoesNotContain("data-testid=\"tap\"", page);
    }

    [Fact]
    public async Task What_was_said_is_text_and_never_markup()
    {
        await Chat.Say(CasesOnSqlite.Room, "k", new StaffPost("<script>alert(1)</script>"), default);
        Assert.Contains("&lt;script&gt;", await Raw("wang", "/staff/chat"));
    }

    [Fact]
    public async Task Others_do_not_read_it()
    {
        await Chat.Post(Card(), default);
        foreach (var (login, path) in new[] { ("chen", "/staff/chat"), ("qing", $"/staff/chat?unit={CasesOnSqlite.Room}"), ("wang", $"/staff/chat?unit={CasesOnSqlite.OtherRoom}") })
        {
            var page = WebUtility.HtmlDecode(await Raw(login, path));
            Assert.Contains("您不在这个工作群里", page);
            Assert.DoesNotContain("翠湖苑3栋", page);
        }

        Assert.Contains("还没有消息", await Page("qing"));
    }

    [Fact]
    public async Task Whoever_is_in_several_groups_chooses()
    {
        await Chat.Post(Card(), default);
        Assert.DoesNotContain("group-choice", await Page("wang"));
        Assert.Contains("<option value=\"" + CasesOnSqlite.OtherRoom, await Page("admin"));
        Assert.DoesNotContain("翠湖苑3栋", await Raw("admin", $"/staff/chat?unit={CasesOnSqlite.OtherRoom}"));
    }

    private static StaffCard Card() => new("260302-0001", 1, CasesOnSqlite.Room, "问题上报 260302-0001", "/staff/cases/260302-0001")
    {
        Lines = [new CardLine("位置", "翠湖苑3栋"), new CardLine("期限", "3月5日（周四）下午6点")],
        Buttons = [new CardButton("接单", "claim:260302-0001")],
    };

    private async Task<string> Page(string login) => WebUtility.HtmlDecode(await Raw(login, "/staff/chat"));

    private async Task<string> Raw(string login, string path) => await (await (await _host.SignIn(login)).Get(path)).Content.ReadAsStringAsync();
}
