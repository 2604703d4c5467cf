using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WuShe.Bot.Operations;
using WuShe.Bot.Tests.Channels;
using WuShe.Fakes;

namespace WuShe.Bot.Tests.Operations;

/// <summary>The command that tells whoever sets an account up what is missing. The account is good but for what a test says.</summary>
public sealed class WeChatCheckTests : IAsyncLifetime
{
    private const string AppId = "wx5823bf96d3bd56c7";
    private const string Secret = "the-secret-of-the-account";
    private const string Token = "QDG6eK";
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private FakeWeChat _platform = null!;
    private Door _service = null!;

    public async Task InitializeAsync()
    {
        _platform = await FakeWeChat.Start(AppId, Secret);
        _platform.House.HasMenu = true;
        _platform.House.TemplateTitles.Add("报修进度通知");
        _service = await Door.Open(http => Results.Text(http.Request.Query["echostr"].ToString()));
    }

    public async Task DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _service.DisposeAsync();
    }

    [Fact]
    public async Task A_good_account_is_called_good_thing_by_thing()
    {
        var (code, lines) = await Check();
        Assert.Contains("[好] 令牌：能拿到 access_token：AppId、AppSecret 和 IP 白名单都对。", lines);
        Assert.Contains(lines, line => line.StartsWith("[好] 回调：", StringComparison.Ordinal));
        Assert.Contains("[好] 次数：客服消息：今天可以用 100000 次，用了 0 次，还剩 100000 次。", lines);
        Assert.Contains("[好] 模板：1 个：报修进度通知", lines);
        Assert.Contains("[好] 菜单：有菜单。", lines);
        // The test's own address is no public one: that, and nothing else, is to be mended.
        Assert.All(lines.Where(line => line.StartsWith("[要改]", StringComparison.Ordinal)), line => Assert.StartsWith("[要改] 地址：", line));
        Assert.Equal(1, code);
        Assert.DoesNotContain(lines, line => line.Contains(Secret, StringComparison.Ordinal) || line.Contains("tttt", StringComparison.Ordinal));
        // It only looks.
        Assert.DoesNotContain(_platform.Calls, call => call.Contains("send", StringComparison.Ordinal) || call.EndsWith("GET /cgi-bin/token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AppId", "wx0000000000000000", "AppId 不对", "（40013）")]
    [InlineData("AppSecret", "another", "AppSecret 不对", "（40125）")]
    [InlineData("ApiBaseUrl", "http://127.0.0.1:1", "连不上 127.0.0.1", "看看这台服务器能不能上网")]
    public async Task A_wrong_setting_is_named_with_what_to_do(string key, string value, string what, string more)
    {
        var (code, lines) = await Check(($"WeChat:Accounts:main:{key}", value));
        var line = lines.Single(line => line.StartsWith("[要改] 令牌：", StringComparison.Ordinal));
        Assert.Contains(what, line);
        Assert.Contains(more, line);
        Assert.Contains(lines, line => line.Contains("没有令牌，菜单、模板和次数都查不了", StringComparison.Ordinal));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task A_machine_that_is_not_on_the_list_is_told_the_address_to_add()
    {
        _platform.Whitelisted = false;
        var (code, lines) = await Check();
        Assert.Contains(lines, line => line.StartsWith("[要改] 令牌：这台服务器的地址 203.0.113.7 不在 IP 白名单里", StringComparison.Ordinal));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task What_is_not_there_yet_is_told_and_no_fault()
    {
        _platform.House.HasMenu = false;
        _platform.House.TemplateTitles.Clear();
        var (_, lines) = await Check();
        Assert.Contains(lines, line => line.StartsWith("[留意] 菜单：还没有菜单：", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("[留意] 模板：一个模板也没有", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("T0", "thing1", "[好] 模板消息的设置：和公众号里的模板对得上。")]
    [InlineData("T9", "thing1", "[要改] 模板消息的设置：WeChat:Accounts:main:Notices:case-progress:Template：公众号的模板列表里没有这个编号。")]
    [InlineData("T0", "thing2", "[要改] 模板消息的设置：WeChat:Accounts:main:Notices:case-progress:Template 的字段 thing2：模板里没有这个字段。")]
    public async Task Templates_of_the_settings_are_held_against_the_accounts_own(string id, string field, string told)
    {
        const string template = "WeChat:Accounts:main:Notices:case-progress:Template:";
        var (_, lines) = await Check((template + "Id", id), ($"{template}Fields:{field}", "what"));
        Assert.Contains(told, lines);
    }

    [Fact]
    public async Task An_account_without_certification_is_told_so()
    {
        _platform.House.Verified = false;
        var (code, lines) = await Check();
        Assert.Contains(lines, line => line.StartsWith("[要改] 次数：客服消息：这个公众号没有「客服消息」的接口权限", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("[留意] 模板：这种公众号不能发模板消息", StringComparison.Ordinal));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Calls_that_run_out_are_told_before_and_when_they_have()
    {
        _platform.House.Quotas["/cgi-bin/message/custom/send"] = (1000, 950);
        _platform.House.Quotas["/cgi-bin/media/upload"] = (1000, 1000);
        var (_, lines) = await Check();
        Assert.Contains("[留意] 次数：客服消息：今天可以用 1000 次，用了 950 次，还剩 50 次。快用完了。", lines);
        Assert.Contains(lines, line => line.StartsWith("[要改] 次数：上传图片：今天可以用 1000 次，用了 1000 次，还剩 0 次。", StringComparison.Ordinal));
        _platform.House.QuotaUntold = true;
        (_, lines) = await Check();
        Assert.Contains("[留意] 次数：客服消息：微信没有说今天可以用多少次。", lines);
    }

    [Theory]
    [InlineData(404, "那里没有这个公众号")]
    [InlineData(403, "不认这个签名")]
    [InlineData(502, "答话的不是本服务")]
    [InlineData(301, "答话的不是本服务")]
    [InlineData(200, "答话的不是本服务")]
    public async Task A_callback_that_is_not_ours_is_told_by_what_it_answers(int status, string what)
    {
        _service.Answer = _ => Results.Text("somebody else", statusCode: status);
        var (_, lines) = await Check();
        Assert.Contains(lines, line => line.StartsWith("[要改] 回调：", StringComparison.Ordinal) && line.Contains(what, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_callback_of_the_service_is_known_by_its_answer_and_a_wrong_token_by_its_refusal()
    {
        await using var host = await WeChatHost.Start();
        host.Time.SetUtcNow(TimeProvider.System.GetUtcNow());
        (string, string)[] running =
        [
            ("PublicUrl", host.Http.BaseAddress!.ToString()), ("WeChat:Accounts:safe:AppId", AppId), ("WeChat:Accounts:safe:AppSecret", Secret),
            ("WeChat:Accounts:safe:Token", Token), ("WeChat:Accounts:safe:ApiBaseUrl", _platform.BaseUrl),
        ];
        var (_, lines) = await Check("safe", running);
        Assert.Contains(lines, line => line.StartsWith("[好] 回调：", StringComparison.Ordinal));
        (_, lines) = await Check("safe", [.. running, ("WeChat:Accounts:safe:Token", "Another")]);
        Assert.Contains(lines, line => line.StartsWith("[要改] 回调：", StringComparison.Ordinal) && line.Contains("不认这个签名", StringComparison.Ordinal));
        (_, lines) = await Check("main", running[..1]);
        Assert.Contains(lines, line => line.StartsWith("[要改] 回调：", StringComparison.Ordinal) && line.Contains("（404）", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_callback_where_nobody_answers_is_told()
    {
        var (code, lines) = await Check(("PublicUrl", "http://127.0.0.1:1"));
        Assert.Contains(lines, line => line.StartsWith("[要改] 回调：连不上 http://127.0.0.1:1/wechat/main", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("[要改] 地址：微信只访问", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("[要改] 地址：127.0.0.1 从外网访问不到", StringComparison.Ordinal));
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task Readable_messages_are_worth_a_word()
    {
        var (_, lines) = await Check(("WeChat:Accounts:main:Mode", "Plain"));
        Assert.Contains(lines, line => line.StartsWith("[留意] 加密：现在是明文模式", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_accounts_are_looked_at_for_knowing_the_same_person()
    {
        (string, string)[] second = [("WeChat:Accounts:second:AppId", AppId), ("WeChat:Accounts:second:AppSecret", Secret), ("WeChat:Accounts:second:Token", Token)];
        Assert.Contains(await Lines(), line => line.StartsWith("[留意] 同一个人：还没有人关注", StringComparison.Ordinal));
        _platform.House.Followers.Add("oABCDEFGHIJKLMNOPQRSTUVWXYZ12");
        Assert.Contains(await Lines(), line => line.StartsWith("[留意] 同一个人：认不出同一个人：请到微信开放平台", StringComparison.Ordinal));
        _platform.UnionIds["oABCDEFGHIJKLMNOPQRSTUVWXYZ12"] = "oUnion1";
        var good = await Lines();
        Assert.Contains(good, line => line.StartsWith("[好] 同一个人：", StringComparison.Ordinal));
        Assert.DoesNotContain(good, line => line.Contains("oUnion1", StringComparison.Ordinal) || line.Contains("oABC", StringComparison.Ordinal));

        async Task<string[]> Lines() => (await Check(second)).Lines;
    }

    [Fact]
    public async Task An_account_that_is_not_configured_is_told_with_those_that_are()
    {
        var (code, lines) = await Check("lake");
        Assert.Equal((1, "设置里没有叫 lake 的公众号。有：main"), (code, Assert.Single(lines)));
    }

    private Task<(int Code, string[] Lines)> Check(params (string Key, string Value)[] settings) => Check("main", settings);

    private async Task<(int Code, string[] Lines)> Check(string account, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        (string, string)[] all =
        [
            ("PublicUrl", _service.Url), ("WeChat:Accounts:main:AppId", AppId), ("WeChat:Accounts:main:AppSecret", Secret), ("WeChat:Accounts:main:Token", Token),
            ("WeChat:Accounts:main:EncodingAesKey", Key), ("WeChat:Accounts:main:ApiBaseUrl", _platform.BaseUrl), .. settings,
        ];
        foreach (var (key, value) in all) builder.Configuration[key] = value;
        using var said = new StringWriter(CultureInfo.InvariantCulture);
        var code = await WeChatCommand.Run(builder, account, said, said, default);
        return (code, said.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    /// <summary>What stands where the service should be.</summary>
    private sealed class Door(WebApplication app) : IAsyncDisposable
    {
        public Func<HttpContext, IResult> Answer { get; set; } = null!;

        public string Url => app.Urls.First();

        public static async Task<Door> Open(Func<HttpContext, IResult> answer)
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var door = new Door(builder.Build()) { Answer = answer };
            door.Map();
            await door.Start();
            return door;
        }

        public ValueTask DisposeAsync() => app.DisposeAsync();

        private void Map() => app.MapGet("/wechat/main", (Delegate)((HttpContext http) => Answer(http)));

        private Task Start() => app.StartAsync();
    }
}
