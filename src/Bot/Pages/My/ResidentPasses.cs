using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using WuShe.Dialogs;

namespace WuShe.Bot.Pages.My;

/// <summary>
/// Signed words that say which resident a browser belongs to, until when. Signed by a key derived from the installation's
/// secret, so they are good on every instance and after a restart.
/// </summary>
public sealed class ResidentPasses(string secret, TimeSpan lasts, TimeProvider time)
{
    private readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "wushe resident pages"u8.ToArray());

    public TimeSpan Lasts => lasts;

    public string Issue(ConversationId who)
    {
        var words = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{(time.GetUtcNow() + lasts).ToUnixTimeSeconds()}|{who}"));
        return $"{Base64Url.EncodeToString(words)}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, words))}";
    }

    /// <summary>Null when the pass is forged, expired or none.</summary>
    public ConversationId? Read(string? pass)
    {
        if (pass is not { Length: < 1024 } || pass.Split('.') is not [var said, var sign]) return null;
        if (!Base64Url.IsValid(said) || !Base64Url.IsValid(sign)) return null;
        var words = Base64Url.DecodeFromChars(said);
        if (!CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, words), Base64Url.DecodeFromChars(sign))) return null;
        var text = Encoding.UTF8.GetString(words);
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return long.Parse(text.AsSpan(0, bar), CultureInfo.InvariantCulture) > time.GetUtcNow().ToUnixTimeSeconds() ? ConversationId.Parse(text[(bar + 1)..]) : null;
    }
}
