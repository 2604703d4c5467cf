using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.WeChatStory;

namespace WuShe.Bot.Tests.Simulator;

/// <summary>Where the simulator is, and where it is not; what its platform refuses.</summary>
public sealed class SimulatorTests
{
    private const string Person = "oSimSomebodyOfTheTests123456";

    [Fact]
    public async Task Outside_Development_there_is_none()
    {
        await using var bot = await RunningBot.Start(("ASPNETCORE_ENVIRONMENT", "Production"), ("DOTNET_ENVIRONMENT", "Production"));
        using var http = new HttpClient { BaseAddress = bot.Address };
        foreach (var path in new[] { "dev/wechat", "dev/wechat/phone/sim/menu", "dev/wechat/platform/cgi-bin/token", "wechat/sim" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
        Assert.DoesNotContain(bot.Lines, line => line.Contains("simulator", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Where_an_account_is_configured_none_is_added()
    {
        await using var world = await WeChatWorld.Start();
        using var simulated = await world.Http.GetAsync(new Uri(world.Bot.Address, "wechat/sim"));
        Assert.Equal(HttpStatusCode.NotFound, simulated.StatusCode);
        var page = await world.Http.GetStringAsync(new Uri(world.Bot.Address, "dev/wechat"));
        Assert.Contains("data-account=\"main\"", page, StringComparison.Ordinal);
        // Its messages go to the account's own platform, and the page says so.
        Assert.Contains("到不了这部手机", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_platform_refuses_with_the_codes_of_the_real_one()
    {
        await using var bot = await RunningBot.Start();
        using var http = new HttpClient { BaseAddress = bot.Address };
        Assert.Equal(40013, await Code(http, "stable_token", Asking("wx-other", "simulator")));
        Assert.Equal(40125, await Code(http, "stable_token", Asking("wx-simulator", "wrong")));
        Assert.Equal(47001, await Code(http, "stable_token", "{"));
        var token = (await Call(http, "stable_token", Asking("wx-simulator", "simulator"))).GetProperty("access_token").GetString();
        Assert.Equal(token, (await Call(http, "stable_token", Asking("wx-simulator", "simulator"))).GetProperty("access_token").GetString());
        var send = "message/custom/send?access_token=" + token;
        Assert.Equal(41001, await Code(http, "message/custom/send", Text("您好")));
        Assert.Equal(40001, await Code(http, "message/custom/send?access_token=stale", Text("您好")));
        Assert.Equal(44002, await Code(http, send, ""));
        Assert.Equal(40033, await Code(http, send, Text("\\u60a8")));
        Assert.Equal(44004, await Code(http, send, Text("")));
        Assert.Equal(45002, await Code(http, send, Text(new string('好', 683))));
        Assert.Equal(40007, await Code(http, send, $$$"""{"touser":"{{{Person}}}","msgtype":"image","image":{"media_id":"gone"}}"""));
        Assert.Equal(40003, await Code(http, send, """{"touser":"x y","msgtype":"text","text":{"content":"您好"}}"""));
        Assert.Equal(48001, await Code(http, "message/mass/send?access_token=" + token, "{}"));

        // Five messages after one of theirs, none before, none after they left.
        Assert.Equal(45015, await Code(http, send, Text("您好")));
        await Act(http, new { openId = Person, kind = "text", text = "菜单" });
        for (var i = 0; i < 5; i++) Assert.Equal(0, await Code(http, send, Text("您好")));
        Assert.Equal(45047, await Code(http, send, Text("您好")));
        await Act(http, new { openId = Person, kind = "unfollow" });
        Assert.Equal(43004, await Code(http, send, Text("您好")));
    }

    [Fact]
    public async Task Its_menu_is_the_catalogues_and_can_be_pushed()
    {
        await using var bot = await RunningBot.Start();
        using var http = new HttpClient { BaseAddress = bot.Address };
        var shown = await http.GetStringAsync(new Uri("dev/wechat/phone/sim/menu?staff=false", UriKind.Relative));
        Assert.Contains("report-problem", shown, StringComparison.Ordinal);
        // A setting behind the switch counts as well.
        var (code, lines) = await bot.Command("wechat", "menu", "sim", "--dry-run", $"--urls={bot.Address}");
        Assert.Equal((0, "没有变化。"), (code, lines[^1]));

        var token = (await Call(http, "stable_token", Asking("wx-simulator", "simulator"))).GetProperty("access_token").GetString();
        Assert.Equal(40018, await Code(http, "menu/create?access_token=" + token, """{"button":[{"name":"一二三四五六","type":"click","key":"handoff"}]}"""));
        Assert.Equal(0, await Code(http, "menu/create?access_token=" + token, """{"button":[{"name":"旧的","type":"click","key":"handoff"}]}"""));
        (code, lines) = await bot.Command("wechat", "menu", "sim", $"--urls={bot.Address}");
        Assert.Equal(0, code);
        Assert.Contains("- 1 旧的（click handoff）", lines);
        Assert.StartsWith("已推送", lines[^1], StringComparison.Ordinal);
        Assert.Equal(shown, await http.GetStringAsync(new Uri("dev/wechat/phone/sim/menu?staff=false", UriKind.Relative)));
    }

    [Fact]
    public async Task Wrong_requests_of_the_page_are_refused()
    {
        await using var bot = await RunningBot.Start();
        using var http = new HttpClient { BaseAddress = bot.Address };
        Assert.Equal(HttpStatusCode.BadRequest, await Act(http, new { openId = "x y", kind = "text", text = "您好" }));
        Assert.Equal(HttpStatusCode.BadRequest, await Act(http, new { openId = Person, kind = "shout", text = "您好" }));
        Assert.Equal(HttpStatusCode.BadRequest, await Act(http, new { openId = Person, kind = "text", text = new string('好', 4001) }));
        Assert.Equal(HttpStatusCode.NotFound, await Act(http, new { openId = Person, kind = "text", text = "您好" }, "other"));
        using var large = new ByteArrayContent(new byte[(10 * 1024 * 1024) + 1]);
        using var refused = await http.PostAsync(new Uri("dev/wechat/phone/sim/media", UriKind.Relative), large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        using var nothing = await http.GetAsync(new Uri("dev/wechat/phone/sim/media/none", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private static string Asking(string appId, string secret) =>
        $$"""{"grant_type":"client_credential","appid":"{{appId}}","secret":"{{secret}}","force_refresh":false}""";

    private static string Text(string words) => $$$"""{"touser":"{{{Person}}}","msgtype":"text","text":{"content":"{{{words}}}"}}""";

    private static async Task<HttpStatusCode> Act(HttpClient http, object act, string account = "sim")
    {
        using var answer = await http.PostAsJsonAsync(new Uri($"dev/wechat/phone/{account}/act", UriKind.Relative), act);
        return answer.StatusCode;
    }

    private static async Task<int> Code(HttpClient http, string path, string body) =>
        (await Call(http, path, body)).TryGetProperty("errcode", out var code) ? code.GetInt32() : 0;

    private static async Task<JsonElement> Call(HttpClient http, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("dev/wechat/platform/cgi-bin/" + path, UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }
}
