using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.ObjectPool;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// The message encryption of the platform: AES-256-CBC with a fixed IV, padding to 32 bytes, and inside
/// 16 random bytes, the length, the message and the id it is meant for. Thread-safe; works in the caller's buffers.
/// </summary>
public sealed class WeChatCipher
{
    private const int RandomSize = 16;
    private const int HeadSize = RandomSize + 4;
    private const int PaddingSize = 32;
    private readonly ObjectPool<Aes> _pool;
    private readonly byte[] _iv;
    private readonly byte[] _receiver;

    /// <param name="encodingAesKey">43 characters of Base64.</param>
    /// <param name="receiver">AppID of an Official Account, CorpID of WeCom.</param>
    public WeChatCipher(string encodingAesKey, string receiver)
    {
        var key = DecodeKey(encodingAesKey);
        _iv = key[..16];
        _receiver = Encoding.UTF8.GetBytes(receiver);
        // One-shot calls on a shared instance are not promised to be thread-safe, so each call borrows one.
        _pool = new DefaultObjectPool<Aes>(new AesPolicy(key), maximumRetained: 64);
    }

    /// <summary>Room that <see cref="TryDecrypt"/> needs for so many Base64 characters.</summary>
    public static int DecryptedRoom(int base64Length) => Base64.GetMaxDecodedFromUtf8Length(base64Length);

    /// <summary>
    /// Decrypts Base64 text into <paramref name="room"/>; <paramref name="message"/> is where the message lies in it. False
    /// for every kind of wrong input alike: Base64, length, padding, inner length, another receiver.
    /// </summary>
    public bool TryDecrypt(ReadOnlySpan<byte> base64, Span<byte> room, out Range message)
    {
        message = default;
        if (Base64.DecodeFromUtf8(base64, room, out _, out var size) != OperationStatus.Done) return false;
        if (size < PaddingSize || size % 16 != 0) return false;
        var clear = room[..size];
        var aes = _pool.Get();
        try
        {
            aes.DecryptCbc(clear, _iv, clear, PaddingMode.None);
        }
        finally
        {
            _pool.Return(aes);
        }

        var padding = clear[^1];
        if (padding is 0 or > PaddingSize || padding > size || clear[^padding..].ContainsAnyExcept(padding)) return false;
        clear = clear[..^padding];
        if (clear.Length < HeadSize) return false;
        var length = BinaryPrimitives.ReadUInt32BigEndian(clear[RandomSize..]);
        if (length > clear.Length - HeadSize) return false;
        var end = HeadSize + (int)length;
        message = HeadSize..end;
        return clear[end..].SequenceEqual(_receiver);
    }

    /// <summary>How many Base64 characters a message of so many bytes becomes.</summary>
    public int EncryptedLength(int messageLength) => Base64.GetMaxEncodedToUtf8Length(PaddedLength(messageLength));

    /// <summary>Encrypts into Base64 text; returns its length.</summary>
    public int Encrypt(ReadOnlySpan<byte> message, Span<byte> base64)
    {
        Span<byte> random = stackalloc byte[RandomSize];
        RandomNumberGenerator.Fill(random);
        return Encrypt(message, random, base64);
    }

    internal int Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> random, Span<byte> base64)
    {
        var padded = PaddedLength(message.Length);
        var clear = base64[..padded];
        random.CopyTo(clear);
        BinaryPrimitives.WriteUInt32BigEndian(clear[RandomSize..], (uint)message.Length);
        message.CopyTo(clear[HeadSize..]);
        _receiver.CopyTo(clear[(HeadSize + message.Length)..]);
        var filled = HeadSize + message.Length + _receiver.Length;
        clear[filled..].Fill((byte)(padded - filled));
        var aes = _pool.Get();
        try
        {
            aes.EncryptCbc(clear, _iv, clear, PaddingMode.None);
        }
        finally
        {
            _pool.Return(aes);
        }

        Base64.EncodeToUtf8InPlace(base64, padded, out var written);
        return written;
    }

    private int PaddedLength(int messageLength)
    {
        var filled = HeadSize + messageLength + _receiver.Length;
        return filled + PaddingSize - (filled % PaddingSize);
    }

    /// <summary>43 characters carry two bits more than 32 bytes; accounts have keys where these are not zero, so they are cleared.</summary>
    private static byte[] DecodeKey(string encodingAesKey)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        if (encodingAesKey.Length != 43) throw new FormatException("An EncodingAESKey has 43 characters.");
        var last = alphabet.IndexOf(encodingAesKey[^1], StringComparison.Ordinal);
        if (last < 0) throw new FormatException("An EncodingAESKey is Base64 text.");
        return Convert.FromBase64String(encodingAesKey[..^1] + alphabet[last & ~3] + "=");
    }

    private sealed class AesPolicy(byte[] key) : PooledObjectPolicy<Aes>
    {
        public override Aes Create()
        {
            var aes = Aes.Create();
            aes.Key = key;
            return aes;
        }

        public override bool Return(Aes obj) => true;
    }
}
