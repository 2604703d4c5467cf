using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace WuShe.Fakes;

/// <summary>
/// The platform's half of the callback: builds signed pushes in each mode and reads the answers. Shares no code with the
/// product and needs no test package, so that the benchmark and the end-to-end test can use the same file.
/// </summary>
public sealed class WeChatSender(string token, string encodingAesKey, string appId, string account = "gh_0123456789ab")
{
    private readonly byte[] _key = encodingAesKey.Length == 0 ? [] : Key(encodingAesKey);

    /// <summary>The account's original id, <c>ToUserName</c> of every push.</summary>
    public string Account { get; } = account;

    /// <summary>A text message as XML.</summary>
    public string Text(string openId, string words, long msgId, long time) =>
        Message(openId, time, "text", $"<Content>{CData(words)}</Content><MsgId>{msgId.ToString(CultureInfo.InvariantCulture)}</MsgId>");

    /// <summary>An event as XML.</summary>
    public string Event(string openId, string name, long time, string eventKey = "") =>
        Message(openId, time, "event", $"<Event>{CData(name)}</Event><EventKey>{CData(eventKey)}</EventKey>");

    /// <summary>Any message; <paramref name="elements"/> is XML.</summary>
    public string Message(string openId, long time, string type, string elements) =>
        $"<xml><ToUserName>{CData(Account)}</ToUserName><FromUserName>{CData(openId)}</FromUserName>" +
        $"<CreateTime>{time.ToString(CultureInfo.InvariantCulture)}</CreateTime><MsgType>{CData(type)}</MsgType>{elements}</xml>";

    /// <summary>The verification request's query.</summary>
    public string Verification(string echo, long time, string nonce = "1320562132") => $"{Credentials(time, nonce)}&echostr={Uri.EscapeDataString(echo)}";

    /// <summary>A push in plain mode: query and body.</summary>
    public (string Query, string Body) Plain(string xml, long time, string nonce = "1320562132") =>
        ($"{Credentials(time, nonce)}&openid={Uri.EscapeDataString(From(xml))}", xml);

    /// <summary>A push in safe mode: only the encrypted copy.</summary>
    public (string Query, string Body) Safe(string xml, long time, string nonce = "1320562132")
    {
        var encrypted = Encrypt(xml);
        return (SignedEncrypted(encrypted, time, nonce) + "&openid=" + Uri.EscapeDataString(From(xml)), Envelope(encrypted));
    }

    /// <summary>A push in compatible mode: readable, and encrypted.</summary>
    public (string Query, string Body) Compatible(string xml, long time, string nonce = "1320562132", string? readable = null)
    {
        var encrypted = Encrypt(xml);
        var body = (readable ?? xml).Replace("</xml>", $"<Encrypt>{CData(encrypted)}</Encrypt></xml>", StringComparison.Ordinal);
        return (SignedEncrypted(encrypted, time, nonce) + "&openid=" + Uri.EscapeDataString(From(xml)), body);
    }

    /// <summary>The body of a safe push around a ciphertext.</summary>
    public string Envelope(string encrypted) => $"<xml><ToUserName>{CData(Account)}</ToUserName><Encrypt>{CData(encrypted)}</Encrypt></xml>";

    /// <summary>The query of every request.</summary>
    public string Credentials(long time, string nonce)
    {
        var at = time.ToString(CultureInfo.InvariantCulture);
        return $"signature={Sign(at, nonce)}&timestamp={at}&nonce={nonce}";
    }

    /// <summary>The query of an encrypted push.</summary>
    public string SignedEncrypted(string encrypted, long time, string nonce)
    {
        var at = time.ToString(CultureInfo.InvariantCulture);
        return $"{Credentials(time, nonce)}&encrypt_type=aes&msg_signature={Sign(at, nonce, encrypted)}";
    }

    /// <summary>Hex SHA-1 of the sorted parts with the token.</summary>
    public string Sign(params string[] parts)
    {
        string[] all = [token, .. parts];
        Array.Sort(all, StringComparer.Ordinal);
#pragma warning disable CA5350 // Fixed by the protocol.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(string.Concat(all))));
#pragma warning restore CA5350
    }

