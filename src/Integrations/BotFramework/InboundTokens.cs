using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace WuShe.Integrations.BotFramework;

/// <summary>
/// Checks the token a channel sends with an activity: issuer, audience, signature by the published keys, life time,
/// service address and the key's endorsement of the channel (learn.microsoft.com, "Authenticate requests with the Bot Connector API").
/// </summary>
public sealed class InboundTokens(IOptions<BotFrameworkOptions> options, ConfigurationManager<OpenIdConnectConfiguration> keys)
{
    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    public async Task<bool> Accepts(string? authorization, string? serviceUrl, string? channelId, CancellationToken ct)
    {
        if (authorization?.Split(' ') is not ["Bearer", { Length: > 0 } token]) return false;
        var published = await keys.GetConfigurationAsync(ct);
        var read = await Validate(token, published);
        if (!read.IsValid && read.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // A key we have not seen: fetched anew, which the manager itself allows only now and then.
            keys.RequestRefresh();
            published = await keys.GetConfigurationAsync(ct);
            read = await Validate(token, published);
        }
        return read.IsValid
            && (read.Claims.TryGetValue("serviceurl", out var claimed) || read.Claims.TryGetValue("serviceUrl", out claimed))
            && string.Equals(claimed as string, serviceUrl, StringComparison.OrdinalIgnoreCase)
            && Endorses(published, ((JsonWebToken)read.SecurityToken).Kid, channelId);
    }

    private Task<TokenValidationResult> Validate(string token, OpenIdConnectConfiguration published) =>
        Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = options.Value.Issuer,
            ValidAudience = options.Value.AppId,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
            IssuerSigningKeys = published.SigningKeys,
            ClockSkew = TimeSpan.FromMinutes(5),
        });

    /// <summary>A key that lists endorsements must list the channel.</summary>
    private static bool Endorses(OpenIdConnectConfiguration published, string kid, string? channelId)
    {
        var key = published.JsonWebKeySet?.Keys.FirstOrDefault(k => k.Kid == kid);
        if (key is null || !key.AdditionalData.TryGetValue("endorsements", out var listed)) return true;
        return listed switch
        {
            JsonElement { ValueKind: JsonValueKind.Array } json => json.EnumerateArray().Any(entry => entry.GetString() == channelId),
            IEnumerable<object> values => values.Any(value => value.ToString() == channelId),
            _ => false,
        };
    }
}
