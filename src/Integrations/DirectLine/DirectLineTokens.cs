using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace WuShe.Integrations.DirectLine;

/// <summary>What a token allows.</summary>
public enum Pass
{
    /// <summary>Talking in one conversation, half an hour, renewable.</summary>
    Conversation,

    /// <summary>Opening one conversation's stream, minutes.</summary>
    Stream,

    /// <summary>Being the same resident again in this browser, a year, renewed at each visit.</summary>
    Resident,
}

/// <summary>A token that was read: whose and for which conversation.</summary>
public sealed record Holder(string Conversation, string User);

/// <summary>
/// Signed tokens (JWT, HMAC-SHA256) of the web chat. The signing key is derived from the secret, so tokens outlive restarts
/// and work on every instance. The claim <c>user</c> is what Web Chat reads to know its own person.
/// </summary>
public sealed class DirectLineTokens
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _signing;
    private readonly byte[] _secret;
    private readonly TimeProvider _time;

    public DirectLineTokens(string secret, TimeProvider time)
    {
        (_secret, _time) = (Encoding.UTF8.GetBytes(secret), time);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, 32, info: "wushe web chat tokens"u8.ToArray());
        _signing = new SigningCredentials(new SymmetricSecurityKey(key), SecurityAlgorithms.HmacSha256);
    }

    public static TimeSpan LifeOf(Pass pass) => pass switch
    {
        Pass.Conversation => TimeSpan.FromMinutes(30),
        Pass.Stream => TimeSpan.FromMinutes(5),
        _ => TimeSpan.FromDays(365),
    };

    public bool IsSecret(string credential) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(credential), _secret);

    public string Issue(Pass pass, Holder holder)
    {
        var now = _time.GetUtcNow().UtcDateTime;
        return Handler.CreateToken(new SecurityTokenDescriptor
        {
            Audience = pass.ToString(),
            Subject = new ClaimsIdentity([new Claim("conv", holder.Conversation), new Claim("user", holder.User)]),
            IssuedAt = now,
            Expires = now + LifeOf(pass),
            SigningCredentials = _signing,
        });
    }

    /// <summary>Null when the token is forged, expired, or for something else.</summary>
    public async Task<Holder?> Read(Pass pass, string token)
    {
        if (token.Length is 0 or > 2048) return null;
        var read = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidAudience = pass.ToString(),
            ValidateIssuer = false,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            IssuerSigningKey = _signing.Key,
            LifetimeValidator = (_, expires, _, _) => expires > _time.GetUtcNow().UtcDateTime,
        });
        return read.IsValid && read.Claims.TryGetValue("conv", out var conversation) && read.Claims.TryGetValue("user", out var user)
            ? new Holder((string)conversation, (string)user)
            : null;
    }

    /// <summary>A fresh person with a thread of their own; both ids are unguessable.</summary>
    public static Holder NewHolder(string? user = null) =>
        new(RandomNumberGenerator.GetHexString(32, lowercase: true), user ?? "dl_" + RandomNumberGenerator.GetHexString(32, lowercase: true));
}

/// <summary>The secret of this installation: the setting, or a file made once in the data directory, readable by its owner only.</summary>
public static class DirectLineSecret
{
    public static string Load(DirectLineOptions options, string dataDirectory)
    {
        if (!string.IsNullOrEmpty(options.Secret)) return options.Secret;
        var path = Path.Combine(dataDirectory, "directline.secret");
        if (!File.Exists(path))
        {
            var draft = $"{path}.{Environment.ProcessId}";
            var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var writer = new StreamWriter(draft, how)) writer.Write(RandomNumberGenerator.GetHexString(64, lowercase: true));
            try
            {
                File.Move(draft, path, overwrite: false);
            }
            catch (IOException)
            {
                // Another instance was faster: its secret counts.
                File.Delete(draft);
            }
        }
        return File.ReadAllText(path).Trim();
    }
}
