namespace WuShe.Integrations.WeChat;

/// <summary>Whoever keeps what the platform tells of its own work: results of broadcasts. Asked for every event; each knows its own.</summary>
public interface IWeChatReports
{
    Task Note(WeChatAccount account, WeChatMessage message, CancellationToken ct);
}
