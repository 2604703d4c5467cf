using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;

namespace WuShe.Integrations.WeChat;

/// <summary>Why a request at the door was refused. For the log; the answer is the same for all.</summary>
public enum WeChatRefusal
{
    None,
    Signature,
    Timestamp,
    TooLarge,
    NotXml,
    NotEncrypted,
    Cipher,

    /// <summary>Rightly signed and encrypted, but no message: from the platform, and nothing to be done about it.</summary>
    Unreadable,
}

/// <summary>What the query string says about itself.</summary>
public readonly record struct WeChatCredentials(string? Signature, string? MsgSignature, string? Timestamp, string? Nonce, string? EncryptType);

/// <summary>A push that is what it says: the message, and the cipher its answer needs.</summary>
public readonly record struct WeChatPush(WeChatMessage Message, WeChatCipher? Cipher);

/// <summary>Lets in what the platform sent and nothing else. Order: signature, age, ciphertext's signature, cipher, XML.</summary>
public sealed class WeChatDoor(TimeProvider time, IOptions<WeChatOptions> options)
{
    private readonly TimeSpan _window = options.Value.TimestampWindow;

    /// <summary>What can be checked before the body is read.</summary>
    public WeChatRefusal Check(WeChatAccount account, in WeChatCredentials credentials)
    {
        if (!WeChatSignature.Matches(account.Token, credentials.Timestamp, credentials.Nonce, default, credentials.Signature))
            return WeChatRefusal.Signature;
        if (credentials.Timestamp is not { Length: <= 11 } text
            || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return WeChatRefusal.Timestamp;
        var age = time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds);
        return age.Duration() > _window ? WeChatRefusal.Timestamp : WeChatRefusal.None;
    }

    /// <summary>Opens a body whose request passed <see cref="Check"/>.</summary>
    public static WeChatRefusal Open(WeChatAccount account, in WeChatCredentials credentials, ReadOnlySpan<byte> body, out WeChatPush push)
    {
        push = default;
        if (body.Length > WeChatXml.MaxBytes) return WeChatRefusal.TooLarge;
        if (account.Mode == WeChatMode.Plain && credentials.EncryptType is null or "" or "raw") return OpenPlain(body, out push);
        if (account.Cipher is null || account.Mode == WeChatMode.Plain) return WeChatRefusal.NotEncrypted;
        if (WeChatXml.TryRead(body) is not { } outer) return WeChatRefusal.NotXml;
        // The plain signature does not cover the body: without Encrypt anybody who saw one could say anything.
        if (outer["Encrypt"]?.Trim() is not { Length: > 0 } encrypt) return WeChatRefusal.NotEncrypted;
        var buffer = ArrayPool<byte>.Shared.Rent(2 * encrypt.Length);
        try
        {
            if (!Ascii.IsValid(encrypt)) return WeChatRefusal.Cipher;
            var encrypted = buffer.AsSpan(0, Encoding.UTF8.GetBytes(encrypt, buffer));
            if (!WeChatSignature.Matches(account.Token, credentials.Timestamp, credentials.Nonce, encrypted, credentials.MsgSignature))
                return WeChatRefusal.Signature;
            return OpenEncrypted(account, encrypted, buffer.AsSpan(encrypted.Length), out push);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static WeChatRefusal OpenPlain(ReadOnlySpan<byte> body, out WeChatPush push)
    {
        push = default;
        if (WeChatXml.TryRead(body) is not { } fields) return WeChatRefusal.NotXml;
        push = new(new WeChatMessage(fields), null);
        return WeChatRefusal.None;
    }

    private static WeChatRefusal OpenEncrypted(WeChatAccount account, ReadOnlySpan<byte> encrypted, Span<byte> room, out WeChatPush push)
    {
        push = default;
        var cipher = account.Cipher;
        if (!cipher!.TryDecrypt(encrypted, room, out var message))
        {
            cipher = account.PreviousCipher;
            if (cipher is null || !cipher.TryDecrypt(encrypted, room, out message)) return WeChatRefusal.Cipher;
        }

        if (WeChatXml.TryRead(room[message]) is not { } fields) return room[message].IndexOf("<!DOCTYPE"u8) < 0 ? WeChatRefusal.Unreadable : WeChatRefusal.NotXml;
        push = new(new WeChatMessage(fields), cipher);
        return WeChatRefusal.None;
    }
}
