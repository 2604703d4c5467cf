using System.Net.Http.Headers;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using WuShe.Bot.Tests.Browser;

namespace WuShe.Bot.Tests.BotFramework;

/// <summary>With an app registration every caller proves itself by a token of the published keys.</summary>
public sealed class BotFrameworkTokenTests : IAsyncLifetime
{
    private const string AppId = "11111111-2222-3333-4444-555555555555";
    private const string Issuer = "https://api.botframework.com";
    private const string ServiceUrl = "https://smba.example/";
    private static readonly HttpClient Http = new();
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "published" };
    private readonly RsaSecurityKey _stranger = new(RSA.Create(2048)) { KeyId = "published" };
    private FakeConnector _login = null!;
    private RunningBot _bot = null!;

    public async Task InitializeAsync()
    {
        _login = await FakeConnector.Start(app =>
        {
            app.MapGet("/openid", () => Results.Json(new { issuer = Issuer, jwks_uri = $"{app.Urls.First()}/keys" }));
            app.MapGet("/keys", () =>
            {
                var published = _key.Rsa.ExportParameters(false);
                return Results.Json(new
                {
                    keys = new[] { new { kty = "RSA", use = "sig", kid = "published", n = Base64UrlEncoder.Encode(published.Modulus), e = Base64UrlEncoder.Encode(published.Exponent), endorsements = new[] { "test" } } },
                });
            });
        });
        _bot = await RunningBot.Start(("BotFramework:AppId", AppId), ("BotFramework:OpenIdMetadata", $"{_login.Address}/openid"));
    }

    public async Task DisposeAsync()
    {
        await _bot.DisposeAsync();
        await _login.DisposeAsync();
    }

    [Fact]
    public async Task Only_a_token_with_every_mark_right_is_let_in()
    {
        Assert.Equal(200, await Call(Token()));
        Assert.Equal(401, await Call(null));
        Assert.Equal(401, await Call("nonsense"));
        Assert.Equal(401, await Call(Token(issuer: "https://evil.example")));
        Assert.Equal(401, await Call(Token(audience: "66666666-2222-3333-4444-555555555555")));
        Assert.Equal(401, await Call(Token(serviceUrl: "https://evil.example/")));
        Assert.Equal(401, await Call(Token(expires: -10)));
        Assert.Equal(401, await Call(Token(key: _stranger)));
        Assert.Equal(401, await Call(Unsigned()));
        Assert.Equal(401, await Call(Token(), channel: "msteams"));
    }

    private string Token(string issuer = Issuer, string audience = AppId, string serviceUrl = ServiceUrl, int expires = 60, RsaSecurityKey? key = null)
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Subject = new ClaimsIdentity([new Claim("serviceurl", serviceUrl)]),
            NotBefore = now.AddHours(-1),
            Expires = now.AddMinutes(expires),
            SigningCredentials = new SigningCredentials(key ?? _key, SecurityAlgorithms.RsaSha256),
        });
    }

    private string Unsigned()
    {
        var parts = Token().Split('.');
        return $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""")}.{parts[1]}.";
    }

    private async Task<int> Call(string? token, string channel = "test")
    {
        var activity = BotFrameworkTests.Activity(Guid.NewGuid().ToString("N"), "1", "你好", serviceUrl: ServiceUrl).Replace("\"test\"", $"\"{channel}\"", StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_bot.Address, "api/messages")) { Content = new StringContent(activity, Encoding.UTF8, "application/json") };
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await Http.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
