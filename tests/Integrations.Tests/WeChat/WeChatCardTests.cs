using System.Buffers;
using System.Text;
using System.Xml.Linq;
using CsCheck;
using WuShe.Dialogs;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Links as cards: in the direct answer and as customer-service news.</summary>
public sealed class WeChatCardTests
{
    private const string Token = "QDG6eK";
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string AppId = "wx5823bf96d3bd56c7";
    private const long Now = 1_750_000_000;
    private static readonly WeChatAccount Account = new("main", new WeChatAccountOptions { AppId = AppId, AppSecret = "s", Token = Token, EncodingAesKey = Key });
    private static readonly MessageLink Link = new("路灯不亮", "编号 261128-0001", "my/cases/261128-0001");

    [Fact]
    public void A_card_needs_a_public_address_and_a_message_that_is_nothing_but_words()
    {
        var cards = new WeChatCards("https://shequ.example/");
        var message = new Message("路灯不亮，正在办") { Link = Link };
        Assert.Equal(new WeChatCard("路灯不亮", "编号 261128-0001", "https://shequ.example/my/cases/261128-0001?account=main"), cards.Of(Account, message));
        Assert.NotNull(cards.Of(Account, [message]));
        Assert.Null(cards.Of(Account, [message, "再说一句"]));
        Assert.Null(cards.Of(Account, message with { Options = ["好"] }));
        Assert.Null(cards.Of(Account, message with { Picture = new AttachmentRef("p") }));
        Assert.Null(cards.Of(Account, new Message("没有链接")));
        Assert.Null(new WeChatCards(null).Of(Account, message));
        Assert.Null(new WeChatCards("").Of(Account, message));
    }

    [Fact]
    public void Any_words_of_a_card_arrive_as_they_are_in_plain_and_in_safe_mode()
    {
        var plain = new WeChatAccount("main", new WeChatAccountOptions { AppId = AppId, AppSecret = "s", Token = Token, Mode = "Plain" });
        var words = Gen.OneOf([Gen.String[Gen.Char.AlphaNumeric, 0, 100], .. new[] { "", "]]>", "]]]]>>", "<b>&amp;", "路灯😀不亮\n第二行", "]]" }.Select(Gen.Const)]);
        Gen.Select(words, words, words).Sample((title, line, url) =>
        {
            foreach (var account in new[] { Account, plain })
            {
                var answer = Answer(account, new WeChatCard(title, line, "https://shequ.example/" + url));
                Assert.Equal(("news", "1", "oPerson_1"), (answer["MsgType"], answer["ArticleCount"], answer["ToUserName"]));
                var item = XElement.Parse(answer["Articles"]);
                Assert.Equal(
                    (title, line, "https://shequ.example/" + url), (item.Element("Title")!.Value, item.Element("Description")!.Value, item.Element("Url")!.Value));
            }
        }, iter: 200);
    }

    [SkippableFact]
    public async Task Outside_the_direct_answer_it_goes_as_news_of_one_article()
    {
        Skip.If(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS")), "WUSHE_TEST_REDIS is not set.");
        var appId = "wx" + Guid.NewGuid().ToString("N")[..16];
        await using var platform = await FakeWeChat.Start(appId, WeChatInstance.Secret);
        await using var redis = await StackExchange.Redis.ConnectionMultiplexer.ConnectAsync(Environment.GetEnvironmentVariable("WUSHE_TEST_REDIS")!);
        await using var one = WeChatInstance.Start(redis, platform, appId, TimeProvider.System, ("PublicUrl", "https://shequ.example"));
        platform.Spoke("oPerson_1");
        var outcome = await one.Channel.Deliver(new ConversationId("wechat.main", "oPerson_1"), appId, [new Message("\"路灯\"不亮") { Link = Link }, "好"], default);
        Assert.Equal(Services.Common.DeliveryResult.Delivered, outcome.Result);
        Assert.Equal(
            [("news", "路灯不亮\n编号 261128-0001\nhttps://shequ.example/my/cases/261128-0001?account=main"), ("text", "好")],
            platform.Delivered.Select(delivery => (delivery.Type, delivery.Text)));
    }

    private static Dictionary<string, string> Answer(WeChatAccount account, WeChatCard card)
    {
        var sender = new WeChatSender(Token, Key, AppId);
        var xml = sender.Text("oPerson_1", "查进度", 1, Now);
        var (query, body) = account.Mode == WeChatMode.Plain ? sender.Plain(xml, Now) : sender.Safe(xml, Now);
        var values = query.Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        var credentials = new WeChatCredentials(
            values["signature"], values.GetValueOrDefault("msg_signature"), values["timestamp"], values["nonce"], values.GetValueOrDefault("encrypt_type"));
        Assert.Equal(WeChatRefusal.None, WeChatDoor.Open(account, credentials, Encoding.UTF8.GetBytes(body), out var push));
        var answer = new ArrayBufferWriter<byte>();
        WeChatAnswer.Write(answer, account, push, "", "1", DateTimeOffset.UnixEpoch, card);
        return sender.ReadAnswer(Encoding.UTF8.GetString(answer.WrittenSpan))!;
    }
}
