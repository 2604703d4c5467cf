using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.WeCom;

/// <summary>What the query string of a callback says about itself.</summary>
public readonly record struct WeComCredentials(string? MsgSignature, string? Timestamp, string? Nonce);

/// <summary>What a callback said once it was opened, and the cipher its answer needs.</summary>
public readonly record struct WeComOpened(byte[] Clear, WeChatCipher Cipher);

/// <summary>Lets in what the platform sent and nothing else. Order: signature over the ciphertext, age, cipher. Whatever is in it is read afterwards.</summary>
public sealed class WeComDoor(TimeProvider time, IOptions<WeComOptions> options)
{
    private readonly TimeSpan _window = options.Value.TimestampWindow;

    /// <summary>Opens a ciphertext: the <c>echostr</c> of a verification, or the <c>Encrypt</c> of a push.</summary>
    public WeChatRefusal Open(WeComKeys keys, in WeComCredentials credentials, string? encrypted, out WeComOpened opened)
    {
        opened = default;
        if (encrypted is null or { Length: 0 }) return WeChatRefusal.NotEncrypted;
        if (!Ascii.IsValid(encrypted)) return WeChatRefusal.Cipher;
        var base64 = Encoding.ASCII.GetBytes(encrypted);
        if (!WeChatSignature.Matches(keys.Token, credentials.Timestamp, credentials.Nonce, base64, credentials.MsgSignature)) return WeChatRefusal.Signature;
        if (!IsFresh(credentials.Timestamp)) return WeChatRefusal.Timestamp;
        var room = new byte[WeChatCipher.DecryptedRoom(base64.Length)];
        foreach (var cipher in keys.Previous is null ? new[] { keys.Cipher } : [keys.Cipher, keys.Previous])
        {
            if (!cipher.TryDecrypt(base64, room, out var message)) continue;
            opened = new(room[message], cipher);
            return WeChatRefusal.None;
        }

        return WeChatRefusal.Cipher;
    }

    /// <summary>The ciphertext in the XML body of a push to an app; null when there is none.</summary>
    public static string? InXml(ReadOnlySpan<byte> body) => WeChatXml.TryRead(body)?["Encrypt"]?.Trim();

    /// <summary>The ciphertext in the JSON body of a push to an AI bot; null when there is none.</summary>
    public static string? InJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 4 });
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("encrypt", out var encrypt) && encrypt.ValueKind == JsonValueKind.String
                ? encrypt.GetString()
                : null;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // InvalidOperation: a string with half a surrogate pair.
            return null;
        }
    }

    private bool IsFresh(string? timestamp) =>
        timestamp is { Length: <= 11 } && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= _window;
}
