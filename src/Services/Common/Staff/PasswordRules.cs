using Microsoft.AspNetCore.Identity;
using WuShe.Services.Common.Organisation;

namespace WuShe.Services.Common.Staff;

/// <summary>
/// Long rather than complicated (OWASP ASVS 6.2): ten characters or more of any kind, not the words that guessers try
/// first, not the person's or the product's own name.
/// </summary>
public sealed class PasswordRules : IPasswordValidator<StaffUser>
{
    public const int MinLength = 10;

    public const int MaxLength = 128;

    // What is left of the usual lists of leaked passwords when only ten characters and more count, as stems.
    private static readonly string[] Guessed =
    [
        "password", "passw0rd", "p@ssw0rd", "p@ssword", "1234567890", "0123456789", "123456789", "9876543210", "987654321",
        "qwertyuiop", "1qaz2wsx", "qazwsx", "qwerty123", "asdfghjkl", "zxcvbnm", "abcdefghij", "abc123456", "a123456", "iloveyou",
        "letmein", "welcome", "woaini", "5201314", "1314520", "admin123", "administrator", "root123", "changeme", "88888888",
        "wushe", "五社", "shequ", "社区",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<StaffUser> manager, StaffUser user, string? password) =>
        Task.FromResult(Refusal(user, password ?? "") is { } words
            ? IdentityResult.Failed(new IdentityError { Code = "Password", Description = words })
            : IdentityResult.Success);

    private static string? Refusal(StaffUser user, string password)
    {
        if (password.Length < MinLength) return $"密码至少要 {MinLength} 个字。";
        if (password.Length > MaxLength) return $"密码最多 {MaxLength} 个字。";
        if (password.Distinct().Count() < 5) return "密码里重复的字太多，请换一个。";
        if (Guessed.Any(word => Mostly(word, password)) || user.UserName is { Length: > 2 } login && Mostly(login, password))
            return "这个密码太容易被猜到，请换一个，比如几个不相干的词连在一起。";
        return null;
    }

    /// <summary>Whether the word, wherever it stands, leaves fewer than seven other characters: 「password2026」 is no secret.</summary>
    private static bool Mostly(string word, string password) =>
        password.Contains(word, StringComparison.OrdinalIgnoreCase) && password.Length - word.Length < 7;
}
