using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace WuShe.Integrations.WeChat;

/// <summary>SHA-1 over token, timestamp, nonce and, for encrypted pushes, the ciphertext, sorted in byte order and joined.</summary>
public static class WeChatSignature
{
    /// <summary>Bytes of a signature; its text has two hex digits for each.</summary>
    public const int Size = 20;

    private const int MaxParameter = 128;

    /// <summary>Whether the signature is that of these parts; in constant time. False for anything malformed or overlong.</summary>
    public static bool Matches(ReadOnlySpan<byte> token, string? timestamp, string? nonce, ReadOnlySpan<byte> encrypted, string? signature)
    {
        if (timestamp is null or { Length: > MaxParameter } || nonce is null or { Length: > MaxParameter } || signature?.Length != 2 * Size)
            return false;
        Span<byte> given = stackalloc byte[Size];
        if (Convert.FromHexString(signature, given, out _, out _) != OperationStatus.Done) return false;
        Span<byte> parameters = stackalloc byte[6 * MaxParameter];
        var time = Encoding.UTF8.GetBytes(timestamp, parameters);
        var once = Encoding.UTF8.GetBytes(nonce, parameters[time..]);
        Span<byte> right = stackalloc byte[Size];
        Compute(token, parameters[..time], parameters.Slice(time, once), encrypted, right);
        return CryptographicOperations.FixedTimeEquals(given, right);
    }

    /// <summary>Writes the signature's <see cref="Size"/> bytes. An empty <paramref name="encrypted"/> sorts first and changes nothing.</summary>
    public static void Compute(
        ReadOnlySpan<byte> token, ReadOnlySpan<byte> timestamp, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> encrypted, Span<byte> signature)
    {
        Sort(ref token, ref timestamp);
        Sort(ref nonce, ref encrypted);
        Sort(ref token, ref nonce);
        Sort(ref timestamp, ref encrypted);
        Sort(ref timestamp, ref nonce);
        var length = token.Length + timestamp.Length + nonce.Length + encrypted.Length;
        var joined = ArrayPool<byte>.Shared.Rent(length);
        token.CopyTo(joined);
        timestamp.CopyTo(joined.AsSpan(token.Length));
        nonce.CopyTo(joined.AsSpan(token.Length + timestamp.Length));
        encrypted.CopyTo(joined.AsSpan(length - encrypted.Length));
#pragma warning disable CA5350 // The platform's protocol fixes SHA-1; what it guards is a shared token, not collisions.
        SHA1.HashData(joined.AsSpan(0, length), signature);
#pragma warning restore CA5350
        ArrayPool<byte>.Shared.Return(joined);
    }

    /// <summary>
    /// How a page proves to the platform's JS-SDK that it belongs to the account: hex SHA-1 over ticket, nonce, time and the
    /// page's address without its fragment ("JS-SDK说明文档", 附录1).
    /// </summary>
    public static string OfPage(string ticket, string nonce, string timestamp, string url)
    {
        var fragment = url.IndexOf('#', StringComparison.Ordinal);
        var address = fragment < 0 ? url : url[..fragment];
#pragma warning disable CA5350 // The platform's protocol fixes SHA-1.
        return Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes($"jsapi_ticket={ticket}&noncestr={nonce}&timestamp={timestamp}&url={address}")));
#pragma warning restore CA5350
    }

    private static void Sort(ref ReadOnlySpan<byte> first, ref ReadOnlySpan<byte> second)
    {
        if (first.SequenceCompareTo(second) <= 0) return;
        var swap = first;
        first = second;
        second = swap;
    }
}
