using System.Globalization;
using StackExchange.Redis;
using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat;

/// <summary>
/// Writes to residents by customer-service message, where the platform allows it: for some time and some messages after
/// they acted. How far a delivery came is kept, so that a second try goes on behind what was sent.
/// </summary>
public sealed class WeChatChannel(
    WeChatAccounts accounts, WeChatApi api, WeChatCards cards, WeChatUploads uploads, IFollowers followers, WeChatWindows windows,
    IConnectionMultiplexer redis)
{
    private const string PictureElsewhere = "（有一张图片这里发不了，请在网页上查看。）";
    private const int UnknownMedia = 40007;
    private static readonly TimeSpan ProgressKept = TimeSpan.FromDays(3);

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        if (!accounts.TryFind(to, out var account)) return DeliveryOutcome.Refused("no such account");
        var db = redis.GetDatabase();
        RedisKey progress = "wushe:wechat:sent:" + deliveryKey;
        var sent = 0;
        try
        {
            var done = (int?)await db.StringGetAsync(progress) ?? 0;
            foreach (var part in Parts(account, messages))
            {
                if (sent++ < done) continue;
                if (await windows.Closed(account, to.Address) is { } closed) return DeliveryOutcome.Refused(closed);
                var code = await Send(account, to.Address, part, ct);
                if (code != 0) return await Outcome(to, code, ct);
                await windows.Sent(account, to.Address);
                await db.StringSetAsync(progress, sent, ProgressKept);
            }

            return DeliveryOutcome.Delivered(account.Channel);
        }
        catch (WeChatException refusal)
        {
            return Outcome(refusal);
        }
        catch (Exception failure) when (WeChatApi.IsPassing(failure, ct))
        {
            return DeliveryOutcome.Retry(failure.GetType().Name);
        }
    }

    private async Task<DeliveryOutcome> Outcome(ConversationId to, int code, CancellationToken ct)
    {
        if (WeChatErrors.Of(code).Remedy == WeChatRemedy.MarkPerson) await followers.CannotBeReached(to, ct);
        return WeChatErrors.Outcome(code);
    }

    internal static DeliveryOutcome Outcome(WeChatException refusal) =>
        refusal.Until is { } until ? DeliveryOutcome.Held(until, Why(refusal.Code)) : WeChatErrors.Outcome(refusal.Code);

    private static string Why(int code) => code == 0 ? "our own limit of calls a minute" : WeChatErrors.Outcome(code).Reason;

    private IEnumerable<Part> Parts(WeChatAccount account, IReadOnlyList<Message> messages)
    {
        foreach (var message in messages)
        {
            if (cards.Of(account, message) is { } card)
            {
                yield return new Part(message.Text, null) { News = WeChatSendNews.Of(card) };
                continue;
            }

            if (account.IsServiceAccount && WeChatSendMenu.Of(message) is { } menu) yield return new Part(WeChatText.Of(message), null) { Menu = menu };
            else foreach (var text in WeChatText.Split(WeChatText.Of(message))) yield return new Part(text, null);
            if (message.Picture is { } picture) yield return new Part("", picture);
        }
    }

    private async Task<int> Send(WeChatAccount account, string openId, Part part, CancellationToken ct)
    {
        if (part.News is { } news) return await Post(account, new WeChatSend(openId, "news", null, null) { News = news }, ct);
        if (part.Menu is { } menu && await Post(account, new WeChatSend(openId, "msgmenu", null, null) { Menu = menu }, ct) is var answer && !WeChatSendMenu.IsNotAllowed(answer))
            return answer;
        if (part.Picture is not { } picture) return await SendText(account, openId, part.Text, ct);
        var (media, code) = await uploads.Of(account, picture, ct);
        if (code != 0) return code;
        if (media is null) return await SendText(account, openId, PictureElsewhere, ct);
        code = await Post(account, new WeChatSend(openId, "image", null, new WeChatSendImage(media)), ct);
        if (code == UnknownMedia) await uploads.Forget(account, picture);
        return code;
    }

    private Task<int> SendText(WeChatAccount account, string openId, string text, CancellationToken ct) =>
        Post(account, new WeChatSend(openId, "text", new WeChatSendText(text), null), ct);

    private async Task<int> Post(WeChatAccount account, WeChatSend send, CancellationToken ct) =>
        (await api.Post(account, WeChatApis.CustomSend, send, WeChatJson.Raw.WeChatSend, ct)).Code;

    private sealed record Part(string Text, AttachmentRef? Picture)
    {
        public WeChatSendMenu? Menu { get; init; }
        public WeChatSendNews? News { get; init; }
    }
}
