using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using WuShe.Fakes;
using WuShe.Services.Common.StaffChat;

namespace WuShe.Bot.Tests.Channels;

public sealed class WeComEndpointTests(OneRedis redis) : IClassFixture<OneRedis>, IAsyncLifetime
{
    private WeComHost _host = null!;

    public async Task InitializeAsync() => _host = await WeComHost.Start(redis);

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Verification_answers_what_was_encrypted_and_nothing_else()
    {
        foreach (var (path, sender) in new[] { ("/wecom/desk", _host.App), ("/wecom/helper", _host.Bot) })
        {
            var answer = await Get(path, sender.Verification("1616140317555161061", _host.Now));
            Assert.Equal("1616140317555161061"u8.ToArray(), await answer.Content.ReadAsByteArrayAsync());
            var wrong = await Get(path, sender.Verification("1616", _host.Now).Replace("nonce=1", "nonce=2", StringComparison.Ordinal));
            Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        }
    }

    [Theory]
    [InlineData("none")]
    [InlineData("quiet")]
    [InlineData("group")]
    public async Task What_is_not_called_back_is_not_found(string name)
    {
        Assert.Equal(HttpStatusCode.NotFound, (await Get("/wecom/" + name, _host.App.Verification("1", _host.Now))).StatusCode);
        var (query, body) = _host.App.App(_host.App.Wire.Text("WangWei", "好", 1, _host.Now), _host.Now);
        Assert.Equal(HttpStatusCode.NotFound, (await Post($"/wecom/{name}?{query}", body)).StatusCode);
    }

    [Fact]
    public async Task Words_of_staff_go_to_the_desk_and_the_answer_back()
    {
        var answer = await _host.Push(_host.App.Wire.Text("wangwei", "  接]]> 0007😀\u0007 ", 7, _host.Now));
        Assert.Equal("收到：接]]> 0007😀", answer!["Content"]);
        Assert.Equal(("wangwei", _host.CorpId), (answer["ToUserName"], answer["FromUserName"]));
        Assert.Equal("网格员 王", Assert.Single(_host.Desk.Words).By.Name);
    }

    [Fact]
    public async Task Words_of_others_get_one_sentence()
    {
        var answer = await _host.Push(_host.App.Wire.Text("stranger", "接 0007", 7, _host.Now));
        Assert.Contains("不在工作人员名单", answer!["Content"], StringComparison.Ordinal);
        Assert.Empty(_host.Desk.Words);
    }

    [Fact]
    public async Task A_tap_is_acted_on_once_and_the_person_told()
    {
        var tap = _host.App.Tap("WangWei", "260302-0001_v3", "claim:260302-0001", _host.Platform.NewResponseCode(), _host.Now);
        Assert.Null(await _host.Push(tap));
        Assert.Null(await _host.Push(tap));
        var heard = Assert.Single(_host.Desk.Taps);
        Assert.Equal(("260302-0001", "claim:260302-0001", "网格员 王"), (heard.CardId, heard.Key, heard.By.Name));
        var told = Assert.Single(_host.Platform.Delivered);
        Assert.Equal(("WangWei", "收到：claim:260302-0001"), (told.To.Single(), told.Body.GetProperty("text").GetProperty("content").GetString()));
        Assert.True(await redis.Connection.GetDatabase().KeyExistsAsync(CodeKey("260302-0001_v3")));
    }

    [Fact]
    public async Task A_tap_replayed_under_a_new_signature_is_still_the_same_tap()
    {
        var tap = _host.App.Tap("WangWei", "260302-0001_v3", "claim:260302-0001", _host.Platform.NewResponseCode(), _host.Now);
        await _host.Push(tap);
        _host.Time.Advance(TimeSpan.FromHours(20));
        await _host.Push(tap);
        Assert.Single(_host.Desk.Taps);
        var old = _host.App.App(tap, _host.Now - 7200);
        Assert.Equal(HttpStatusCode.Forbidden, (await Post("/wecom/desk?" + old.Query, old.Body)).StatusCode);
    }

    [Fact]
    public async Task A_tap_of_a_stranger_is_refused_and_reported()
    {
        await _host.Push(_host.App.Tap("stranger", "260302-0001_v3", "claim:260302-0001", "RC", _host.Now));
        Assert.Empty(_host.Desk.Taps);
        Assert.Equal(new StrangersTap("企业微信", "stranger", "260302-0001"), Assert.Single(_host.Desk.Strangers));
        Assert.Contains("没有生效", Assert.Single(_host.Platform.Delivered).Body.GetProperty("text").GetProperty("content").GetString(), StringComparison.Ordinal);
        // Nor does the card change by a code that came with it.
        Assert.False(await redis.Connection.GetDatabase().KeyExistsAsync(CodeKey("260302-0001_v3")));
    }

