namespace WuShe.Services.Common.Staff;

/// <summary>A sign-in link that was handed out: only the hash of its token is kept. All times are UTC.</summary>
public sealed class SignInLink
{
    public Guid Id { get; init; }

    /// <summary>SHA-256 of the token's text.</summary>
    public required byte[] TokenHash { get; init; }
    public Guid StaffId { get; init; }
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}
