using WuShe.Dialogs;
using WuShe.Services.Common;

namespace WuShe.Integrations.WeChat.Notices;

/// <summary>
/// Chooses by which way of WeChat a person hears something: a customer-service message while they may be written to, else the
/// notice's form (a subscription notice they agreed to, a template message). The outcome names the way, and why the ones before
/// it were closed.
/// </summary>
public sealed class WeChatWays(WeChatAccounts accounts, WeChatChannel talk, WeChatNotices notices) : IChannel
{
    public bool Carries(string channel) => channel.StartsWith(WeChatAccounts.ChannelPrefix, StringComparison.Ordinal);

    public async Task<DeliveryOutcome> Deliver(ConversationId to, string deliveryKey, IReadOnlyList<Message> messages, CancellationToken ct)
    {
        var said = await talk.Deliver(to, deliveryKey, messages, ct);
        if (said.Result != DeliveryResult.Refused || Form(messages) is not { } notice || !accounts.TryFind(to, out var account)) return said;
        DeliveryOutcome noted;
        try
        {
            noted = await notices.Say(account, to.Address, deliveryKey, notice, ct);
        }
        catch (WeChatException refusal)
        {
            noted = WeChatChannel.Outcome(refusal);
        }
        catch (Exception failure) when (WeChatApi.IsPassing(failure, ct))
        {
            noted = DeliveryOutcome.Retry(failure.GetType().Name);
        }
        var by = noted.Result == DeliveryResult.Delivered ? $"{account.Channel} by " : "";
        return noted with { Reason = $"{by}{noted.Reason}; message: {said.Reason}" };
    }

    private static Notice? Form(IReadOnlyList<Message> messages) =>
        messages.FirstOrDefault(message => message.Notice is { Urgency: not Urgency.CanWait })?.Notice;
}
