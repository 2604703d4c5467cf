using StackExchange.Redis;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.WeChat.Notices;

/// <summary>
/// How many subscription notices each person has agreed to, by template: each yes in the platform's popup is good for one
/// message, without end; a no in the person's settings ends them all. In Redis, where a lost count only means another way.
/// </summary>
public sealed class WeChatConsents(IConnectionMultiplexer redis) : IWeChatReports
{
    private static readonly TimeSpan Redelivered = TimeSpan.FromHours(1);

    /// <summary>Counts what an event says of consents; a re-delivery of the same event counts nothing.</summary>
    public async Task Note(WeChatAccount account, WeChatMessage message, CancellationToken ct)
    {
        var list = message.Event switch
        {
            "subscribe_msg_popup_event" => "SubscribeMsgPopupEvent",
            "subscribe_msg_change_event" => "SubscribeMsgChangeEvent",
            _ => null,
        };
        if (list is null) return;
        var db = redis.GetDatabase();
        if (!await db.StringSetAsync($"wushe:wechat:consent-seen:{account.AppId}:{message.DedupeKey}", 1, Redelivered, When.NotExists)) return;
        foreach (var one in message.Fields.Children.Where(field => field.Name == list).SelectMany(field => field.Children))
        {
            if (one["TemplateId"]?.Trim() is not { Length: > 0 } template) continue;
            if (one["SubscribeStatusString"]?.Trim() == "accept") await db.HashIncrementAsync(Key(account, message.From), template);
            else if (message.Event == "subscribe_msg_change_event") await db.HashDeleteAsync(Key(account, message.From), template);
        }
    }

    /// <summary>Uses up one; false when there is none.</summary>
    internal async ValueTask<bool> Take(WeChatAccount account, string openId, string template) =>
        (int)await WeChatConsentScript.Take.Run(redis.GetDatabase(), [Key(account, openId)], [template]) == 1;

    /// <summary>Nothing was sent after all.</summary>
    internal Task GiveBack(WeChatAccount account, string openId, string template) => redis.GetDatabase().HashIncrementAsync(Key(account, openId), template);

    /// <summary>The platform knows of none.</summary>
    internal Task Forget(WeChatAccount account, string openId, string template) => redis.GetDatabase().HashDeleteAsync(Key(account, openId), template);

    private static RedisKey Key(WeChatAccount account, string openId) => $"wushe:wechat:consents:{account.AppId}:{openId}";
}

internal static class WeChatConsentScript
{
    /// <summary>KEYS consents; ARGV template. 1 taken, 0 none left.</summary>
    public static readonly Script Take = new("""
        local left = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0')
        if left < 1 then return 0 end
        if left == 1 then redis.call('HDEL', KEYS[1], ARGV[1]) else redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', left - 1)) end
        return 1
        """);
}
