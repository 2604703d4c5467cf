using System.Globalization;
using System.Text.Json;
using WuShe.Bot.Tests.Browser;
using WuShe.Bot.Tests.DirectLine;
using WuShe.Fakes;

namespace WuShe.Bot.Tests.Channels;

/// <summary>The real service as its own process with WeCom: the directory is imported, a report becomes a card, and a tap on it claims the case.</summary>
public sealed class WeComStoryTests : IAsyncLifetime
{
    private const string CorpId = "ww5823bf96d3bd56c7";
    private readonly WeComSender _sender = new(WeComHost.Token, WeComHost.Key, CorpId);
    private static readonly HttpClient Http = new();
    private FakeWeCom _platform = null!;
    private RunningBot _bot = null!;

    public async Task InitializeAsync()
    {
        _platform = await FakeWeCom.Start(CorpId);
        _platform.Directory.Units[1] = ("云江区", 0);
        _platform.Directory.Units[2] = ("翠湖社区社工室", 1);
        _platform.Directory.Members["wang"] = new("王伟", [2], "网格员");
        _platform.Directory.Members["LiHong"] = new("李红", [2], "社工");
        _platform.Directory.Members["cook"] = new("厨师", [2], "厨师");
        _bot = await RunningBot.Start(
            ("WeCom:CorpId", CorpId), ("WeCom:ApiBaseUrl", _platform.BaseUrl), ("WeCom:Apps:desk:AgentId", "1000002"), ("WeCom:Apps:desk:Secret", FakeWeCom.Secret),
            ("WeCom:Apps:desk:Token", WeComHost.Token), ("WeCom:Apps:desk:EncodingAesKey", WeComHost.Key), ("WeCom:Bots:group:WebhookUrl", _platform.WebhookUrl));
    }

    public async Task DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _platform.DisposeAsync();
    }

    [Fact]
    public async Task A_report_is_claimed_by_a_tap_on_its_card()
    {
        await Import();
        var service = EmbeddedService.Of(_bot);
        var resident = await service.NewResident();
        await Report(service, resident);

        // Everybody of the room has the card, the group sees a notice of it.
        await Until(() => _platform.Delivered.Count == 2 && _platform.RobotPosts.Count == 1);
        var card = _platform.Delivered.First().Body.GetProperty("template_card");
        var task = card.GetProperty("task_id").GetString()!;
        var key = card.GetProperty("button_list")[0].GetProperty("key").GetString()!;
        Assert.DoesNotContain("501", card.GetRawText(), StringComparison.Ordinal);

        // A stranger's tap does nothing; the grid worker's takes the case, once.
        await Tap("mallory", task, key);
        await Tap("wang", task, key);
        await Tap("LiHong", task, key);
        await Until(() => _platform.Changes.Any(change => change.Body.TryGetProperty("button", out var button) && button.GetProperty("replace_name").GetString() == "已由网格员 王接单"));
        Assert.Equal(["lihong", "wang"], _platform.Changes.First().People.Order());
        Assert.Contains(_platform.Delivered, d => d.To[0] == "LiHong" && d.Type == "text" && d.Body.GetRawText().Contains("网格员 王", StringComparison.Ordinal));

        await Hears(service, resident, "由网格员 王接单了");
    }

    private async Task Import()
    {
        var (code, lines) = await _bot.Command("wecom", "import");
        Assert.Equal(0, code);
        Assert.Contains(lines, line => line.StartsWith("绑定 wang", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("新增 LiHong：社工 李红，翠湖社区社工室", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("跳过 cook", StringComparison.Ordinal));
        Assert.Contains("预演", lines[^1], StringComparison.Ordinal);
        (code, lines) = await _bot.Command("wecom", "import", "--apply");
        Assert.Equal((0, "新增 1，绑定 1，调整 0，解除 0，跳过 1。已经改好。"), (code, lines[^1]));
        (_, lines) = await _bot.Command("wecom", "import");
        Assert.StartsWith("新增 0，绑定 0，", lines[^1], StringComparison.Ordinal);
        (code, lines) = await _bot.Command("wecom", "bind", "admin", "wang");
        Assert.Equal((1, "「wang」已经是另一位工作人员的账号。"), (code, Assert.Single(lines)));
    }

    private static async Task Report(EmbeddedService service, Pass resident)
    {
        await service.Say(resident, "翠湖苑3栋2单元501门口的楼道灯坏了三天了");
        await Hears(service, resident, "请您核对");
        await service.Say(resident, "确认提交");
        await Hears(service, resident, "收到了，编号");
    }

    private static Task Hears(EmbeddedService service, Pass resident, string part) =>
        Until(async () => (await service.After(resident)).Activities.Any(a => Said(a).Contains(part, StringComparison.Ordinal)));

    private Task<Dictionary<string, string>?> Tap(string user, string task, string key)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var push = _sender.App(_sender.Tap(user, task, key, _platform.NewResponseCode(), now), now, Random.Shared.Next().ToString(CultureInfo.InvariantCulture));
        return _sender.Send(Http, new Uri(_bot.Address, "wecom/desk").AbsoluteUri, push);
    }

    private static string Said(JsonElement activity) => activity.TryGetProperty("text", out var text) ? text.GetString() ?? "" : "";

    private static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    private static async Task Until(Func<Task<bool>> condition)
    {
        for (var i = 0; i < 300 && !await condition(); i++) await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        Assert.True(await condition());
    }
}
