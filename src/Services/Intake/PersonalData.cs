using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace WuShe.Services.Intake;

/// <summary>
/// Names and telephone numbers are kept encrypted, by keys that lie outside the database (the host's data protection): whoever
/// has a copy of the database alone reads none.
/// </summary>
public sealed class PersonalData(IDataProtectionProvider protection)
{
    private const string Purpose = "WuShe.Services.Intake.people";
    private readonly IDataProtector _protector = protection.CreateProtector(Purpose);

    /// <summary>What is kept; nothing for nothing.</summary>
    public string Keep(string words) => words.Length == 0 ? "" : _protector.Protect(words);

    /// <summary>What was kept; null when its key is gone.</summary>
    public string? Read(string kept)
    {
        if (kept.Length == 0) return "";
        try
        {
            return _protector.Unprotect(kept);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