    public string Encrypt(string xml) => EncryptRaw(Pack(Encoding.UTF8.GetBytes(xml), appId));

    /// <summary>Encrypts bytes that are padded already (or wrongly).</summary>
    public string EncryptRaw(byte[] padded)
    {
        using var aes = Aes.Create();
        aes.Key = _key;
        return Convert.ToBase64String(aes.EncryptCbc(padded, _key.AsSpan(0, 16), PaddingMode.None));
    }

    /// <summary>Random, length, message, receiver, padding to 32.</summary>
    public static byte[] Pack(byte[] message, string receiver)
    {
        var id = Encoding.UTF8.GetBytes(receiver);
        var filled = 20 + message.Length + id.Length;
        var clear = new byte[filled + 32 - (filled % 32)];
        RandomNumberGenerator.Fill(clear.AsSpan(0, 16));
        BinaryPrimitives.WriteInt32BigEndian(clear.AsSpan(16), message.Length);
        message.CopyTo(clear, 20);
        id.CopyTo(clear, 20 + message.Length);
        clear.AsSpan(filled).Fill((byte)(clear.Length - filled));
        return clear;
    }

    /// <summary>
    /// Reads an answer as the platform would: null for <c>success</c> and an empty body, else the passive message's elements.
    /// Throws on what would make the platform tell the person that the account is out of service.
    /// </summary>
    public Dictionary<string, string>? ReadAnswer(string body)
    {
        if (body is "" or "success") return null;
        var fields = Elements(body);
        if (!fields.TryGetValue("Encrypt", out var encrypted)) return fields;
        if (fields["MsgSignature"] != Sign(fields["TimeStamp"], fields["Nonce"], encrypted)) throw new InvalidDataException("The answer's signature is wrong.");
        using var aes = Aes.Create();
        aes.Key = _key;
        var clear = aes.DecryptCbc(Convert.FromBase64String(encrypted), _key.AsSpan(0, 16), PaddingMode.None);
        var padding = clear[^1];
        if (padding is 0 or > 32 || clear.Length % 32 != 0) throw new InvalidDataException("The answer's padding is wrong.");
        var length = BinaryPrimitives.ReadInt32BigEndian(clear.AsSpan(16));
        if (Encoding.UTF8.GetString(clear.AsSpan(20 + length, clear.Length - padding - 20 - length)) != appId)
            throw new InvalidDataException("The answer is for another account.");
        return Elements(Encoding.UTF8.GetString(clear, 20, length));
    }

    /// <summary>Posts a push and reads the answer.</summary>
    public async Task<Dictionary<string, string>?> Send(HttpClient http, string callback, (string Query, string Body) push, CancellationToken ct = default)
    {
        using var content = new StringContent(push.Body, Encoding.UTF8, "text/xml");
        using var response = await http.PostAsync(new Uri($"{callback}?{push.Query}", UriKind.RelativeOrAbsolute), content, ct);
        if (response.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"The callback refused: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync(ct)}", null, response.StatusCode);
        return ReadAnswer(await response.Content.ReadAsStringAsync(ct));
    }

    private static Dictionary<string, string> Elements(string xml)
    {
        using var reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return XElement.Load(reader).Elements().ToDictionary(e => e.Name.LocalName, e => e.HasElements ? string.Concat(e.Elements()) : e.Value);
    }

    private static string From(string xml)
    {
        const string open = "<FromUserName><![CDATA[";
        var start = xml.IndexOf(open, StringComparison.Ordinal);
        return start < 0 ? "" : xml[(start + open.Length)..xml.IndexOf("]]>", start, StringComparison.Ordinal)];
    }

    private static string CData(string text) => $"<![CDATA[{text.Replace("]]>", "]]]]><![CDATA[>", StringComparison.Ordinal)}]]>";

    /// <summary>The last character's two spare bits may be set; a strict decoder wants them clear.</summary>
    private static byte[] Key(string encodingAesKey)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return Convert.FromBase64String(encodingAesKey[..^1] + alphabet[alphabet.IndexOf(encodingAesKey[^1], StringComparison.Ordinal) & ~3] + "=");
    }
}
