using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using StackExchange.Redis;
using WuShe.Integrations.WeChat;

namespace WuShe.Bench.Turns;

/// <summary>
/// The encrypted callback in safe mode. What does not change from push to push is made once: the driver shares its core
/// with Redis and PostgreSQL. What the platform pays per message (one cipher, one signature) is paid here too.
/// </summary>
internal sealed class WeChatWire(string run) : IWire
{
    private const string Token = "QDG6eK";
    private const string AesKey = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string AppId = "wx5823bf96d3bd56c7";
    private const string Nonce = "1320562132";
    private const long SecondsKept = 60;
    private static readonly byte[] TokenBytes = Encoding.UTF8.GetBytes(Token);
    private static readonly byte[] NonceBytes = Encoding.UTF8.GetBytes(Nonce);
    private static readonly IOptions<WeChatOptions> Settings = Options.Create(new WeChatOptions
    {
        Accounts = new() { ["bench"] = new() { AppId = AppId, AppSecret = "bench", Token = Token, EncodingAesKey = AesKey, Mode = "Safe" } },
    });

    private static readonly WeChatDoor Door = new(TimeProvider.System, Settings);
    private static readonly WeChatAccount Account = new WeChatAccounts(Settings).All.Single();

    private readonly WeChatCipher _cipher = new(AesKey, AppId);
    private volatile Signed _signed = Signed.At(0);

    public (string Path, string ContentType, ReadOnlyMemory<byte> Body) Push(int resident, long message, string text)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var signed = _signed;
        // A push may be ten minutes old; the signature of query and token is made anew each minute.
        if (now - signed.Seconds > SecondsKept) _signed = signed = Signed.At(now);

        var xml = string.Create(CultureInfo.InvariantCulture,
            $"<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><FromUserName><![CDATA[o{run}-{resident}]]></FromUserName><CreateTime>{now}</CreateTime><MsgType><![CDATA[text]]></MsgType><Content><![CDATA[{text}]]></Content><MsgId>{message}</MsgId></xml>");
        Span<byte> clear = stackalloc byte[1024];
        clear = clear[..Encoding.UTF8.GetBytes(xml, clear)];
        var body = new byte[Before.Length + _cipher.EncryptedLength(clear.Length) + After.Length];
        var encrypted = body.AsSpan(Before.Length, body.Length - Before.Length - After.Length);
        Before.CopyTo(body);
        _cipher.Encrypt(clear, encrypted);
        After.CopyTo(body.AsSpan(body.Length - After.Length));
        Span<byte> signature = stackalloc byte[WeChatSignature.Size];
        WeChatSignature.Compute(TokenBytes, signed.Timestamp, NonceBytes, encrypted, signature);
        return (signed.Path + Convert.ToHexStringLower(signature), "text/xml", body);
    }

    public string ReplyText(ReadOnlyMemory<byte> body)
    {
        var encrypted = body.Span;
        var start = encrypted.IndexOf("<Encrypt><![CDATA["u8);
        if (start < 0) return Encoding.UTF8.GetString(encrypted);
        encrypted = encrypted[(start + 18)..];
        encrypted = encrypted[..encrypted.IndexOf((byte)']')];
        var room = ArrayPool<byte>.Shared.Rent(WeChatCipher.DecryptedRoom(encrypted.Length));
        try
        {
            return _cipher.TryDecrypt(encrypted, room, out var message) ? Encoding.UTF8.GetString(room.AsSpan()[message]) : "(cannot be decrypted)";
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room);
        }
    }

    /// <summary>The yardstick: signature, cipher and XML as the product does them, one GET, one SET, and the encrypted answer.</summary>
    public static async Task BareEcho(HttpContext http, IDatabase redis)
    {
        var query = http.Request.Query;
        var credentials = new WeChatCredentials(query["signature"], query["msg_signature"], query["timestamp"], query["nonce"], query["encrypt_type"]);
        var push = await Open(http, credentials);
        if (push is not { } open)
        {
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        var key = "bare:" + open.Message.From;
        var state = await redis.StringGetAsync(key);
        await redis.StringSetAsync(key, state.IsNull ? new byte[1024] : state);
        var answer = new ArrayBufferWriter<byte>(1024);
        WeChatAnswer.Write(answer, Account, open, open.Message.Content, credentials.Nonce!, TimeProvider.System.GetUtcNow());
        http.Response.ContentType = "application/xml; charset=utf-8";
        http.Response.ContentLength = answer.WrittenCount;
        await http.Response.Body.WriteAsync(answer.WrittenMemory);
    }

    private static async ValueTask<WeChatPush?> Open(HttpContext http, WeChatCredentials credentials)
    {
        if (Door.Check(Account, credentials) != WeChatRefusal.None) return null;
        var reader = http.Request.BodyReader;
        var read = await reader.ReadAtLeastAsync((int)(http.Request.ContentLength ?? 0));
        var refusal = WeChatDoor.Open(Account, credentials, read.Buffer.IsSingleSegment ? read.Buffer.FirstSpan : read.Buffer.ToArray(), out var push);
        reader.AdvanceTo(read.Buffer.End);
        return refusal == WeChatRefusal.None ? push : null;
    }

    private static ReadOnlySpan<byte> Before => "<xml><ToUserName><![CDATA[gh_bench]]></ToUserName><Encrypt><![CDATA["u8;

    private static ReadOnlySpan<byte> After => "]]></Encrypt></xml>"u8;

    /// <summary>The part of the address that one timestamp gives.</summary>
    private sealed record Signed(long Seconds, byte[] Timestamp, string Path)
    {
        public static Signed At(long seconds)
        {
            var timestamp = seconds.ToString(CultureInfo.InvariantCulture);
            var bytes = Encoding.UTF8.GetBytes(timestamp);
            Span<byte> signature = stackalloc byte[WeChatSignature.Size];
            WeChatSignature.Compute(TokenBytes, bytes, NonceBytes, default, signature);
            return new Signed(seconds, bytes,
                $"/wechat/bench?signature={Convert.ToHexStringLower(signature)}&timestamp={timestamp}&nonce={Nonce}&encrypt_type=aes&msg_signature=");
        }
    }
}
