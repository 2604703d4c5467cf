using StackExchange.Redis;
using WuShe.Integrations.Redis;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// How many customer-service messages a person may still get: some after each message of theirs, fewer and only for a moment
/// after a tap on the menu, a scan or a follow. Counted here, so that what would be refused is not tried. What was never
/// noted counts as open: the platform knows.
/// </summary>
public sealed class WeChatWindows(IConnectionMultiplexer redis, Microsoft.Extensions.Options.IOptions<WeChatOptions> options, TimeProvider time)
{
    // Longer than any window: that one is over is known for so long.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);
    private readonly WeChatLimits _limits = options.Value.Limits;

    /// <summary>The person acted now. Nobody waits for it: a note that is lost costs one refused call.</summary>
    public void Opened(WeChatAccount account, WeChatMessage by)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        // A tap on a choice within a message counts as one on the menu.
        if (by.IsEvent ? by.Event is "click" or "scancode_push" or "scancode_waitmsg" or "subscribe" or "scan" : by.MenuItem is not null)
            redis.GetDatabase().StringSet(Tap(account, by.From), now, _limits.TapWindow, flags: CommandFlags.FireAndForget);
        else if (!by.IsEvent)
            redis.GetDatabase().StringSet(Spoken(account, by.From), now, Kept, flags: CommandFlags.FireAndForget);
    }

    /// <summary>Whether one more message is allowed: null, or why not.</summary>
    internal async ValueTask<string?> Closed(WeChatAccount account, string openId) =>
        await Run(account, openId, sent: 0) switch { 0 => null, 1 => "reply window closed", _ => "customer messages used up" };

    /// <summary>One was sent.</summary>
    internal async ValueTask Sent(WeChatAccount account, string openId) => await Run(account, openId, sent: 1);

    private async ValueTask<int> Run(WeChatAccount account, string openId, int sent) =>
        (int)await WeChatWindowScript.Take.Run(
            redis.GetDatabase(),
            [Tap(account, openId), Spoken(account, openId)],
            [
                time.GetUtcNow().ToUnixTimeMilliseconds(), (long)_limits.TapWindow.TotalMilliseconds, _limits.MessagesAfterTap,
                (long)_limits.MessageWindow.TotalMilliseconds, _limits.MessagesAfterMessage, (long)Kept.TotalMilliseconds, sent,
            ]);

    private static RedisKey Tap(WeChatAccount account, string openId) => $"wushe:wechat:tap:{account.AppId}:{openId}";

    private static RedisKey Spoken(WeChatAccount account, string openId) => $"wushe:wechat:spoken:{account.AppId}:{openId}";
}

/// <summary>Written with what redis-server and Garnet share.</summary>
internal static class WeChatWindowScript
{
    /// <summary>
    /// KEYS tap, spoken (each "since" or "since:used", Unix ms); ARGV now, tap window, messages after a tap, message window,
    /// messages after a message, how long what was spoken is kept (ms), how many were sent now. 0 open or unknown, 1 closed, 2 used up.
    /// </summary>
    public static readonly Script Take = new("""
        local now = tonumber(ARGV[1])
        local refusal = 0
        for i = 1, 2 do
          local noted = redis.call('GET', KEYS[i])
          if noted then
            local since, used = string.match(noted, '^(%d+):?(%d*)$')
            local window, most = tonumber(ARGV[i * 2]), tonumber(ARGV[i * 2 + 1])
            used = tonumber(used) or 0
            local left = tonumber(since) + window - now
            if left <= 0 then
              refusal = math.max(refusal, 1)
            elseif used >= most then
              refusal = 2
            else
              local keep = left
              if i == 2 then keep = tonumber(ARGV[6]) end
              local sent = tonumber(ARGV[7])
              if sent > 0 then redis.call('SET', KEYS[i], since .. ':' .. string.format('%.0f', used + sent), 'PX', string.format('%.0f', keep)) end
              return 0
            end
          end
        end
        return refusal
        """);
}
