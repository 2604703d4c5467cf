using System.Security.Cryptography;
using System.Text;
using WuShe.Dialogs;

namespace WuShe.Integrations.DirectLine;

/// <summary>
/// Addresses of pictures in the web chat: <c>&lt;img&gt;</c> sends no credential, so the address itself is one, given only
/// to the conversation that may see the picture. Valid as long as the picture is kept; the signature cannot be guessed.
/// </summary>
public sealed class SignedFiles(string secret)
{
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "wushe file addresses"u8.ToArray());

    /// <summary>Root of the service as browsers know it; the address in front of every picture.</summary>
    public Func<string> Root { get; set; } = () => "";

    public string For(AttachmentRef file) => $"{Root()}/{PathOf(file)}";

    /// <summary>The same relative to the root, for our own pages.</summary>
    public string PathOf(AttachmentRef file) => $"files/{file.Id}?sig={Sign(file.Id)}";

    public bool Allows(string id, string signature) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Sign(id)), Encoding.UTF8.GetBytes(signature));

    private string Sign(string id) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(id)).AsSpan(0, 20));
}
