using System.ComponentModel.DataAnnotations;

namespace WuShe.Integrations.BotFramework;

/// <summary>Settings under <c>BotFramework:</c>. Without <see cref="AppId"/> only callers on this machine are heard, as the Emulator.</summary>
public sealed record BotFrameworkOptions
{
    [RegularExpression("[0-9A-Fa-f-]{36}", ErrorMessage = "BotFramework:AppId must be the GUID of the registered bot, or empty for callers on this machine only")]
    public string? AppId { get; init; }

    /// <summary>The bot's client secret: needed to answer callers that do not take replies with the answer.</summary>
    public string? AppPassword { get; init; }

    /// <summary>Where the keys of inbound tokens are published.</summary>
    [Url(ErrorMessage = "BotFramework:OpenIdMetadata must be an address")]
    public string OpenIdMetadata { get; init; } = "https://login.botframework.com/v1/.well-known/openidconfiguration";

    /// <summary>Who signs inbound tokens.</summary>
    public string Issuer { get; init; } = "https://api.botframework.com";

    /// <summary>Where outbound tokens come from.</summary>
    [Url(ErrorMessage = "BotFramework:TokenUrl must be an address")]
    public string TokenUrl { get; init; } = "https://login.microsoftonline.com/botframework.com/oauth2/v2.0/token";

    public bool Anonymous => string.IsNullOrEmpty(AppId);
}
