using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Integrations.WeChat;
using WuShe.Integrations.WeCom;
using WuShe.Services.Common;

namespace WuShe.Fuzz;

/// <summary>How an input reaches the callback's parsers; its first byte says which.</summary>
internal enum Way
{
    /// <summary>A body in plain mode.</summary>
    Plain,

    /// <summary>XML under correct crypto: what a key that leaked would let somebody say.</summary>
    Sealed,

    /// <summary>Base64 where the ciphertext is.</summary>
    Ciphertext,

    /// <summary>What is in the ciphertext, encrypted with the right key: lengths, receiver and padding are the fuzzer's.</summary>
    Cleartext,

    /// <summary>The JSON of WeCom's AI bots, under correct crypto.</summary>
    BotJson,
}

/// <summary>
/// Everything that reads a push before anybody is believed: XML, JSON, crypto, the typed message, the engine's input. Whatever
/// comes, it is refused or read; an exception is a find.
/// </summary>
internal static class Callback
{
    private const string Key = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C";
    private const string AppId = "wx5823bf96d3bd56c7";
    private static readonly WeChatAccount PlainAccount = Account("Plain");
    private static readonly WeChatCipher Cipher = new(Key, AppId);
    private static readonly WeChatCredentials Nobody = new("", "", "", "", "");
    private static readonly ConversationId Somebody = new("wechat.fuzz", "somebody");
    private static readonly byte[] AesKey = Convert.FromBase64String(Key + "=");
    private static readonly NoMedia Media = new();

    public static void Read(ReadOnlySpan<byte> input)
    {
        if (input.Length == 0) return;
        var rest = input[1..];
        switch ((Way)(input[0] % 5))
        {
            case Way.Plain:
                if (WeChatDoor.Open(PlainAccount, Nobody, rest, out var push) == WeChatRefusal.None) Use(push.Message);
                break;
            case Way.Sealed:
                var base64 = new byte[Cipher.EncryptedLength(rest.Length)];
                Decrypt(base64.AsSpan(0, Cipher.Encrypt(rest, base64)));
                break;
            case Way.Ciphertext:
                Decrypt(rest);
                break;
            case Way.Cleartext:
                Decrypt(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encrypt(rest))));
                break;
            case Way.BotJson:
                if (WeComBotMessage.TryRead(rest) is { } said) Use(said);
                break;
        }
    }

    private static void Decrypt(ReadOnlySpan<byte> base64)
    {
        var room = new byte[WeChatCipher.DecryptedRoom(base64.Length)];
        if (Cipher.TryDecrypt(base64, room, out var message) && WeChatXml.TryRead(room.AsSpan(message)) is { } fields) Use(new WeChatMessage(fields));
    }

    /// <summary>Blocks of any content, so that the fuzzer chooses what the checks behind the decryption see.</summary>
    private static byte[] Encrypt(ReadOnlySpan<byte> cleartext)
    {
        using var aes = Aes.Create();
        aes.Key = AesKey;
        return aes.EncryptCbc(cleartext[..(cleartext.Length / 16 * 16)], AesKey.AsSpan(0, 16), PaddingMode.None);
    }

    private static void Use(WeChatMessage message)
    {
        _ = message.DedupeKey;
        _ = message.Scene;
        var input = WeChatInput.From(message, Somebody, "fuzz", Media, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        if (input?.Text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') == true && !IsWhole(input.Text)) throw new InvalidOperationException("Half a character came through.");
    }

    private static void Use(WeComBotMessage said) =>
        _ = (said.DedupeKey, said.From, said.FromCorp, said.ChatId, said.IsGroup, said.ResponseUrl, said.StreamId, said.Texts.Count, said.Images.Count, said.QuoteText);

    private static bool IsWhole(string text)
    {
        foreach (var rune in text.EnumerateRunes())
            if (rune == Rune.ReplacementChar) return false;
        return true;
    }

    private static WeChatAccount Account(string mode) => new WeChatAccounts(Options.Create(new WeChatOptions
    {
        Accounts = new() { ["fuzz"] = new WeChatAccountOptions { AppId = AppId, AppSecret = "fuzz", Token = "QDG6eK", Mode = mode } },
    })).All.Single();

    private sealed class NoMedia : IInboundMedia
    {
        public Task<AttachmentRef> Expect(ConversationId from, string source, CancellationToken ct) => Task.FromResult(IInboundMedia.RefFor(source));
    }
}
