using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using WuShe.Integrations.WeChat;

namespace WuShe.Integrations.WeCom;

/// <summary>Writes the encrypted direct answer to a push.</summary>
public static class WeComAnswer
{
    /// <summary>A text message to whoever wrote to an app.</summary>
    public static void Xml(IBufferWriter<byte> output, WeComKeys keys, WeChatCipher cipher, WeChatMessage message, string text, string nonce, DateTimeOffset now) =>
        WeChatAnswer.Write(output, keys.Token, cipher, message, text, nonce, now);

    /// <summary>JSON to an AI bot's push.</summary>
    public static byte[] Json(WeComKeys keys, WeChatCipher cipher, ReadOnlySpan<byte> clear, string nonce, DateTimeOffset now)
    {
        var encrypted = new byte[cipher.EncryptedLength(clear.Length)];
        cipher.Encrypt(clear, encrypted);
        var seconds = now.ToUnixTimeSeconds();
        var time = Encoding.ASCII.GetBytes(seconds.ToString(CultureInfo.InvariantCulture));
        Span<byte> signature = stackalloc byte[WeChatSignature.Size];
        WeChatSignature.Compute(keys.Token, time, Encoding.UTF8.GetBytes(nonce), encrypted, signature);
        var envelope = new WeComEnvelope(Encoding.ASCII.GetString(encrypted), Convert.ToHexStringLower(signature), seconds, nonce);
        return JsonSerializer.SerializeToUtf8Bytes(envelope, WeComJson.Relaxed.WeComEnvelope);
    }
}