    public static TheoryData<string> BadInputs =>
    [
        "no-signature", "wrong-signature", "stale", "early", "malformed-time", "no-time", "other-corp", "bot-to-app", "broken-padding", "bad-base64", "not-ascii",
        "short-cipher", "length-too-long", "plain", "dtd", "not-xml", "empty", "too-large", "json-to-app", "xml-to-bot", "bot-no-encrypt", "bot-number", "bot-deep",
    ];

    [Theory]
    [MemberData(nameof(BadInputs))]
    public async Task Bad_input_is_refused_alike(string what)
    {
        var (path, (query, body)) = Bad(what);
        var response = await Post($"{path}?{query}", body);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("forbidden", await response.Content.ReadAsStringAsync());
        Assert.Empty(_host.Desk.Words);
        Assert.Single(_host.Log.Lines, l => l.Level >= LogLevel.Warning);
        Assert.DoesNotContain(_host.Log.Lines, l => l.Text.Contains("机密", StringComparison.Ordinal) || l.Text.Contains("msg_signature=", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/wecom/desk", "这不是 XML 机密")]
    [InlineData("/wecom/desk", "<!DOCTYPE xml><xml></xml>")]
    [InlineData("/wecom/desk", "<xml><a></xml>")]
    [InlineData("/wecom/desk", "")]
    [InlineData("/wecom/helper", "{")]
    [InlineData("/wecom/helper", "[]")]
    [InlineData("/wecom/helper", "{} {}")]
    [InlineData("/wecom/helper", "<xml></xml>")]
    public async Task Right_cipher_around_rubbish_is_acknowledged_and_nothing_else(string path, string inside)
    {
        var push = path == "/wecom/desk" ? _host.App.App(inside, _host.Now) : _host.Bot.Bot(inside, _host.Now);
        var response = await Post($"{path}?{push.Query}", push.Body);
        Assert.Equal((HttpStatusCode.OK, ""), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Empty(_host.Desk.Words);
    }

    [Fact]
    public async Task Unknown_kinds_are_acknowledged()
    {
        foreach (var name in new[] { "enter_agent", "LOCATION", "view", "change_contact", "something_new", "template_card_menu_event" })
            Assert.Null(await _host.Push(_host.App.Wire.Event("WangWei", name, _host.Now)));
        Assert.Null(await _host.Push(_host.App.Wire.Message("WangWei", _host.Now, "notsure", "<MsgId>1</MsgId>")));
        Assert.Null(await _host.Push(_host.App.Wire.Text("sys", "好", 1, _host.Now)));
        Assert.Contains("只看得懂文字", (await _host.Push(_host.App.Wire.Message("WangWei", _host.Now, "image", "<MediaId>m</MediaId><MsgId>2</MsgId>")))!["Content"], StringComparison.Ordinal);
        Assert.Empty(_host.Desk.Words);
    }

    [Fact]
    public async Task A_menu_key_is_said()
    {
        Assert.Equal("收到：我的", (await _host.Push(_host.App.Wire.Event("WangWei", "click", _host.Now, "我的")))!["Content"]);
    }

    [Fact]
    public async Task A_push_under_the_previous_key_is_answered_with_it()
    {
        var old = new WeComSender(WeComHost.Token, WeComHost.OldKey, _host.CorpId);
        var answer = await old.Send(_host.Http, "/wecom/desk", old.App(old.Wire.Text("WangWei", "好", 1, _host.Now), _host.Now));
        Assert.Equal("收到：好", answer!["Content"]);
    }

    [Fact]
    public async Task A_redelivery_while_running_waits_for_the_first()
    {
        var gate = new TaskCompletionSource<StaffAnswer>();
        _host.Desk.Answer = _ => gate.Task;
        var xml = _host.App.Wire.Text("WangWei", "我的", 11, _host.Now);
        var first = _host.Push(xml);
        await Until(() => !_host.Desk.Words.IsEmpty);
        var second = _host.Push(xml);
        gate.SetResult(new StaffAnswer("两件"));
        Assert.Equal(("两件", "两件"), ((await first)!["Content"], (await second)!["Content"]));
        Assert.Single(_host.Desk.Words);
    }

    [Fact]
    public async Task An_act_that_fails_is_tried_again_with_the_next_delivery()
    {
        _host.Desk.Answer = _ => throw new InvalidOperationException("The database is away.");
        var xml = _host.App.Wire.Text("WangWei", "我的", 12, _host.Now);
        await Assert.ThrowsAsync<HttpRequestException>(() => _host.Push(xml));
        _host.Desk.Answer = _ => Task.FromResult(new StaffAnswer("两件"));
        Assert.Equal("两件", (await _host.Push(xml))!["Content"]);
    }

    [Fact]
    public async Task A_late_answer_follows_as_a_message()
    {
        var gate = new TaskCompletionSource<StaffAnswer>();
        _host.Desk.Answer = _ => gate.Task;
        var push = _host.Push(_host.App.Wire.Text("WangWei", "我的", 13, _host.Now));
        await Until(() => !_host.Desk.Words.IsEmpty);
        await WaitOut(push);
        Assert.Null(await push);
        gate.SetResult(new StaffAnswer("两件"));
        await Until(() => !_host.Platform.Delivered.IsEmpty);
        Assert.Equal("两件", _host.Platform.Delivered.Single().Body.GetProperty("text").GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_direct_answer_keeps_to_the_limit_of_a_text()
    {
        _host.Desk.Answer = _ => Task.FromResult(new StaffAnswer(new string('件', 2000)));
        var answer = await _host.Push(_host.App.Wire.Text("WangWei", "我的", 21, _host.Now));
        Assert.InRange(Encoding.UTF8.GetByteCount(answer!["Content"]), 2040, 2048);
    }

    private string CodeKey(string task) => $"wushe:wecom:{_host.CorpId}:code-desk:{task}";

    private (string Path, (string Query, string Body) Push) Bad(string what)
    {
        var (sender, now) = (_host.App, _host.Now);
        var xml = sender.Wire.Text("WangWei", "机密", 1, now);
        var good = sender.App(xml, now);
        (string, string) Cipher(string encrypted) => (sender.Query(encrypted, now, "1"), $"<xml><Encrypt>{encrypted}</Encrypt></xml>");
        (string, string) Padded(Action<byte[]> spoil)
        {
            var clear = WeChatSender.Pack(Encoding.UTF8.GetBytes(xml), _host.CorpId);
            spoil(clear);
            return Cipher(sender.Wire.EncryptRaw(clear));
        }

        return what switch
        {
            "no-signature" => ("/wecom/desk", (good.Query.Replace("msg_signature", "signature", StringComparison.Ordinal), good.Body)),
            "wrong-signature" => ("/wecom/desk", (good.Query, sender.App(xml, now).Body)),
            "stale" => ("/wecom/desk", sender.App(xml, now - 601)),
            "early" => ("/wecom/desk", sender.App(xml, now + 601)),
            "malformed-time" => ("/wecom/desk", (good.Query.Replace("timestamp=", "timestamp=x", StringComparison.Ordinal), good.Body)),
            "no-time" => ("/wecom/desk", (good.Query.Replace("timestamp=", "x=", StringComparison.Ordinal), good.Body)),
            "other-corp" => ("/wecom/desk", new WeComSender(WeComHost.Token, WeComHost.Key, "wwother").App(xml, now)),
            "bot-to-app" => ("/wecom/desk", _host.Bot.App(xml, now)),
            "broken-padding" => ("/wecom/desk", Padded(clear => clear[^2] ^= 0x40)),
            "bad-base64" => ("/wecom/desk", Cipher("!!!!")),
            "not-ascii" => ("/wecom/desk", Cipher("这不是")),
            "short-cipher" => ("/wecom/desk", Cipher(Convert.ToBase64String(new byte[16]))),
            "length-too-long" => ("/wecom/desk", Padded(clear => clear[16] = 0xFF)),
            "plain" => ("/wecom/desk", (good.Query, xml)),
            "dtd" => ("/wecom/desk", (good.Query, "<!DOCTYPE xml>" + good.Body)),
            "not-xml" => ("/wecom/desk", (good.Query, "机密")),
            "empty" => ("/wecom/desk", (good.Query, "")),
            "too-large" => ("/wecom/desk", sender.App(sender.Wire.Text("WangWei", new string('机', 30_000), 1, now), now)),
            "json-to-app" => ("/wecom/desk", sender.Bot("{}", now)),
            "xml-to-bot" => ("/wecom/helper", _host.Bot.App(xml, now)),
            "bot-no-encrypt" => ("/wecom/helper", (_host.Bot.Bot("{}", now).Query, """{"msgid":"机密"}""")),
            "bot-number" => ("/wecom/helper", (_host.Bot.Bot("{}", now).Query, """{"encrypt":1}""")),
            _ => ("/wecom/helper", (_host.Bot.Bot("{}", now).Query, string.Concat(Enumerable.Repeat("{\"a\":", 50)) + "1" + new string('}', 50))),
        };
    }

    private async Task WaitOut(Task push)
    {
        while (!push.IsCompleted)
        {
            _host.Time.Advance(TimeSpan.FromSeconds(4.5));
            await Task.WhenAny(push, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }
    }

    private Task<HttpResponseMessage> Get(string path, string query) => _host.Http.GetAsync(new Uri($"{path}?{query}", UriKind.Relative));

    private Task<HttpResponseMessage> Post(string path, string body) => _host.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body));

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Assert.True(condition());
    }
}
