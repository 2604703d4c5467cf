using System.Collections.Concurrent;
using WuShe.Dialogs;
using WuShe.Services.Common;
using WuShe.Services.Common.Residency;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// The unionid of a follower (<c>/cgi-bin/user/info</c>): the same in every account that is bound to one Open Platform
/// account. Asked only where there are several accounts, since with one it would tell nothing.
/// </summary>
public sealed class WeChatPersonKeys(WeChatAccounts accounts, WeChatApi api, TimeProvider time) : IPersonKeys
{
    private static readonly TimeSpan AskAccountAgainAfter = TimeSpan.FromDays(1);
    private readonly ConcurrentDictionary<string, DateTimeOffset> _closed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Channels => accounts.All.Skip(1).Any() ? [.. accounts.All.Select(account => account.Channel).Where(IsOpen)] : [];

    public async Task<string?> Of(ConversationId who, CancellationToken ct)
    {
        if (!accounts.TryFind(who, out var account)) return null;
        var path = $"{WeChatApis.UserInfo}?openid={Uri.EscapeDataString(who.Address)}&lang=zh_CN";
        WeChatReturn answer;
        try
        {
            answer = await api.Call(account, path, HttpMethod.Get, () => null, WeChatApi.Read, a => a.Code, ct);
        }
        catch (Exception trouble) when (trouble is WeChatException || WeChatApi.IsPassing(trouble, ct))
        {
            throw new HttpRequestException(trouble.GetType().Name, trouble);
        }

        if (answer.Code == 0) return answer.UnionId is { Length: > 0 } union ? "wechat:" + union : null;
        var error = WeChatErrors.Of(answer.Code);
        // An account that may not ask will not be able to tomorrow either, but somebody may change that.
        if (error.Remedy == WeChatRemedy.Configure) _closed[account.Channel] = time.GetUtcNow() + AskAccountAgainAfter;
        if (error.Remedy == WeChatRemedy.Configure || error.Result != DeliveryResult.Refused) throw new HttpRequestException(WeChatErrors.Outcome(answer.Code).Reason);
        return null;
    }

    private bool IsOpen(string channel) => !_closed.TryGetValue(channel, out var until) || until <= time.GetUtcNow();
}
