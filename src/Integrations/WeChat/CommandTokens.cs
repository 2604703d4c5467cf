using System.Collections.Concurrent;
using System.Text.Json;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Tokens of a command, which has no Redis: always the stable one, which is the same for everybody who asks, so that the
/// running service keeps what it has.
/// </summary>
public sealed class CommandTokens(IHttpClientFactory http) : IWeChatTokens
{
    private readonly ConcurrentDictionary<string, string> _tokens = new(StringComparer.Ordinal);

    public async Task<string> Get(WeChatAccount account, CancellationToken ct)
    {
        if (_tokens.TryGetValue(account.AppId, out var known)) return known;
        var request = new WeChatTokenRequest("client_credential", account.AppId, account.AppSecret, ForceRefresh: false);
        using var body = WeChatCalls.Content(JsonSerializer.SerializeToUtf8Bytes(request, WeChatJson.Raw.WeChatTokenRequest));
        using var client = http.CreateClient(WeChatApi.HttpName);
        using var response = await client.PostAsync(new Uri(account.ApiBaseUrl + "cgi-bin/stable_token"), body, ct);
        var answer = await WeChatApi.Read(response, ct);
        if (answer is not { Code: 0, AccessToken: { Length: > 0 } token }) throw new WeChatException(answer.Code == 0 ? -1 : answer.Code);
        return _tokens[account.AppId] = token;
    }

    public Task Drop(WeChatAccount account, string token)
    {
        _tokens.TryRemove(KeyValuePair.Create(account.AppId, token));
        return Task.CompletedTask;
    }
}
