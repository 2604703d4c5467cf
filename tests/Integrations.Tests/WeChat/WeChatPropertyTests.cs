using System.Buffers;
using System.Diagnostics;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using CsCheck;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using WuShe.Fakes;
using WuShe.Integrations.WeChat;
using Xunit.Abstractions;

namespace WuShe.Integrations.Tests.WeChat;

public class WeChatPropertyTests(ITestOutputHelper output)
{
    private const string Token = "QDG6eK";
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string AppId = "wx5823bf96d3bd56c7";
    private static readonly string[] Marks = ["]]>", "😀", "<a>&amp;", "\r\n", "]]", "&#x1F600;"];
    private static readonly Gen<string> Words = Gen.OneOf(
        Gen.String[Gen.Char['一', '鿿']], Gen.String[Gen.Char[' ', '~']], Gen.Int[0, 5].Select(i => Marks[i]));

    [Fact]
    public void Cipher_reads_what_it_wrote_and_nothing_spoiled() => Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 10_000]).Sample((message, at) =>
    {
        var cipher = new WeChatCipher(Key, AppId);
        var base64 = new byte[cipher.EncryptedLength(message.Length)];
        cipher.Encrypt(message, base64);
        var room = new byte[WeChatCipher.DecryptedRoom(base64.Length)];
        if (!cipher.TryDecrypt(base64, room, out var range) || !room[range].AsSpan().SequenceEqual(message)) return false;
        // A change in the last block reaches padding or receiver.
        var bytes = Convert.FromBase64String(Encoding.ASCII.GetString(base64));
        bytes[^(1 + (at % 16))] ^= 0x55;
        return !cipher.TryDecrypt(Encoding.ASCII.GetBytes(Convert.ToBase64String(bytes)), room, out _);
    });

    [Fact]
    public void Xml_reads_as_the_frameworks_reader_does() => Gen.Select(Words.Array[0, 6], Gen.Int[0, 3]).Sample((parts, form) =>
    {
        var text = string.Concat(parts);
        var inner = form switch
        {
            0 => "<![CDATA[" + text.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal) + "]]>",
            1 => new XText(text).ToString(),
            2 => new XElement("Inner", new XAttribute("a", "1"), text, new XElement("x"), new XComment("c")).ToString(),
            _ => text,
        };
        var xml = $"<?xml version=\"1.0\"?><xml><A>{inner}</A> <B/></xml>";
        XElement? expected = null;
        try
        {
            expected = XElement.Load(XmlReader.Create(new StringReader(xml)), LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
        }

        var read = WeChatXml.TryRead(Encoding.UTF8.GetBytes(xml));
        // Whatever the strict reader takes is read alike; text is compared where elements are leaves.
        return expected is null || (read is not null && (read["A"] == expected.Element("A")!.Value || read.Children[0].Children.Count > 0));
    });

    [Fact]
    public void Xml_of_any_bytes_is_read_or_refused_without_failing() =>
        Gen.OneOf(Gen.Byte.Array[0, 200], Words.Array[0, 8].Select(w => Encoding.UTF8.GetBytes("<xml>" + string.Concat(w))))
            .Sample(bytes => _ = WeChatXml.TryRead(bytes));

    [Fact]
    public void Cut_loses_nothing_and_keeps_the_limit() => Words.Array[0, 400].Sample(parts =>
    {
        var text = WeChatInput.Clean(string.Concat(parts));
        var split = WeChatText.Split(text).ToArray();
        return split.All(p => Encoding.UTF8.GetByteCount(p) <= WeChatText.MaxBytes)
            && string.Concat(split).Replace("\n", "", StringComparison.Ordinal) == text.Replace("\n", "", StringComparison.Ordinal);
    }, iter: 200);

    [Theory]
    [InlineData("Token", "ab", "WeChat:Accounts:main:Token must be 3-32 letters or digits.")]
    [InlineData("Token", "", "WeChat:Accounts:main:Token is missing.")]
    [InlineData("AppId", "", "WeChat:Accounts:main:AppId is missing.")]
    [InlineData("AppSecret", "", "WeChat:Accounts:main:AppSecret is missing.")]
    [InlineData("EncodingAesKey", "short", "WeChat:Accounts:main:EncodingAesKey must be 43 letters or digits.")]
    [InlineData("EncodingAesKey", "", "WeChat:Accounts:main:EncodingAesKey is missing: this mode needs it.")]
    [InlineData("Mode", "Secret", "WeChat:Accounts:main:Mode must be Plain, Compatible or Safe.")]
    [InlineData("ApiBaseUrl", "ftp://x", "WeChat:Accounts:main:ApiBaseUrl must be an absolute http(s) address without a query.")]
    public void Wrong_setting_is_named(string key, string value, string line)
    {
        var settings = new Dictionary<string, string?> { ["AppId"] = AppId, ["AppSecret"] = "s", ["Token"] = Token, ["EncodingAesKey"] = Key, ["Mode"] = "Safe", [key] = value }
            .ToDictionary(s => "WeChat:Accounts:main:" + s.Key, s => s.Value);
        using var services = new ServiceCollection().AddWeChat(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()).BuildServiceProvider();
        var wrong = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptions<WeChatOptions>>().Value);
        Assert.Equal([line], wrong.Failures);
    }

    /// <summary>Prints the cost of one push; asserts only what no machine should miss.</summary>
    [Fact]
    public void Push_and_answer_cost_microseconds()
    {
        var account = new WeChatAccount("main", new WeChatAccountOptions { AppId = AppId, AppSecret = "s", Token = Token, EncodingAesKey = Key });
        var sender = new WeChatSender(Token, Key, AppId);
        const long now = 1_750_000_000;
        var (query, body) = sender.Safe(sender.Text("oABCDEFGHIJKLMNOPQRSTUVWXYZ12", "3栋2单元楼道灯坏了三天了", 24876543210987654, now), now);
        var values = query.Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => p[1]);
        var credentials = new WeChatCredentials(values["signature"], values["msg_signature"], values["timestamp"], values["nonce"], "aes");
        var bytes = Encoding.UTF8.GetBytes(body);
        var answer = new ArrayBufferWriter<byte>(2048);
        const string reply = "请选择问题类别\n1. 公共照明\n2. 排水与下水道\n3. 电梯\n（回复数字就行）";
        double Measure(int rounds)
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < rounds; i++)
            {
                Assert.Equal(WeChatRefusal.None, WeChatDoor.Open(account, credentials, bytes, out var push));
                answer.ResetWrittenCount();
                WeChatAnswer.Write(answer, account, push, reply, "1", DateTimeOffset.UnixEpoch);
            }

            return clock.Elapsed.TotalMicroseconds / rounds;
        }

        Measure(20_000);
        var best = Enumerable.Range(0, 5).Min(_ => Measure(5_000));
        output.WriteLine($"decrypt + parse + encrypt: {best:F1} µs");
        Assert.True(best < 2000);
    }
}
