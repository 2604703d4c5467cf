using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace WuShe.Services.Cases;

/// <summary>
/// Chains the rows of a case's log: the hash of each covers what it says, its pictures and the hash of the one before, so that
/// a row changed, taken out or put in afterwards does not fit any more. SHA-256 over length-prefixed UTF-8 fields.
/// </summary>
internal static class CaseChain
{
    /// <summary>What the first row follows.</summary>
    public static readonly byte[] Start = new byte[SHA256.HashSizeInBytes];

    public static byte[] Next(byte[] before, CaseEvent row, IEnumerable<string> pictures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(before);
        Add(hash, row.CaseId.ToString("N"));
        Add(hash, row.Seq);
        Add(hash, row.At.ToUnixTimeMilliseconds());
        Add(hash, row.ActorId?.ToString("N") ?? "");
        Add(hash, row.Who);
        Add(hash, (long)row.Move);
        Add(hash, row.From is { } from ? (long)from : 0);
        Add(hash, (long)row.To);
        Add(hash, row.Note);
        foreach (var picture in pictures) Add(hash, picture);
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(field);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        hash.AppendData(bytes);
    }
}
