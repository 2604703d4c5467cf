using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace WuShe.Integrations.BotFramework;

/// <summary>Client-credentials tokens for the Bot Connector, kept until five minutes before they end. Never logged.</summary>
public sealed class ConnectorTokens(IHttpClientFactory http, IOptions<BotFrameworkOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Spare = TimeSpan.FromMinutes(5);
    private readonly SemaphoreSlim _one = new(1);
    private (string Token, DateTimeOffset Until) _held = ("", DateTimeOffset.MinValue);

    /// <summary>Throws <see cref="HttpRequestException"/> when none is to be had.</summary>
    public async Task<string> Get(CancellationToken ct)
    {
        if (_held.Until > time.GetUtcNow()) return _held.Token;
        await _one.WaitAsync(ct);
        try
        {
            if (_held.Until > time.GetUtcNow()) return _held.Token;
            using var form = new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["grant_type"] = "client_credentials",
                ["client_id"] = options.Value.AppId ?? "",
                ["client_secret"] = options.Value.AppPassword ?? "",
                ["scope"] = "https://api.botframework.com/.default",
            });
            using var answer = await http.CreateClient(BotFrameworkChannel.HttpClient).PostAsync(new Uri(options.Value.TokenUrl), form, ct);
            answer.EnsureSuccessStatusCode();
            var given = await answer.Content.ReadFromJsonAsync<JsonElement>(ct);
            _held = (given.GetProperty("access_token").GetString()!, time.GetUtcNow().AddSeconds(given.GetProperty("expires_in").GetInt32()) - Spare);
            return _held.Token;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
