namespace WuShe.Integrations.WeChat;

/// <summary>What a push tells beside its words, and what the person sees while they wait.</summary>
public interface IWeChatContact
{
    /// <summary>The person acted: they may be written to for a while. Returns at once.</summary>
    void Acted(WeChatAccount account, WeChatMessage by);

    /// <summary>The answer takes longer than a moment. Returns at once.</summary>
    void Waits(WeChatAccount account, string openId);
}

/// <summary>Keeps it in Redis and shows the typing hint.</summary>
public sealed class WeChatContact(WeChatWindows windows, WeChatTyping typing) : IWeChatContact
{
    public void Acted(WeChatAccount account, WeChatMessage by) => windows.Opened(account, by);

    public void Waits(WeChatAccount account, string openId) => typing.Show(account, openId);
}
