namespace WuShe.Integrations.WeChat;

/// <summary>Where calls to the platform get their access token.</summary>
public interface IWeChatTokens
{
    /// <summary>A token good for at least the next call. Throws <see cref="WeChatException"/> when the platform refuses one.</summary>
    Task<string> Get(WeChatAccount account, CancellationToken ct);

    /// <summary>Forgets a token the platform refused, unless another has taken its place already.</summary>
    Task Drop(WeChatAccount account, string token);
}
