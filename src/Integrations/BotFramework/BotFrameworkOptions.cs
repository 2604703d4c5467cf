using System.ComponentModel.DataAnnotations;

namespace WuShe.Integrations.BotFramework;

/// <summary>Settings under <c>BotFramework:</c>. Without <see cref="AppId"/> only callers on this machine are heard, as the Emulator.</summary>
public sealed record BotFrameworkOptions : IValidatableObject
{
    [RegularExpression("[0-9A-Fa-f-]{36}", ErrorMessage = "BotFramework:AppId must be the GUID of the registered bot, or empty for callers on this machine only")]
    public string? AppId { get; init; }

    /// <summary>
    /// The bot's client secret: needed to answer callers that do not take replies with the answer (<c>expectReplies</c>); a bot
    /// that only such callers use does without.
    /// </summary>
    public string? AppPassword { get; init; }

    /// <summary>Where the keys of inbound tokens are published.</summary>
    public string OpenIdMetadata { get; init; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Who signs inbound tokens.</summary>
    public string Issuer { get; init; } = "https://api.botframework.com";

    /// <summary>Where outbound tokens come from.</summary>
    public string TokenUrl { get; init; } = "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token";

    public bool Anonymous => string.IsNullOrEmpty(AppId);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsAddress(OpenIdMetadata)) yield return new ValidationResult("BotFramework:OpenIdMetadata must be an absolute http(s) address.");
        if (!IsAddress(TokenUrl)) yield return new ValidationResult("BotFramework:TokenUrl must be an absolute http(s) address.");
        if (Anonymous && !string.IsNullOrEmpty(AppPassword)) yield return new ValidationResult("BotFramework:AppId is missing: without it only callers on this machine are heard, and AppPassword is for nothing.");
    }

    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
