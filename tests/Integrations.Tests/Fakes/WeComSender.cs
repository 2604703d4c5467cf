using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace WuShe.Fakes;

/// <summary>
/// The platform's half of a callback: builds encrypted pushes of an app (XML) or an AI bot (JSON, for nobody in particular)
/// and reads the answers.
/// </summary>
public sealed class WeComSender(string token, string encodingAesKey, string corpId)
{
    private readonly WeChatSender _wire = new(token, encodingAesKey, corpId, corpId);
    private readonly byte[] _key = Convert.FromBase64String(encodingAesKey[..^1] + Last(encodingAesKey[^1]) + "=");

    /// <summary>The parts below that <see cref="WeChatSender"/> has for every platform: messages, encryption, signatures.</summary>
    public WeChatSender Wire => _wire;

    /// <summary>A verification request's query: its echo is encrypted.</summary>
    public string Verification(string echo, long time, string nonce = "1597212914")
    {
        var encrypted = _wire.Encrypt(echo);
        return $"{Query(encrypted, time, nonce)}&echostr={Uri.EscapeDataString(encrypted)}";
    }

    /// <summary>A push to an app.</summary>
    public (string Query, string Body) App(string xml, long time, string nonce = "1597212914")
    {
        var encrypted = _wire.Encrypt(xml);
        return (Query(encrypted, time, nonce), $"<xml><ToUserName><![CDATA[{corpId}]]></ToUserName><AgentID>{FakeWeCom.AgentId}</AgentID><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>");
    }

    /// <summary>A push to an AI bot.</summary>
    public (string Query, string Body) Bot(string json, long time, string nonce = "1597212914")
    {
        var encrypted = _wire.Encrypt(json);
        return (Query(encrypted, time, nonce), JsonSerializer.Serialize(new { encrypt = encrypted }));
    }

    /// <summary>The event of a tap on a card's button.</summary>
    public string Tap(string userId, string taskId, string key, string responseCode, long time) => _wire.Message(
        userId, time, "event",
        $"<Event><![CDATA[template_card_event]]></Event><EventKey><![CDATA[{key}]]></EventKey><TaskId><![CDATA[{taskId}]]></TaskId><CardType><![CDATA[button_interaction]]></CardType>"
        + $"<ResponseCode><![CDATA[{responseCode}]]></ResponseCode><AgentID>{FakeWeCom.AgentId}</AgentID>");

    public string Query(string encrypted, long time, string nonce) => FormattableString.Invariant(
        $"msg_signature={_wire.Sign(time.ToString(System.Globalization.CultureInfo.InvariantCulture), nonce, encrypted)}&timestamp={time}&nonce={nonce}");

    /// <summary>Posts a push to an app and reads the answer; null for none.</summary>
    public async Task<Dictionary<string, string>?> Send(HttpClient http, string callback, (string Query, string Body) push) =>
        _wire.ReadAnswer(await Post(http, callback, push, "text/xml"));

    /// <summary>Posts a push to an AI bot and reads the answer; null for none.</summary>
    public async Task<JsonElement?> Ask(HttpClient http, string callback, (string Query, string Body) push)
    {
        var body = await Post(http, callback, push, "application/json");
        return body.Length == 0 ? null : Read(JsonDocument.Parse(body).RootElement);
    }

    private JsonElement Read(JsonElement envelope)
    {
        var encrypted = envelope.GetProperty("encrypt").GetString()!;
        var time = envelope.GetProperty("timestamp").ToString();
        if (envelope.GetProperty("msgsignature").GetString() != _wire.Sign(time, envelope.GetProperty("nonce").GetString()!, encrypted))
            throw new InvalidDataException("The answer's signature is wrong.");
        using var aes = Aes.Create();
        aes.Key = _key;
        var clear = aes.DecryptCbc(Convert.FromBase64String(encrypted), _key.AsSpan(0, 16), PaddingMode.None);
        var length = BinaryPrimitives.ReadInt32BigEndian(clear.AsSpan(16));
        if (clear.Length - clear[^1] - 20 - length != Encoding.UTF8.GetByteCount(corpId)) throw new InvalidDataException("The answer is for somebody else.");
        return JsonDocument.Parse(clear.AsMemory(20, length)).RootElement;
    }

    private static async Task<string> Post(HttpClient http, string callback, (string Query, string Body) push, string type)
    {
        using var content = new StringContent(push.Body, Encoding.UTF8, type);
        using var response = await http.PostAsync(new Uri($"{callback}?{push.Query}", UriKind.RelativeOrAbsolute), content);
        var body = await response.Content.ReadAsStringAsync();
        return response.StatusCode == HttpStatusCode.OK ? body : throw new HttpRequestException($"The callback refused: {(int)response.StatusCode} {body}", null, response.StatusCode);
    }

    private static char Last(char last)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        return alphabet[alphabet.IndexOf(last, StringComparison.Ordinal) & ~3];
    }
}
