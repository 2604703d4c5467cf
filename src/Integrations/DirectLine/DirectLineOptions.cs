using System.ComponentModel.DataAnnotations;

namespace WuShe.Integrations.DirectLine;

/// <summary>Settings under <c>DirectLine:</c>.</summary>
public sealed record DirectLineOptions
{
    /// <summary>The server-to-server secret. Empty: generated once into <c>directline.secret</c> in the data directory.</summary>
    [RegularExpression("[A-Za-z0-9_-]{32,128}", ErrorMessage = "DirectLine:Secret must be 32 to 128 characters of A-Z a-z 0-9 - _, or empty to have one generated")]
    public string? Secret { get; init; }

    /// <summary>Origins besides our own that browsers may call from, separated by spaces: <c>https://example.org</c>.</summary>
    [RegularExpression(@"(https?://[^\s/]+\s*)*", ErrorMessage = "DirectLine:AllowedOrigins must be origins such as https://example.org, separated by spaces")]
    public string AllowedOrigins { get; init; } = "";
}
