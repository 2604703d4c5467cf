using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using WuShe.Dialogs;
using WuShe.Services.Common.Organisation;

namespace WuShe.Integrations.WeChat;

/// <summary>The configured Official Accounts.</summary>
public sealed class WeChatAccounts(IOptions<WeChatOptions> options) : IChannelUnitSettings
{
    internal const string ChannelPrefix = "wechat.";

    private readonly FrozenDictionary<string, WeChatAccount> _byName =
        options.Value.Accounts.ToFrozenDictionary(a => a.Key, a => new WeChatAccount(a.Key, a.Value), StringComparer.Ordinal);

    /// <summary>All of them, by name; each knows its <see cref="WeChatAccount.CallbackPath"/>.</summary>
    public IEnumerable<WeChatAccount> All => _byName.Values.OrderBy(a => a.Name, StringComparer.Ordinal);

    public IEnumerable<ChannelUnit> Units =>
        All.Where(account => account.Unit.Length > 0).Select(account => new ChannelUnit(account.Channel, $"WeChat:Accounts:{account.Name}:Unit", account.Unit));

    public bool TryFind(string name, [NotNullWhen(true)] out WeChatAccount? account) => _byName.TryGetValue(name, out account);

    /// <summary>The account that a conversation is with.</summary>
    public bool TryFind(ConversationId conversation, [NotNullWhen(true)] out WeChatAccount? account)
    {
        account = null;
        return conversation.Channel.StartsWith(ChannelPrefix, StringComparison.Ordinal)
            && _byName.TryGetValue(conversation.Channel[ChannelPrefix.Length..], out account);
    }
}
