using System.Globalization;
using System.Text;
using WuShe.Integrations.WeChat;

namespace WuShe.Bot.Simulator;

/// <summary>Packs pushes and opens answers as the platform's side of an account does: signed, and encrypted where its mode says so.</summary>
internal sealed class Envelope(WeChatAccountOptions settings, WeChatMode mode)
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(settings.Token);
    private readonly WeChatCipher? _cipher = settings.EncodingAesKey.Length > 0 ? new WeChatCipher(settings.EncodingAesKey, settings.AppId) : null;

    /// <summary>Query and body of a delivery.</summary>
    public (string Query, string Body) Pack(string xml, string account, string openId, long seconds, string nonce)
    {
        var time = seconds.ToString(CultureInfo.InvariantCulture);
        var query = $"signature={Sign(time, nonce, "")}&timestamp={time}&nonce={nonce}&openid={Uri.EscapeDataString(openId)}";
        if (mode == WeChatMode.Plain) return (query, xml);
        var encrypted = Encrypt(xml);
        query += $"&encrypt_type=aes&msg_signature={Sign(time, nonce, encrypted)}";
        var encrypt = PushXml.Element("Encrypt", encrypted);
        return mode == WeChatMode.Safe
            ? (query, $"<xml>\n{PushXml.Element("ToUserName", account)}{encrypt}</xml>")
            : (query, xml.Replace("</xml>", encrypt + "</xml>", StringComparison.Ordinal));
    }

    /// <summary>
    /// The readable XML of an answer, null for <c>success</c> and an empty body. Throws <see cref="FormatException"/> on what
    /// would make the platform tell the person that the account is out of order.
    /// </summary>
    public string? Open(string answer)
    {
        if (answer is "" or "success") return null;
        if (WeChatXml.TryRead(Encoding.UTF8.GetBytes(answer)) is not { } fields) throw new FormatException("不是 XML");
        if (fields["Encrypt"] is not { } encrypted) return answer;
        if (_cipher is null || fields["MsgSignature"] != Sign(fields["TimeStamp"] ?? "", fields["Nonce"] ?? "", encrypted)) throw new FormatException("签名不对");
        var base64 = Encoding.UTF8.GetBytes(encrypted);
        var room = new byte[WeChatCipher.DecryptedRoom(base64.Length)];
        return _cipher.TryDecrypt(base64, room, out var message) ? Encoding.UTF8.GetString(room[message]) : throw new FormatException("解不开密文");
    }

    private string Encrypt(string xml)
    {
        var message = Encoding.UTF8.GetBytes(xml);
        var base64 = new byte[_cipher!.EncryptedLength(message.Length)];
        return Encoding.ASCII.GetString(base64.AsSpan(0, _cipher.Encrypt(message, base64)));
    }

    private string Sign(string time, string nonce, string encrypted)
    {
        Span<byte> signature = stackalloc byte[WeChatSignature.Size];
        WeChatSignature.Compute(_token, Encoding.UTF8.GetBytes(time), Encoding.UTF8.GetBytes(nonce), Encoding.UTF8.GetBytes(encrypted), signature);
        return Convert.ToHexStringLower(signature);
    }
}
