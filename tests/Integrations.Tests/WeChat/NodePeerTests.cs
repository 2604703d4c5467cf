using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml.Linq;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeCom;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>
/// What we encrypt is opened by packages of other people, and what they encrypt by us: answers and pushes of an Official
/// Account, of a WeCom app and of an AI bot, whose receiver is empty (which <c>wechat-crypto</c> does not know).
/// </summary>
public class NodePeerTests
{
    private const string Token = "QDG6eK";
    private const string Id = "wx5823bf96d3bd56c7";
    private const string Nonce = "1372623149";
    private const string PageUrl = "https://bot.example.org/case/1?a=b";
    private const string Ticket = "kgt8ON7yVITDhtdwci0qeQ";

    /// <summary>The official sample, whose last character has spare bits that are not zero, and one without.</summary>
    private static readonly string[] Keys = ["jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFA"];

    private static readonly FakeTimeProvider Time = new(DateTimeOffset.FromUnixTimeSeconds(1_772_413_200));

    private static readonly string[] Parts = ["楼道灯", "😀", "a", "]]>", "&amp;<b>", " ", "Ω"];

    /// <summary>Of all lengths of padding, and long ones.</summary>
    private static readonly string[] Words =
        [.. Enumerable.Range(1, 70).Select(length => string.Concat(Enumerable.Range(0, length).Select(i => Parts[(i * length) % Parts.Length]))), new string('灯', 5000)];

    [SkippableTheory]
    [InlineData("@wecom/crypto", "account")]
    [InlineData("@wecom/crypto", "app")]
    [InlineData("@wecom/crypto", "bot")]
    [InlineData("wechat-crypto", "account")]
    [InlineData("wechat-crypto", "app")]
    public async Task Each_opens_what_the_other_encrypted(string package, string kind)
    {
        Skip.IfNot(await NodePeers.AreThere(), "there is no node");
        foreach (var key in Keys)
        {
            var door = new Door(kind, key);
            var pushes = Words.Select(door.Push).ToArray();
            var answer = await NodePeers.Ask(package, new(Token, key, door.Receiver, Seconds, Nonce, [.. Words.Select(door.Answer)], pushes, new(PageUrl, Ticket)));

            Assert.Equal(Words, answer.Opened.Select(opened => door.Said(opened.Message)));
            Assert.All(answer.Opened, opened => Assert.Equal(door.Receiver, opened.Receiver));
            Assert.Equal(pushes.Select(door.Said), answer.Pushed.Select(pushed => door.Open(pushed, answer.Plain)));
            Assert.Equal("Cipher", door.Open(answer.Foreign, answer.Plain));
            Assert.Equal("Signature", door.Open(answer.Foreign with { Encrypted = answer.Pushed[0].Encrypted }, answer.Plain));
            Assert.Equal(answer.Page, WeChatSignature.OfPage(Ticket, Nonce, Seconds, PageUrl));
        }
    }

    private static string Seconds => Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>Our side of a callback: writes answers, and opens pushes or says why not.</summary>
    private sealed class Door
    {
        private readonly string _kind;
        private readonly WeChatSender _sender;
        private readonly WeChatAccount _account;
        private readonly WeComKeys _keys;

        public Door(string kind, string key)
        {
            (_kind, Receiver) = (kind, kind == "bot" ? "" : Id);
            _sender = new WeChatSender(Token, key, Receiver);
            _account = new WeChatAccount("main", new WeChatAccountOptions { AppId = Id, Token = Token, EncodingAesKey = key, Mode = "Safe" });
            _keys = WeComKeys.Of(Token, key, "", Receiver)!;
        }

        public string Receiver { get; }

        /// <summary>A push before it is encrypted.</summary>
        public string Push(string words) => _kind == "bot" ? words : _sender.Text("wangwei", words, 7, Time.GetUtcNow().ToUnixTimeSeconds());

        /// <summary>The whole body of an encrypted answer.</summary>
        public string Answer(string words)
        {
            var now = Time.GetUtcNow();
            if (_kind == "bot") return Encoding.UTF8.GetString(WeComAnswer.Json(_keys, _keys.Cipher, Encoding.UTF8.GetBytes(words), Nonce, now));
            var body = new ArrayBufferWriter<byte>();
            var push = new WeChatMessage(WeChatXml.TryRead(Encoding.UTF8.GetBytes(Push("好")))!);
            if (_kind == "app") WeComAnswer.Xml(body, _keys, _keys.Cipher, push, words, Nonce, now);
            else WeChatAnswer.Write(body, _account, new WeChatPush(push, _account.Cipher), words, Nonce, now);
            return Encoding.UTF8.GetString(body.WrittenSpan);
        }

        /// <summary>The words in a message, read by a parser that is not ours.</summary>
        public string Said(string message) => _kind == "bot" ? message : XDocument.Parse(message).Root!.Element("Content")!.Value;

        public string Open(PeerPushed pushed, string plainSignature)
        {
            if (_kind == "account")
            {
                var credentials = new WeChatCredentials(plainSignature, pushed.Signature, Seconds, Nonce, "aes");
                var account = new WeChatDoor(Time, Options.Create(new WeChatOptions()));
                var refused = account.Check(_account, credentials);
                if (refused != WeChatRefusal.None) return "the plain signature: " + refused;
                refused = WeChatDoor.Open(_account, credentials, Encoding.UTF8.GetBytes(_sender.Envelope(pushed.Encrypted)), out var push);
                return refused == WeChatRefusal.None ? push.Message.Content : refused.ToString();
            }

            var door = new WeComDoor(Time, Options.Create(new WeComOptions()));
            var why = door.Open(_keys, new WeComCredentials(pushed.Signature, Seconds, Nonce), pushed.Encrypted, out var opened);
            return why == WeChatRefusal.None ? Said(Encoding.UTF8.GetString(opened.Clear)) : why.ToString();
        }
    }
}
