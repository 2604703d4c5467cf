using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using WuShe.Services.Common.Data;

namespace WuShe.Services.Intake;

/// <summary>
/// By what a telephone number is found again: a hash with a secret. A plain hash of eleven digits is guessed in minutes, and
/// what is encrypted differs each time. The secret is made once, and kept encrypted in the record for all instances.
/// </summary>
public sealed class PhoneKeys(ITransactions transactions, PersonalData data, TimeProvider time)
{
    private const int SecretLetters = 64;
    private string? _secret;

    /// <summary>The same for the same number, on every instance.</summary>
    public async ValueTask<string> Of(PhoneNumber phone, CancellationToken ct)
    {
        var secret = _secret ??= await transactions.Run(Secret, ct);
        return Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.ASCII.GetBytes(phone.Digits)));
    }

    /// <summary>
    /// The newest that can be read. Of two instances that make the first at once the key of the row refuses one, which then
    /// reads the other's. When the keys to all of them are gone so are the numbers, and a new one begins.
    /// </summary>
    private async Task<string> Secret(CommunityDb db, CancellationToken ct)
    {
        var known = await db.Set<PhoneSecret>().AsNoTracking().OrderByDescending(row => row.Id).ToListAsync(ct);
        foreach (var row in known)
            if (data.Read(row.Secret) is { Length: SecretLetters } secret) return secret;
        var made = RandomNumberGenerator.GetHexString(SecretLetters);
        db.Add(new PhoneSecret { Id = known.Count == 0 ? 1 : known[0].Id + 1, Secret = data.Keep(made), CreatedAt = time.GetUtcNow() });
        return made;
    }
}
