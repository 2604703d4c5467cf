using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Tests.Channels;

public sealed class WeChatEndpointTests : IAsyncLifetime
{
    private WeChatHost _host = null!;

    public async Task InitializeAsync() => _host = await WeChatHost.Start();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Verification_echoes_and_nothing_else()
    {
        var echo = "43751209+/=48";
        Assert.Equal(echo, await _host.Http.GetStringAsync(new Uri("/wechat/safe?" + _host.Sender.Verification(echo, _host.Now), UriKind.Relative)));
        var wrong = await _host.Http.GetAsync(new Uri("/wechat/safe?" + _host.Sender.Verification(echo, _host.Now).Replace("nonce=1", "nonce=2", StringComparison.Ordinal), UriKind.Relative));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync(new Uri("/wechat/none?" + _host.Sender.Verification(echo, _host.Now), UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("compatible")]
    [InlineData("safe")]
    public async Task Text_is_answered_in_each_mode(string mode)
    {
        var xml = _host.Sender.Text(WeChatHost.OpenId, "路灯]]>坏了😀", 7, _host.Now);
        var push = mode switch
        {
            "plain" => _host.Sender.Plain(xml, _host.Now),
            "compatible" => _host.Sender.Compatible(xml, _host.Now, readable: _host.Sender.Text(WeChatHost.OpenId, "forged", 8, _host.Now)),
            _ => _host.Sender.Safe(xml, _host.Now),
        };
        var answer = await _host.Sender.Send(_host.Http, "/wechat/" + mode, push);
        Assert.Equal("收到：路灯]]>坏了😀", answer!["Content"]);
        Assert.Equal((WeChatHost.OpenId, _host.Sender.Account), (answer["ToUserName"], answer["FromUserName"]));
        Assert.Equal(new ConversationId("wechat." + mode, WeChatHost.OpenId), _host.Turns.Ran.Single().Conversation);
    }

    [Fact]
    public async Task Push_under_the_previous_key_is_answered_with_it()
    {
        var old = new WeChatSender(WeChatHost.Token, WeChatHost.OldKey, WeChatHost.AppId);
        var answer = await old.Send(_host.Http, "/wechat/safe", old.Safe(old.Text(WeChatHost.OpenId, "好", 1, _host.Now), _host.Now));
        Assert.Equal("收到：好", answer!["Content"]);
    }

    public static TheoryData<string> BadInputs =>
    [
        "no-signature", "wrong-signature", "no-msg-signature", "wrong-msg-signature", "stale", "early", "malformed-time", "no-time",
        "other-appid", "broken-padding", "bad-base64", "short-cipher", "length-too-long", "safe-without-encrypt", "compatible-without-encrypt",
        "plain-with-aes", "dtd", "dtd-inside", "not-xml", "empty", "too-large", "too-large-chunked", "too-deep",
    ];

    [Theory]
    [MemberData(nameof(BadInputs))]
    public async Task Bad_input_is_refused_alike(string what)
    {
        var (account, push) = Bad(what);
        var content = what == "too-large-chunked" ? new StreamContent(new Unsized(push.Body)) : (HttpContent)new StringContent(push.Body);
        var response = await _host.Http.PostAsync(new Uri($"/wechat/{account}?{push.Query}", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("forbidden", await response.Content.ReadAsStringAsync());
        Assert.Empty(_host.Turns.Ran);
        Assert.Single(_host.Log.Lines, l => l.Level >= LogLevel.Warning);
        Assert.DoesNotContain(_host.Log.Lines, l => l.Text.Contains("机密", StringComparison.Ordinal) || l.Text.Contains("signature=", StringComparison.Ordinal));
    }

    private (string Account, (string Query, string Body) Push) Bad(string what)
    {
        var (sender, now) = (_host.Sender, _host.Now);
        var xml = sender.Text(WeChatHost.OpenId, "机密", 1, now);
        var safe = sender.Safe(xml, now);
        var plain = sender.Plain(xml, now);
        (string, string) Cipher(string encrypted) => (sender.SignedEncrypted(encrypted, now, "1"), sender.Envelope(encrypted));
        (string, string) Padded(Action<byte[]> spoil)
        {
            var clear = WeChatSender.Pack(Encoding.UTF8.GetBytes(xml), WeChatHost.AppId);
            spoil(clear);
            return Cipher(sender.EncryptRaw(clear));
        }

        return what switch
        {
            "no-signature" => ("plain", (plain.Query[(plain.Query.IndexOf('&', StringComparison.Ordinal) + 1)..], plain.Body)),
            "wrong-signature" => ("plain", ("signature=" + new string('0', 40) + plain.Query[plain.Query.IndexOf('&', StringComparison.Ordinal)..], plain.Body)),
            "no-msg-signature" => ("safe", (safe.Query.Replace("msg_signature", "x", StringComparison.Ordinal), safe.Body)),
            "wrong-msg-signature" => ("safe", (safe.Query, sender.Envelope(sender.Encrypt(xml)))),
            "stale" => ("plain", sender.Plain(xml, now - 601)),
            "early" => ("safe", sender.Safe(xml, now + 601)),
            "malformed-time" => ("plain", ($"signature={sender.Sign("17x", "1")}&timestamp=17x&nonce=1", xml)),
            "no-time" => ("plain", ($"signature={sender.Sign("1")}&nonce=1", xml)),
            "other-appid" => ("safe", new WeChatSender(WeChatHost.Token, WeChatHost.Key, "wxother").Safe(xml, now)),
            "broken-padding" => ("safe", Padded(clear => clear[^2] ^= 0x40)),
            "bad-base64" => ("safe", Cipher("这不是")),
            "short-cipher" => ("safe", Cipher(Convert.ToBase64String(new byte[16]))),
            "length-too-long" => ("safe", Padded(clear => clear[16] = 0xFF)),
            "safe-without-encrypt" => ("safe", (safe.Query, xml)),
            "compatible-without-encrypt" => ("compatible", plain),
            "plain-with-aes" => ("plain", safe),
            "dtd" => ("plain", (plain.Query, "<!DOCTYPE xml [<!ENTITY a \"机密\">]>" + xml)),
            "dtd-inside" => ("safe", sender.Safe("<!DOCTYPE xml>" + xml, now)),
            "not-xml" => ("plain", (plain.Query, "{\"机密\":1}")),
            "empty" => ("plain", (plain.Query, "")),
            "too-deep" => ("plain", (plain.Query, string.Concat(Enumerable.Repeat("<a>", 50)) + string.Concat(Enumerable.Repeat("</a>", 50)))),
            _ => ("plain", sender.Plain(sender.Text(WeChatHost.OpenId, new string('机', 30_000), 1, now), now)),
        };
    }

    [Fact]
    public async Task Unknown_kinds_are_acknowledged()
    {
        foreach (var type in new[] { "notsure", "" })
            Assert.Null(await Push(_host.Sender.Message(WeChatHost.OpenId, _host.Now, type, "<Content>x</Content><MsgId>1</MsgId>")));
        foreach (var name in new[] { "VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "something_new", "CLICK" })
            Assert.Null(await Push(_host.Sender.Event(WeChatHost.OpenId, name, _host.Now)));
        Assert.Empty(_host.Turns.Ran);
    }

    [Fact]
    public async Task Messages_become_what_they_mean()
    {
        await Push(Message("image", "<MediaId>M1</MediaId>", 1));
        await Push(Message("voice", "<MediaId>M2</MediaId><Recognition>灯坏了</Recognition>", 2));
        await Push(Message("voice", "<MediaId>M2</MediaId><Recognition></Recognition>", 3));
        await Push(Message("location", "<Location_X>31.2</Location_X><Location_Y>121.4</Location_Y><Label>人民大道1号</Label>", 4));
        await Push(Message("link", "<Title>通知</Title><Url>https://example.org/1</Url>", 5));
        await Push(Message("video", "<MediaId>M3</MediaId>", 6));
        await Push(Message("text", "<Content>1\u0007\u0001</Content><bizmsgmenuid>7</bizmsgmenuid>", 7));
        var inputs = _host.Turns.Ran.Select(t => t.Input).ToArray();
        Assert.Equal(WuShe.Services.Common.IInboundMedia.RefFor("wechat:safe:M1"), inputs[0].Attachments.Single());
        Assert.Equal("wechat:safe:M1", Assert.Single(_host.Ports.Expected));
        Assert.Equal("灯坏了", inputs[1].Text);
        Assert.Equal((InputKind.Unusable, "语音"), (inputs[2].Kind, inputs[2].Text));
        Assert.Equal(new SentLocation(new GeoPoint(31.2, 121.4, Datum.Gcj02), "人民大道1号"), inputs[3].Location);
        Assert.Equal("通知\nhttps://example.org/1", inputs[4].Text);
        Assert.Equal((InputKind.Unusable, "视频"), (inputs[5].Kind, inputs[5].Text));
        Assert.Equal("1", inputs[6].Text);
    }

    [Theory]
    [InlineData("subscribe", "", InputKind.Joined, null, null)]
    [InlineData("subscribe", "qrscene_1000", InputKind.Joined, null, null)]
    [InlineData("subscribe", "last_trade_no_1", InputKind.Joined, null, null)]
    [InlineData("subscribe", "qrscene_volunteer:a-12", InputKind.Opened, "volunteer", "a-12")]
    [InlineData("SCAN", "report-problem:b12-u3", InputKind.Opened, "report-problem", "b12-u3")]
    [InlineData("scan", "1000", InputKind.Joined, null, null)]
    [InlineData("CLICK", "report-problem", InputKind.Opened, "report-problem", null)]
    [InlineData("CLICK", "查进度", InputKind.Said, null, null)]
    public async Task Events_open_what_they_name(string name, string key, InputKind kind, string? opens, string? argument)
    {
        Assert.NotNull(await Push(_host.Sender.Event(WeChatHost.OpenId, name, _host.Now, key)));
        var input = _host.Turns.Ran.Single().Input;
        Assert.Equal((kind, opens, argument), (input.Kind, input.Opens, input.Argument));
        if (kind == InputKind.Said) Assert.Equal(key, input.Text);
    }

    [Fact]
    public async Task Results_of_the_platforms_own_work_are_shown_to_who_keeps_them_and_answered_with_nothing()
    {
        Assert.Null(await Push(_host.Sender.Event(WeChatHost.OpenId, "MASSSENDJOBFINISH", _host.Now)));
        Assert.Equal(["safe masssendjobfinish"], _host.Ports.Reported);
        Assert.Empty(_host.Turns.Ran);
    }

    [Fact]
    public async Task Following_and_leaving_are_noted()
    {
        await Push(_host.Sender.Event(WeChatHost.OpenId, "subscribe", _host.Now));
        Assert.Null(await Push(_host.Sender.Event(WeChatHost.OpenId, "unsubscribe", _host.Now)));
        Assert.Equal(["+wechat.safe:" + WeChatHost.OpenId, "-wechat.safe:" + WeChatHost.OpenId], _host.Ports.Followers);
    }

    [Fact]
    public async Task Redelivery_while_running_is_answered_alike_and_acted_on_once()
    {
        var gate = new TaskCompletionSource<IReadOnlyList<Message>>();
        _host.Turns.Answer = _ => gate.Task;
        var first = _host.Say("报修", 11);
        await Until(() => !_host.Turns.Ran.IsEmpty);
        var second = _host.Say("报修", 11);
        gate.SetResult([new Message("请选择") { Options = ["路灯", "电梯"] }]);
        Assert.Equal("请选择\n1. 路灯\n2. 电梯\n（回复数字就行）", (await first)!["Content"]);
        Assert.Equal((await first)!["Content"], (await second)!["Content"]);
        Assert.Single(_host.Turns.Ran);
    }

    [Fact]
    public async Task Late_replies_are_owed_and_settled()
    {
        var gate = new TaskCompletionSource<IReadOnlyList<Message>>();
        _host.Turns.Answer = _ => gate.Task;
        var push = _host.Say("报修", 12);
        await Until(() => !_host.Turns.Ran.IsEmpty);
        while (!push.IsCompleted)
        {
            _host.Time.Advance(TimeSpan.FromSeconds(4.5));
            await Task.WhenAny(push, Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System));
        }

        Assert.Null(await push);
        Assert.Empty(_host.Ports.Owed);
        gate.SetResult([new Message("已登记")]);
        await Until(() => !_host.Turns.Settled.IsEmpty);
        Assert.Equal("已登记", Assert.Single(_host.Ports.Owed).Replies.Single().Text);

        // Sent again, it is acknowledged: what it says is under way and would be heard twice.
        Assert.Null(await _host.Say("报修", 12));
        Assert.All(_host.Ports.Owed, owed => Assert.Equal("12", owed.Turn.MessageId.Split(':')[^1]));
    }

    [Fact]
    public async Task What_takes_longer_than_a_second_is_shown_and_what_does_not_is_not()
    {
        var gate = new TaskCompletionSource<IReadOnlyList<Message>>();
        await _host.Say("您好", 14);
        Assert.Empty(_host.Ports.Waiting);
        _host.Turns.Answer = _ => gate.Task;
        var push = _host.Say("报修", 15);
        await Until(() => _host.Turns.Ran.Count == 2);
        await Until(() =>
        {
            _host.Time.Advance(TimeSpan.FromSeconds(1));
            return !_host.Ports.Waiting.IsEmpty;
        });
        gate.SetResult([new Message("已登记")]);
        await push;
        Assert.Equal([WeChatHost.OpenId], _host.Ports.Waiting);
        Assert.Equal(["text", "text"], _host.Ports.Acts);
    }

    [Fact]
    public async Task What_a_person_says_or_presses_is_told_to_those_who_could_not_reach_them()
    {
        await _host.Say("您好");
        await Push(_host.Sender.Event(WeChatHost.OpenId, "CLICK", _host.Now, "report-problem"));
        await Until(() => _host.Ports.Spoken.Count == 2);
        // A position report opens no window.
        await Push(_host.Sender.Event(WeChatHost.OpenId, "LOCATION", _host.Now));
        await _host.Say("您好", 2);
        await Until(() => _host.Ports.Spoken.Count == 3);
    }

    [Fact]
    public async Task Turn_goes_on_when_the_platform_hangs_up()
    {
        var gate = new TaskCompletionSource<IReadOnlyList<Message>>();
        _host.Turns.Answer = _ => gate.Task;
        using var hangUp = new CancellationTokenSource();
        var push = _host.Sender.Safe(_host.Sender.Text(WeChatHost.OpenId, "报修", 13, _host.Now), _host.Now);
        var first = _host.Sender.Send(_host.Http, "/wechat/safe", push, hangUp.Token);
        await Until(() => !_host.Turns.Ran.IsEmpty);
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.SetResult([new Message("已登记")]);
        Assert.Equal("已登记", (await _host.Say("报修", 13))!["Content"]);
        Assert.Single(_host.Turns.Ran);
    }

    [Fact]
    public async Task What_does_not_fit_follows()
    {
        var text = string.Concat(Enumerable.Repeat("楼道灯😀", 300));
        _host.Turns.Answer = _ => Task.FromResult<IReadOnlyList<Message>>([new Message(text), new Message("好了") { Picture = new("p1") }]);
        var head = (await _host.Say("长"))!["Content"];
        Assert.InRange(Encoding.UTF8.GetByteCount(head), 2040, WeChatText.MaxBytes);
        var later = Assert.Single(_host.Ports.Owed).Replies;
        Assert.Equal(text + "\n\n好了", head + later[0].Text);
        Assert.Equal("p1", later[1].Picture!.Value.Id);
    }

    [Fact]
    public async Task Nothing_to_say_is_a_bare_success()
    {
        _host.Turns.Answer = _ => Task.FromResult<IReadOnlyList<Message>>([]);
        var response = await _host.Post("safe", _host.Sender.Safe(_host.Sender.Text(WeChatHost.OpenId, "好", 1, _host.Now), _host.Now));
        Assert.Equal("success", await response.Content.ReadAsStringAsync());
    }

    private Task<Dictionary<string, string>?> Push(string xml) => _host.Sender.Send(_host.Http, "/wechat/safe", _host.Sender.Safe(xml, _host.Now));

    private string Message(string type, string elements, int id) =>
        _host.Sender.Message(WeChatHost.OpenId, _host.Now, type, $"{elements}<MsgId>{id}</MsgId>");

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 500 && !condition(); i++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Assert.True(condition());
    }
}
