using System.Text;
using System.Text.Json;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.Tests.WeChat;

/// <summary>Every entry of <c>crypto_vectors.json</c> has the result it names.</summary>
public class ConformanceCryptoTests
{
    private static readonly Dictionary<string, JsonElement> Vectors = Load("vectors");
    private static readonly Dictionary<string, JsonElement> Unverified = Load("unverified");

    public static TheoryData<string> Ids => [.. Vectors.Keys];

    public static TheoryData<string> UnverifiedIds => [.. Unverified.Keys];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Vector(string id)
    {
        var vector = Vectors[id];
        var negative = vector.TryGetProperty("negative", out var n) && n.GetBoolean();
        switch (Text(vector, "kind"))
        {
            case "url_signature":
                Assert.Equal(!negative, Signed(vector, "signature", ""));
                break;
            case "msg_signature":
                Assert.Equal(!negative, Signed(vector, "msg_signature", Text(vector, "encrypt")));
                break;
            case "decrypt" or "url_verify_echostr":
                Decrypts(vector, negative);
                break;
            case "encrypt_fixed_random":
                Encrypts(vector);
                break;
            case "jsapi_signature":
                Assert.Equal(Text(vector, "signature"), WeChatSignature.OfPage(
                    Text(vector, "jsapi_ticket"), Text(vector, "noncestr"), Text(vector, "timestamp"), Text(vector, "url")));
                break;
            default:
                Assert.Fail("No check for this kind.");
                break;
        }
    }

    /// <summary>What the set could not verify is still input: neither its signature nor its cipher may be believed.</summary>
    [Theory]
    [MemberData(nameof(UnverifiedIds))]
    public void Unverified_is_refused(string id)
    {
        var vector = Unverified[id];
        Assert.False(Signed(vector, "msg_signature", Text(vector, "encrypt")));
        var cipher = new WeChatCipher(Text(vector, "encoding_aes_key"), Text(vector, "receive_id"));
        var base64 = Encoding.UTF8.GetBytes(Text(vector, "encrypt"));
        Assert.False(cipher.TryDecrypt(base64, new byte[WeChatCipher.DecryptedRoom(base64.Length)], out _));
    }

    private static bool Signed(JsonElement vector, string signature, string encrypted) => WeChatSignature.Matches(
        Encoding.UTF8.GetBytes(Text(vector, "token")), Text(vector, "timestamp"), Text(vector, "nonce"), Encoding.UTF8.GetBytes(encrypted), Text(vector, signature));

    private static void Decrypts(JsonElement vector, bool negative)
    {
        var encrypted = Text(vector, "encrypt");
        if (vector.TryGetProperty("msg_signature", out _)) Assert.True(Signed(vector, "msg_signature", encrypted));
        var cipher = new WeChatCipher(Text(vector, "encoding_aes_key"), Text(vector, "receive_id"));
        var base64 = Encoding.UTF8.GetBytes(encrypted);
        var room = new byte[WeChatCipher.DecryptedRoom(base64.Length)];
        var opened = cipher.TryDecrypt(base64, room, out var message);
        Assert.Equal(!negative, opened);
        if (negative) return;
        Assert.Equal(Text(vector, "plaintext"), Encoding.UTF8.GetString(room[message]));
        Assert.Equal(vector.GetProperty("plaintext_bytes").GetInt32(), room[message].Length);
        Assert.Equal(Text(vector, "decrypted_random_16"), Encoding.Latin1.GetString(room[..16]));
    }

    private static void Encrypts(JsonElement vector)
    {
        var cipher = new WeChatCipher(Text(vector, "encoding_aes_key"), Text(vector, "receive_id"));
        var message = Encoding.UTF8.GetBytes(Text(vector, "plaintext"));
        var base64 = new byte[cipher.EncryptedLength(message.Length)];
        var written = cipher.Encrypt(message, Encoding.UTF8.GetBytes(Text(vector, "random_16")), base64);
        Assert.Equal(Text(vector, "encrypt"), Encoding.UTF8.GetString(base64, 0, written));
        if (vector.TryGetProperty("msg_signature", out _)) Assert.True(Signed(vector, "msg_signature", Text(vector, "encrypt")));
    }

    private static string Text(JsonElement vector, string name) => vector.GetProperty(name).GetString()!;

    private static Dictionary<string, JsonElement> Load(string set)
    {
        using var file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "WeChat", "Conformance", "crypto_vectors.json"));
        return JsonDocument.Parse(file).RootElement.GetProperty(set).EnumerateArray().ToDictionary(v => v.GetProperty("id").GetString()!);
    }
}
